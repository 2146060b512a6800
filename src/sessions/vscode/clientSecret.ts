import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { showWarning } from '../../base/vscode/messages/notifications.ts';
import { showStatus } from '../../base/vscode/messages/statusMessage.ts';
import { hasEnded, refOf, type SessionRecord } from '../common/record.ts';
import type { SessionServices } from './sessionServices.ts';

/** Copies the client secret of a session to the clipboard, or shows why it is not available. */
export async function copySecretOf({ store }: SessionServices, record: SessionRecord): Promise<void> {
  if (hasEnded(record, Date.now())) {
    void showWarning(l10n.t('This session has ended. Its client secret is no longer valid.'));
    return;
  }
  const secret = await store.clientSecret(refOf(record));
  if (secret === undefined) {
    void showWarning(
      l10n.t('The client secret of this session is not saved on this machine. Recreate the session to get a new one.'),
    );
    return;
  }
  await vscode.env.clipboard.writeText(secret);
  showStatus(l10n.t('Client secret copied'), 3000);
}
