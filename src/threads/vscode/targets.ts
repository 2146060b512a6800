import type { ItemRef, SessionRef, ThreadRef } from '../../chatkit/common/refs.ts';
import { focusedRow } from '../../chatkit/vscode/ids.ts';
import type { Connections } from '../../connections/vscode/types.ts';
import { pickThreads, type PickThreadsOptions } from './pickThreads.ts';
import type { ThreadsView } from './view/threadsView.ts';

/** Something a command may be about: a row, or what is in front. Rows say which `type` they are. */
export type Target = Partial<ItemRef & SessionRef> & { readonly type?: string };

/**
 * Finds what a command is about: the rows it was opened on; the row that has the focus, for a key; several selected
 * rows; the thread in front; one selected row.
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

  /** Empty when the command was run from elsewhere with nothing selected and no thread in front. */
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

  /** Threads only, each once; asks for them where there are none. Empty when the user leaves. */
  async threads(
    row: Target | typeof focusedRow | undefined,
    rows: readonly Target[] | undefined,
    question: PickThreadsOptions,
  ): Promise<readonly ThreadRef[]> {
    const found = new Map<string, ThreadRef>();
    for (const { type, connectionId, threadId } of await this.rows(row, rows)) {
      if (connectionId === undefined || threadId === undefined || (type !== undefined && type !== 'thread')) continue;
      found.set(`${connectionId}\n${threadId}`, { connectionId, threadId });
    }
    if (found.size > 0 || row !== undefined) return [...found.values()];
    return pickThreads(this.#connections, question);
  }
}
