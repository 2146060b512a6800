import type { SourceError } from '../../../chatkit/common/errors.ts';

/** Rows of the tree: plain data that names what it shows. Presented by `rows/`, made by `ThreadsModel`. */
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
  /** The item directly before it, where that is loaded: its time since then is told. */
  readonly beforeId: string | null;
}

/** Loads the next page of its connection's threads; with `threadId`, older items of the thread. */
export interface LoadMoreNode {
  readonly type: 'loadMore';
  readonly id: string;
  readonly connectionId: string;
  readonly threadId?: string;
}

export type RowMessage =
  /** `more`: not the first page failed but the next; *Load More* tries again. */
  | { readonly type: 'error'; readonly error: SourceError; readonly more: boolean }
  | { readonly type: 'noThreads' | 'noThreadsOfUser' | 'noMatches' | 'noItems' | 'repeatedPage' };

/** A row that says something about its parent: with `threadId` of a thread, else of a connection. */
export interface MessageNode {
  readonly type: 'message';
  readonly id: string;
  readonly connectionId: string;
  readonly threadId?: string;
  readonly message: RowMessage;
}

/** Stable ids of rows: VS Code keeps selection and expansion by them. Parts are escaped, so that no two rows meet. */
export function rowId(type: ThreadsNode['type'], ...parts: readonly string[]): string {
  return [type, ...parts.map((part) => part.replace(/[%/]/g, (sign) => (sign === '%' ? '%25' : '%2F')))].join('/');
}
