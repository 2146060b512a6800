import * as vscode from 'vscode';
import { refOf, type SessionRecord } from '../../domain/sessions/record.ts';
import { stateText } from './row.ts';
import type { SessionParts } from './parts.ts';
import { copySecretOf } from './commands/copyClientSecret.ts';

/** The good news, with what is mostly wanted next. */
export async function tellCreated(parts: SessionParts, record: SessionRecord): Promise<void> {
  const copy = vscode.l10n.t('Copy Client Secret');
  const show = vscode.l10n.t('Show');
  const message = vscode.l10n.t('Session of {0} created: {1}.', record.session.user, stateText(record, Date.now()));
  const picked = await vscode.window.showInformationMessage(message, copy, show);
  if (picked === copy) await copySecretOf(parts, record);
  if (picked === show) await parts.view.reveal(refOf(record), { focus: true });
}
