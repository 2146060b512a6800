import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { threadIdIn } from '../../common/threadLink.ts';
import { registerCommand } from '../../../chatkit/vscode/commands.ts';
import { askText } from '../../../base/vscode/quickInput.ts';
import { pickConnection } from '../../../connections/vscode/pickConnection.ts';
import type { Services } from '../../../connections/vscode/services.ts';
import { openRef } from './openRef.ts';

/** *Open Thread by ID…*: suggests the ID at the cursor, else the ID in the clipboard. */
export function registerOpenThreadById(services: Services): vscode.Disposable {
  return registerCommand(services.log, 'chatkit.openThreadById', async (row) => {
    const connection =
      row === undefined
        ? await pickConnection(services.connections, l10n.t('Select the connection of the thread'))
        : services.connections.get(row.connectionId);
    if (connection === undefined) return;
    const text = await askText({
      title: l10n.t('Open Thread by ID'),
      prompt: l10n.t('Enter a thread ID, or text that contains one'),
      placeholder: 'cthr_…',
      value: idUnderCursor() ?? idInClipboard(await vscode.env.clipboard.readText()) ?? '',
      validate: (value) => (threadIdIn(value) === null ? l10n.t('Enter text that contains a thread ID.') : undefined),
    });
    const threadId = typeof text === 'string' ? threadIdIn(text) : null;
    if (threadId !== null) await openRef(services, { connectionId: connection.id, threadId });
  });
}

/** A sentence in the clipboard is hardly an ID. */
function idInClipboard(text: string): string | null {
  const id = threadIdIn(text);
  return id === null || /\s/.test(id) ? null : id;
}

function idUnderCursor(): string | null {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) return null;
  const { document, selection } = editor;
  const range = selection.isEmpty ? document.getWordRangeAtPosition(selection.active, /[\w-]+/) : selection;
  const text = range === undefined ? '' : document.getText(range);
  return /^c?thr_/.test(text) ? threadIdIn(text) : null;
}
