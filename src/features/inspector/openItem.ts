import * as vscode from 'vscode';
import type { ThreadItem } from '../../domain/model/item.ts';
import type { ThreadRef } from '../../domain/refs.ts';
import { runCommand } from '../../host/commands.ts';
import { itemText } from './copyItem.ts';

/** Opens an item in an editor of its own: its JSON, or its text when that is too large for the page. */
export async function openItem(ref: ThreadRef, item: ThreadItem, as: 'json' | 'text'): Promise<void> {
  if (as === 'json') {
    await runCommand('chatkit.openJson', { ...ref, itemId: item.id });
    return;
  }
  const document = await vscode.workspace.openTextDocument({ content: itemText(item), language: 'markdown' });
  await vscode.window.showTextDocument(document);
}
