import type * as vscode from 'vscode';
import { runEditorCommand } from '../../../chatkit/vscode/commands.ts';

/**
 * Returns the rows that a key pressed in a tree applies to: the focused row, or all selected rows when it is one of them.
 * The extension API reports the selection but not the focus, and the arrow keys move only the focus. So this toggles the
 * selection of the focused row twice and compares. Unlike `list.select` it opens nothing.
 */
export async function focusedRows<T extends { readonly id: string }>(view: vscode.TreeView<T>): Promise<readonly T[]> {
  const before = view.selection;
  await runEditorCommand('list.toggleSelection');
  const after = view.selection;
  await runEditorCommand('list.toggleSelection');
  const isIn = (rows: readonly T[], { id }: T): boolean => rows.some((row) => row.id === id);
  const focused = after.find((row) => !isIn(before, row)) ?? before.find((row) => !isIn(after, row));
  return focused === undefined || isIn(before, focused) ? before : [focused];
}
