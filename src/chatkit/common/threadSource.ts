import type { Unsubscribe } from '../../base/common/events.ts';
import type { ThreadItem } from './model/item.ts';
import type { Thread } from './model/thread.ts';
import type { SessionSource } from './sessionSource.ts';
import type { ConversationApi } from './stream/conversationApi.ts';

/** Maximum number of elements per page (chatkit-api 1.4). */
export const maxPageSize = 100;

export type Order = 'asc' | 'desc';

/**
 * One page. `next` is the `after` of the next query in the same order; null at the end. If there is more and `next` is
 * null, the server repeated its cursor and the list cannot be continued.
 */
export interface Page<T> {
  readonly data: readonly T[];
  readonly hasMore: boolean;
  readonly next: string | null;
}

export interface PageQuery {
  /** 1..100 (chatkit-api 1.4). */
  readonly limit: number;
  /** By creation time. Always sent: the servers' defaults differ. */
  readonly order: Order;
  /** Cursor: the page starts after it, in the order asked for. */
  readonly after?: string;
  /** Cursor: the page ends before it, in the order asked for. Only where `cursors` is `itemId`. */
  readonly before?: string;
}

export interface ThreadQuery extends PageQuery {
  /** Only this end user's threads, 1..512 characters. Only where `capabilities.filterByUser`. */
  readonly user?: string;
}

/** Features of a source besides reading. The UI depends on these, never on the kind of connection. */
export interface Capabilities {
  /** Nothing may be changed or sent (a setting of the connection, or an exported file). */
  readonly readOnly: boolean;
  readonly delete: boolean;
  readonly filterByUser: boolean;
  readonly sessions: boolean;
  readonly rename: boolean;
  readonly send: boolean;
  readonly retry: boolean;
  /** Actions of widgets that are answered with a stream. */
  readonly customActions: boolean;
  /** Actions that are configured with `streaming: false`. */
  readonly syncActions: boolean;
  /** Structured inputs can be answered. */
  readonly answerForms: boolean;
  readonly feedback: boolean;
  readonly impersonate: boolean;
}

export const readOnlyCapabilities: Capabilities = {
  readOnly: true,
  delete: false,
  filterByUser: false,
  sessions: false,
  rename: false,
  send: false,
  retry: false,
  customActions: false,
  syncActions: false,
  answerForms: false,
  feedback: false,
  impersonate: false,
};

/**
 * Access to threads of hosted and self-hosted servers, exports and the sandbox.
 * Every method throws `SourceError`, kind `cancelled` when its signal fires.
 */
export interface ThreadSource {
  readonly capabilities: Capabilities;
  /** `itemId`: the id of any item may be used as a cursor (REST). `opaque`: only what a page gave as `next`. */
  readonly cursors: 'itemId' | 'opaque';
  /** Present exactly when `capabilities.sessions`. */
  readonly sessions?: SessionSource;
  listThreads(query: ThreadQuery, signal: AbortSignal): Promise<Page<Thread>>;
  getThread(threadId: string, signal: AbortSignal): Promise<Thread>;
  listItems(threadId: string, query: PageQuery, signal: AbortSignal): Promise<Page<ThreadItem>>;
  /** Irreversible. A thread that is already gone is kind `notFound`. */
  deleteThread(threadId: string, signal: AbortSignal): Promise<void>;
  /** Present exactly when `capabilities.rename`. */
  renameThread?(threadId: string, title: string, signal: AbortSignal): Promise<Thread>;
  /** Present exactly when `capabilities.send`. */
  readonly conversation?: ConversationApi;
  /** Fires when a capability is removed because the server does not support it. Absent if that cannot happen. */
  readonly onDidChangeCapabilities?: (listener: () => void) => Unsubscribe;
}
