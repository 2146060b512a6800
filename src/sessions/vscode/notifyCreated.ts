import * as l10n from '@vscode/l10n';
import { refOf, type SessionRecord } from '../common/record.ts';
import { formatMessage } from '../../base/vscode/messages/inertText.ts';
import { showInformation } from '../../base/vscode/messages/notifications.ts';
import { stateText } from './row.ts';
import type { SessionServices } from './sessionServices.ts';
import { copySecretOf } from './commands/copyClientSecret.ts';

/** The good news, with what is mostly wanted next. */
export async function notifyCreated(parts: SessionServices, record: SessionRecord): Promise<void> {
  const copy = l10n.t('Copy Client Secret');
  const show = l10n.t('Show');
  const message = formatMessage(
    l10n.t('Session of {0} created: {1}.'),
    record.session.user,
    stateText(record, Date.now()),
  );
  const picked = await showInformation(message, copy, show);
  if (picked === copy) await copySecretOf(parts, record);
  if (picked === show) await parts.view.reveal(refOf(record), { focus: true });
}
