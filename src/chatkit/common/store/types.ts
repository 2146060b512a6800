import type { Unsubscribe } from '../../../base/common/events.ts';
import type { SourceError } from '../errors.ts';
import type { ThreadItem } from '../model/item.ts';
import type { Thread } from '../model/thread.ts';
import type { Capabilities, Order } from '../threadSource.ts';

/** A contiguous run of a thread's items, oldest first. Between two windows stands a gap of items not loaded. */
export interface ItemWindow {
  readonly items: readonly ThreadItem[];
  /** Opaque cursors that go on from here, where a page gave one (`source.cursors`); for the store's own use. */
  readonly older: string | null;
  readonly newer: string | null;
}

/** What is loaded of one thread. */
export interface ThreadItems {
  /** Oldest first; empty until something was loaded. */
  readonly windows: readonly ItemWindow[];
  /** The first window begins with the thread's first item. */
  readonly reachesStart: boolean;
  /** Nothing newer than the last window was known at `asOf`. */
  readonly reachesEnd: boolean;
  /** When the newest end was last asked for, ms since the epoch; null before. */
  readonly asOf: number | null;
  /** Items loaded, over all windows. */
  readonly count: number;
  /**
   * Ids that the server gave to more than one item. The first such item keeps the id; the others are known by
   * `<id>#<created, ms>`, so that every item can be shown and named (`wireId` gives back what was sent).
   */
  readonly duplicateIds: readonly string[];
  /** Where loading stopped because the server gave the same page again; null where it goes on. */
  readonly stopped: 'older' | 'newer' | null;
}

export interface ThreadList {
  /** In the order asked of the server. */
  readonly threads: readonly Thread[];
  readonly hasMore: boolean;
  /** The server gave the same page again: nothing more is asked for until the list is refreshed. */
  readonly stopped: boolean;
  /** When the first page was last loaded, ms since the epoch; null before. */
  readonly asOf: number | null;
  readonly order: Order;
  /** The end user the server filters by; null for all. */
  readonly user: string | null;
  /** Why the last load failed, and which: the first page, or the one after what is loaded. What is loaded stays. */
  readonly error: SourceError | null;
  readonly errorAt: 'start' | 'end' | null;
}

/** Names the changed element. */
export type StoreEvent =
  | { readonly type: 'list' }
  /** The source supports less than it reported before: see `Capabilities`. */
  | { readonly type: 'capabilities' }
  | { readonly type: 'thread'; readonly threadId: string }
  | { readonly type: 'deleted'; readonly threadId: string }
  | { readonly type: 'items'; readonly threadId: string; readonly change: ItemsChange; readonly origin: ItemsOrigin };

/**
 * What changed the items. `server`: a request. `stream`: an event of a stream. `textDeltas`: text that its stream has
 * already emitted as deltas; a reader that receives the deltas must not apply it again.
 */
export type ItemsOrigin = 'server' | 'stream' | 'textDeltas';

export type ItemsChange =
  /** Windows changed in a way that requires reading them again (first load, a new window, two windows were joined). */
  | { readonly type: 'reset' }
  /** Items joined a window at its old (`start`) or new (`end`) side. */
  | {
      readonly type: 'added';
      readonly window: number;
      readonly at: 'start' | 'end';
      readonly items: readonly ThreadItem[];
    }
  /** Items with these ids have new contents, at their old places. */
  | { readonly type: 'changed'; readonly items: readonly ThreadItem[] }
  | { readonly type: 'removed'; readonly itemIds: readonly string[] }
  /** Only `reachesStart`, `reachesEnd` or `asOf` changed. */
  | { readonly type: 'bounds' };

/**
 * All that is loaded of one connection. The tree, the inspector, follow, find and export read it, so that what one has
 * loaded the others do not ask for again. Equal pending requests are shared; outdated responses are ignored. Methods that
 * load throw `SourceError`.
 */
export interface ThreadStore {
  readonly capabilities: Capabilities;
  readonly list: ThreadList;
  readonly on: (listener: (event: StoreEvent) => void) => Unsubscribe;

  /**
   * The newest threads, anew: one request. Threads loaded before stay until it is there, and those beyond it stay after.
   * `all` asks for as many as are loaded (at most 100) instead of one page.
   */
  refreshList(signal: AbortSignal, extent?: 'page' | 'all'): Promise<void>;
  loadMoreThreads(signal: AbortSignal): Promise<void>;
  /** Changes what the next `refreshList` asks for, and drops what is under way for the old query. */
  setQuery(query: { readonly order?: Order; readonly user?: string | null }): void;

  thread(threadId: string): Thread | undefined;
  /** The thread itself, one request. */
  refreshThread(threadId: string, signal: AbortSignal): Promise<Thread>;

  /**
   * Text of the thread's first user message: undefined until it is known, null when there is none. For labels of
   * untitled threads.
   */
  firstUserText(threadId: string): string | null | undefined;
  /** Finds `firstUserText` out, unless it is known: at most one request. */
  loadFirstUserText(threadId: string, signal: AbortSignal): Promise<void>;

  items(threadId: string): ThreadItems;
  item(threadId: string, itemId: string): ThreadItem | undefined;
  /** The newest page, unless something is loaded already: at most one request. */
  loadLatest(threadId: string, signal: AbortSignal): Promise<void>;
  /** The newest page again; merges with what is loaded, or opens a window of its own with a gap before it. */
  refreshItems(threadId: string, signal: AbortSignal): Promise<void>;
  /** The page before the first item of window `window` (default: the last window, the newest). */
  loadOlder(threadId: string, signal: AbortSignal, window?: number): Promise<void>;
  /** The page after the last item of window `window`. */
  loadNewer(threadId: string, signal: AbortSignal, window?: number): Promise<void>;
  /** The first page, as a window of its own unless it is loaded. */
  loadStart(threadId: string, signal: AbortSignal): Promise<void>;
  /** Every item, in pages of 100: closes all gaps. `onProgress` gets the count loaded so far. */
  loadAll(threadId: string, signal: AbortSignal, onProgress?: (count: number) => void): Promise<void>;
  /**
   * What came after the newest loaded item, for following: one request when nothing came, whatever the thread's length.
   * `recheck` > 0 reads the last that many items (≤ 100) again, one request more, and so notices changed ones.
   */
  pollNewer(threadId: string, recheck: number, signal: AbortSignal): Promise<void>;
  /** Replaces or appends an item that a stream or an action returned. `origin` (default `server`) is passed on in the event. */
  putItem(threadId: string, item: ThreadItem, origin?: ItemsOrigin): void;
  removeItems(threadId: string, itemIds: readonly string[], origin?: ItemsOrigin): void;
  /** Pins items of a stream: a page without them does not remove them. A page that contains an item unpins it. */
  pin(threadId: string, itemIds: Iterable<string>): void;
  /** Server pages are authoritative again. */
  unpin(threadId: string): void;
  putThread(thread: Thread): void;
  /** Adds a thread that was just created: it is the newest of the list, and all of its items are known. */
  addNewThread(thread: Thread): void;

  /** Only if `capabilities.rename`. The thread is replaced with the server's response. */
  renameThread(threadId: string, title: string, signal: AbortSignal): Promise<void>;
  /** Kind `notFound` counts as gone. */
  deleteThread(threadId: string, signal: AbortSignal): Promise<'deleted' | 'alreadyGone'>;
  dispose(): void;
}
