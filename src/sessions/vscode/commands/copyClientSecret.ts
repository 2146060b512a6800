import * as l10n from '@vscode/l10n';
import type { SessionRef } from '../../../chatkit/common/model/thread.ts';
import { hasEnded } from '../../common/record.ts';
import { copySecretOf } from '../create.ts';
import type { SessionServices } from '../sessionServices.ts';
import { targetSession } from '../target.ts';

/** Copies the client secret of an active session to the clipboard without showing it. */
export async function copyClientSecret(services: SessionServices, row?: SessionRef): Promise<void> {
  const record = await targetSession(services, row, {
    placeHolder: l10n.t('Select a session to copy the client secret of'),
    can: (candidate) => !hasEnded(candidate, Date.now()),
  });
  if (record !== undefined) await copySecretOf(services, record);
}
