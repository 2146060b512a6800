import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { SessionRef } from '../../../chatkit/common/refs.ts';
import { escapeText } from '../../common/placeholders.ts';
import { writeSessionFile } from '../../common/sessionFile.ts';
import { saveFile } from '../../../base/vscode/saveFile.ts';
import { connectionsCalled } from '../sessionConnections.ts';
import { sessionFileName } from '../files/names.ts';
import type { SessionServices } from '../sessionServices.ts';
import { targetSession } from '../target.ts';

/** Writes what a session was created from as a file, placeholders as they were, and opens it. */
export async function saveSessionFile(parts: SessionServices, row?: SessionRef): Promise<void> {
  const record = await targetSession(parts, row, { placeHolder: l10n.t('Save which session as a file?') });
  if (record === undefined) return;
  const name = sessionFileName(record.session.user);
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const uri = await vscode.window.showSaveDialog({
    title: l10n.t('Save as Session File'),
    ...(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, name) }),
    filters: { [l10n.t('ChatKit Session')]: ['chatkit-session.json'] },
  });
  if (uri === undefined) return;
  const { connectionId, connectionName, template } = record;
  // The name reads better and fits other machines; where it is not the only one of its kind, the id.
  const isOnly = connectionsCalled(parts.connections, connectionName).length === 1;
  const text = writeSessionFile(template, escapeText(isOnly ? connectionName : connectionId));
  await saveFile(uri, new TextEncoder().encode(text));
  await vscode.window.showTextDocument(uri);
}
