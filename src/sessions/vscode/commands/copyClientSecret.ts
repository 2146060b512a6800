import * as l10n from '@vscode/l10n';
import type { SessionRef } from '../../../chatkit/common/refs.ts';
import { hasEnded } from '../../common/record.ts';
import { copySecretOf } from '../clientSecret.ts';
import type { SessionServices } from '../sessionServices.ts';
import { targetSession } from '../target.ts';

/** Puts the client secret of a running session on the clipboard; it is never shown. */
export async function copyClientSecret(parts: SessionServices, row?: SessionRef): Promise<void> {
  const record = await targetSession(parts, row, {
    placeHolder: l10n.t('Copy the client secret of which session?'),
    can: (candidate) => !hasEnded(candidate, Date.now()),
  });
  if (record !== undefined) await copySecretOf(parts, record);
}
