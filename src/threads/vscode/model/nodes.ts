import type { ThreadRef } from '../../../chatkit/common/model/thread.ts';
import type { SourceError } from '../../../chatkit/common/errors.ts';

/** Rows of the tree as plain data. `ThreadsModel` creates them, `rows/` renders them. */
export type ThreadsNode = ConnectionNode | GroupNode | ThreadNode | ItemNode | LoadMoreNode | MessageNode;

export interface ConnectionNode {
  readonly type: 'connection';
  readonly id: string;
  readonly connectionId: string;
}

export interface GroupNode {
  readonly type: 'group';
  readonly id: string;
  readonly connectionId: string;
  readonly by: 'user' | 'day';
  /** See `ThreadGroup.key`. */
  readonly key: string | null;
}

export interface ThreadNode {
  readonly type: 'thread';
  readonly id: string;
  readonly connectionId: string;
  readonly threadId: string;
}

export interface ItemNode {
  readonly type: 'item';
  readonly id: string;
  readonly connectionId: string;
  readonly threadId: string;
  readonly itemId: string;
  /** The item directly before it, if loaded. The row shows the time since then. */
  readonly previousId: string | null;
}

/** Loads the next page of its connection's threads; with `threadId`, older items of the thread. */
export interface LoadMoreNode {
  readonly type: 'loadMore';
  readonly id: string;
  readonly connectionId: string;
  readonly threadId?: string;
}

export type RowMessage =
  /** `more`: the next page failed, not the first. *Load More* retries. */
  | { readonly type: 'error'; readonly error: SourceError; readonly more: boolean }
  | { readonly type: 'noThreads' | 'noThreadsOfUser' | 'noMatches' | 'noItems' | 'repeatedPage' };

/** A message about its parent: a thread when `threadId` is set, else a connection. */
export interface MessageNode {
  readonly type: 'message';
  readonly id: string;
  readonly connectionId: string;
  readonly threadId?: string;
  readonly message: RowMessage;
}

/** Returns the stable ID of a row. VS Code preserves selection and expansion by ID. Parts are escaped, so IDs are unique. */
export function rowId(type: ThreadsNode['type'], ...parts: readonly string[]): string {
  return [type, ...parts.map((part) => part.replace(/[%/]/g, (sign) => (sign === '%' ? '%25' : '%2F')))].join('/');
}

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
