import type * as vscode from 'vscode';

/** What is needed of a tree to select another row. Rows are compared by ID. */
interface Rows<T extends { readonly id: string }> {
  readonly view: Pick<vscode.TreeView<T>, 'visible' | 'selection' | 'reveal'>;
  children(parent: T | undefined): Promise<readonly T[]>;
  parent(row: T): T | undefined;
}

/**
 * Runs an action that removes rows. If it removes `last`, the row after it is selected and focused, as in the Explorer; else
 * the row before it, else its parent. Nothing happens if the view is hidden or the user has selected another row meanwhile.
 * Use it only where the user started the action on a row, because the view receives the focus.
 */
export async function selectingSuccessor<T extends { readonly id: string }>(
  { view, children, parent }: Rows<T>,
  last: T | undefined,
  action: () => Promise<void>,
): Promise<void> {
  if (last === undefined || !view.visible) return action();
  const levels: { readonly row: T; readonly above: T | undefined; readonly before: readonly T[] }[] = [];
  for (let row: T | undefined = last; row !== undefined; row = parent(row)) {
    const above = parent(row);
    levels.push({ row, above, before: await children(above) });
  }
  const selected = new Set(view.selection.map(({ id }) => id));
  await action();
  if (!view.visible || view.selection.some(({ id }) => !selected.has(id))) return;
  for (const { row, above, before } of levels) {
    const left = new Map((await children(above)).map((one) => [one.id, one]));
    const index = before.findIndex(({ id }) => id === row.id);
    const nearest = [...before.slice(index), ...before.slice(0, index).reverse()];
    const target = nearest.map(({ id }) => left.get(id)).find((one) => one !== undefined);
    if (target?.id === last.id) return;
    if (target !== undefined) return view.reveal(target, { select: true, focus: true });
  }
}
