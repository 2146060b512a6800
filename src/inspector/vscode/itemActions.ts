import * as vscode from 'vscode';
import { exactJson } from '../../base/common/parseJson.ts';
import type { ItemRef } from '../../chatkit/common/refs.ts';
import { runCommand } from '../../chatkit/vscode/commands.ts';
import { documentScheme } from '../../chatkit/vscode/ids.ts';
import { documentPath } from '../../threads/vscode/documents/documentRef.ts';
import { JsonPositions } from '../../widgets/common/preview/jsonPositions.ts';
import type { ThreadItem } from '../../chatkit/common/model/item.ts';
import { itemMarkdown, itemText } from '../../threads/vscode/documents/itemText.ts';

/** Opens an item's JSON or text in a read-only editor. */
export async function openItem(ref: ItemRef, as: 'json' | 'text'): Promise<void> {
  if (as === 'json') {
    await runCommand('chatkit.openJson', ref);
    return;
  }
  const uri = vscode.Uri.from({ scheme: documentScheme, path: documentPath({ ...ref, form: 'txt' }) });
  await vscode.window.showTextDocument(uri, { preview: true });
}

/**
 * Opens the widget of an item to the side, in a read-only editor with the widget schema, and selects the value at a JSON
 * pointer.
 */
export async function openWidget({ connectionId, threadId, itemId }: ItemRef, path: string): Promise<void> {
  const uri = vscode.Uri.from({
    scheme: documentScheme,
    path: documentPath({ connectionId, threadId, itemId, form: 'widget' }),
  });
  const document = await vscode.workspace.openTextDocument(uri);
  const { offset, length } = new JsonPositions(document.getText()).rangeOf(path);
  const selection =
    path === ''
      ? new vscode.Range(0, 0, 0, 0)
      : new vscode.Range(document.positionAt(offset), document.positionAt(offset + length));
  await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside, preview: true, selection });
}

/** Returns an item in the format to copy. */
export function itemAs(item: ThreadItem, form: 'json' | 'text' | 'markdown' | 'id'): string {
  switch (form) {
    case 'id':
      return item.id;
    case 'json':
      return exactJson(item.raw, 2);
    case 'text':
      return itemText(item);
    case 'markdown':
      return itemMarkdown(item);
  }
}
