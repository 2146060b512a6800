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
