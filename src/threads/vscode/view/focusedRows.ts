import type * as vscode from 'vscode';
import { runEditorCommand } from '../../../chatkit/vscode/commands.ts';

/**
 * The rows that a key pressed in a tree is about: the focused row or, where it is one of the selected, all of those.
 * Extensions are told what is selected, not what has the focus, and the arrow keys move only the focus. So the focused
 * row is made selected and back again, and what changed is it; unlike `list.select` this opens nothing.
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
