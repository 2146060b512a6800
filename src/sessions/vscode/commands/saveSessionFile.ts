import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { SessionRef } from '../../../chatkit/common/model/thread.ts';
import { escapeText } from '../../../base/common/placeholders.ts';
import { sessionFileName, writeSessionFile } from '../../common/sessionFile.ts';
import { askSaveFile, saveFile } from '../../../base/vscode/saveFile.ts';
import { findConnections } from '../../../connections/vscode/pickConnection.ts';
import { type SessionServices, targetSession } from '../sessionServices.ts';

/** Saves the request of a session, with its placeholders, as a file and opens it. */
export async function saveSessionFile(services: SessionServices, row?: SessionRef): Promise<void> {
  const record = await targetSession(services, row, { placeHolder: l10n.t('Select a session to save as a file') });
  if (record === undefined) return;
  const uri = await askSaveFile({
    title: l10n.t('Save as Session File'),
    folder: vscode.workspace.workspaceFolders?.[0]?.uri,
    name: sessionFileName(record.session.user),
    type: l10n.t('ChatKit Session'),
  });
  if (uri === undefined) return;
  const { connectionId, connectionName, template } = record;
  // The name is readable and valid on other machines. Use the ID if the name is not unique.
  const isUnique = findConnections(services.connections, connectionName).length === 1;
  const text = writeSessionFile(template, escapeText(isUnique ? connectionName : connectionId));
  await saveFile(uri, new TextEncoder().encode(text), 'umask');
  await vscode.window.showTextDocument(uri);
}
