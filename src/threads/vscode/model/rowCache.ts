import type { ThreadRef } from '../../../chatkit/common/refs.ts';
import { rowId, type ConnectionNode, type LoadMoreNode, type ThreadNode } from './nodes.ts';

/** What stands under one connection, by the id of its thread. */
interface Rows {
  readonly connection: ConnectionNode;
  readonly threads: Map<string, ThreadNode>;
  /** Those that load more; of the connection itself under null. */
  readonly loadMore: Map<string | null, LoadMoreNode>;
}

/** One object a row for as long as the row is there: the editor knows rows by identity when they are drawn anew. */
export class RowCache {
  readonly #connections = new Map<string, Rows>();

  connection(connectionId: string): ConnectionNode {
    return this.#of(connectionId).connection;
  }

  thread({ connectionId, threadId }: ThreadRef): ThreadNode {
    const { threads } = this.#of(connectionId);
    const known = threads.get(threadId);
    if (known !== undefined) return known;
    const node: ThreadNode = { type: 'thread', id: rowId('thread', connectionId, threadId), connectionId, threadId };
    threads.set(threadId, node);
    return node;
  }

  /** With `threadId` the one of a thread's items. */
  loadMore({ connectionId, threadId }: Omit<LoadMoreNode, 'type' | 'id'>): LoadMoreNode {
    const { loadMore } = this.#of(connectionId);
    const known = loadMore.get(threadId ?? null);
    if (known !== undefined) return known;
    const ref = threadId === undefined ? { connectionId } : { connectionId, threadId };
    const node: LoadMoreNode = { type: 'loadMore', id: rowId('loadMore', ...Object.values(ref)), ...ref };
    loadMore.set(threadId ?? null, node);
    return node;
  }

  /** Every thread that was shown and is still there. */
  *threads(): Iterable<ThreadNode> {
    for (const { threads } of this.#connections.values()) yield* threads.values();
  }

  forgetThread({ connectionId, threadId }: ThreadRef): void {
    const { threads, loadMore } = this.#of(connectionId);
    threads.delete(threadId);
    loadMore.delete(threadId);
  }

  forgetConnection(connectionId: string): void {
    this.#connections.delete(connectionId);
  }

  #of(connectionId: string): Rows {
    const known = this.#connections.get(connectionId);
    if (known !== undefined) return known;
    const connection: ConnectionNode = { type: 'connection', id: rowId('connection', connectionId), connectionId };
    const rows: Rows = { connection, threads: new Map(), loadMore: new Map() };
    this.#connections.set(connectionId, rows);
    return rows;
  }
}
