import type { ThreadRef } from '../../../chatkit/common/refs.ts';
import { rowId, type ConnectionNode, type LoadMoreNode, type ThreadNode } from './nodes.ts';

/** The rows of one connection, by thread ID. */
interface ConnectionRows {
  readonly connection: ConnectionNode;
  readonly threads: Map<string, ThreadNode>;
  /** The *Load More* rows; the key null is the connection itself. */
  readonly loadMore: Map<string | null, LoadMoreNode>;
}

/** Returns the same object for a row as long as it exists, because the editor identifies redrawn rows by object identity. */
export class RowCache {
  readonly #connections = new Map<string, ConnectionRows>();

  connection(connectionId: string): ConnectionNode {
    return this.#of(connectionId).connection;
  }

  thread({ connectionId, threadId }: ThreadRef): ThreadNode {
    const { threads } = this.#of(connectionId);
    const cached = threads.get(threadId);
    if (cached !== undefined) return cached;
    const node: ThreadNode = { type: 'thread', id: rowId('thread', connectionId, threadId), connectionId, threadId };
    threads.set(threadId, node);
    return node;
  }

  /** The *Load More* row of a connection, or of a thread when `threadId` is set. */
  loadMore({ connectionId, threadId }: Omit<LoadMoreNode, 'type' | 'id'>): LoadMoreNode {
    const { loadMore } = this.#of(connectionId);
    const cached = loadMore.get(threadId ?? null);
    if (cached !== undefined) return cached;
    const ref = threadId === undefined ? { connectionId } : { connectionId, threadId };
    const node: LoadMoreNode = { type: 'loadMore', id: rowId('loadMore', ...Object.values(ref)), ...ref };
    loadMore.set(threadId ?? null, node);
    return node;
  }

  /** Rows of threads that were shown and still exist. */
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

  #of(connectionId: string): ConnectionRows {
    const cached = this.#connections.get(connectionId);
    if (cached !== undefined) return cached;
    const connection: ConnectionNode = { type: 'connection', id: rowId('connection', connectionId), connectionId };
    const rows: ConnectionRows = { connection, threads: new Map(), loadMore: new Map() };
    this.#connections.set(connectionId, rows);
    return rows;
  }
}
