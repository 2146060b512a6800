import type { ItemRef, SessionRef, ThreadRef } from '../../chatkit/common/refs.ts';
import { focusedRow } from '../../chatkit/vscode/ids.ts';
import type { Connections } from '../../connections/vscode/services.ts';
import { type PickThreadsOptions, pickThreads } from './pickThreads.ts';
import type { ThreadsView } from './view/threadsView.ts';

/** The target of a command: a row, or the thread in the active editor. Rows have a `type`. */
export type Target = Partial<ItemRef & SessionRef> & { readonly type?: string };

/**
 * Finds the targets of a command, in this order: the rows it was opened on; for a key, the focused row; several selected
 * rows; the thread in the active editor; one selected row.
 */
export class Targets {
  readonly #view: ThreadsView;
  readonly #connections: Connections;
  readonly #activeThread: () => ThreadRef | undefined;

  constructor(view: ThreadsView, connections: Connections, activeThread: () => ThreadRef | undefined) {
    this.#view = view;
    this.#connections = connections;
    this.#activeThread = activeThread;
  }

  /** Returns an empty array when there is no row, no selection and no active thread. */
  async rows(
    row: Target | typeof focusedRow | undefined,
    rows: readonly Target[] | undefined,
  ): Promise<readonly Target[]> {
    if (row === focusedRow) return this.#view.focusedRows();
    if (row !== undefined) return rows === undefined || rows.length === 0 ? [row] : rows;
    const { selection } = this.#view;
    const active = this.#activeThread();
    return selection.length > 1 || active === undefined ? selection : [active];
  }

  /** Returns each target thread once. Asks the user when there is none. Returns an empty array when the user cancels. */
  async threads(
    row: Target | typeof focusedRow | undefined,
    rows: readonly Target[] | undefined,
    options: PickThreadsOptions,
  ): Promise<readonly ThreadRef[]> {
    const found = new Map<string, ThreadRef>();
    for (const { type, connectionId, threadId } of await this.rows(row, rows)) {
      if (connectionId === undefined || threadId === undefined || (type !== undefined && type !== 'thread')) continue;
      found.set(`${connectionId}\n${threadId}`, { connectionId, threadId });
    }
    if (found.size > 0 || row !== undefined) return [...found.values()];
    return pickThreads(this.#connections, options);
  }
}
