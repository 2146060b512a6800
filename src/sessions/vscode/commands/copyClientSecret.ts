import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { SessionRef } from '../../../chatkit/common/refs.ts';
import { hasEnded, refOf, type SessionRecord } from '../../common/record.ts';
import { showWarning } from '../../../base/vscode/messages/notifications.ts';
import { showStatus } from '../../../base/vscode/messages/statusMessage.ts';
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

export async function copySecretOf({ store }: SessionServices, record: SessionRecord): Promise<void> {
  if (hasEnded(record, Date.now())) {
    void showWarning(l10n.t('This session has ended, and its client secret with it.'));
    return;
  }
  const secret = await store.clientSecret(refOf(record));
  if (secret === undefined) {
    void showWarning(
      l10n.t('The client secret of this session is not kept here. Create the session again to get one.'),
    );
    return;
  }
  await vscode.env.clipboard.writeText(secret);
  showStatus(l10n.t('Client secret copied'), 3000);
}
