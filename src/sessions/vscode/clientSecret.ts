import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { showWarning } from '../../base/vscode/messages/notifications.ts';
import { showStatus } from '../../base/vscode/messages/statusMessage.ts';
import { hasEnded, refOf, type SessionRecord } from '../common/record.ts';
import type { SessionServices } from './sessionServices.ts';

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
