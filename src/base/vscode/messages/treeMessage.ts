import type * as vscode from 'vscode';
import { inertLines } from './inertText.ts';

/** Shows a message without links above the rows of a tree view, of several lines if need be; an empty one hides it. */
export function setTreeMessage(tree: Pick<vscode.TreeView<unknown>, 'message'>, message: string): void {
  const inert = inertLines(message);
  // Setting the same message delays the rows by 0.2 s: the editor batches the changes of a view.
  if (inert !== (tree.message ?? '')) tree.message = inert;
}
