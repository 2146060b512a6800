import type { Thread } from '../model/thread.ts';
import type { Unsubscribe } from '../../../base/common/events.ts';
import type { SourceError } from '../errors.ts';
import type { ThreadItem } from '../model/item.ts';
import type { Capabilities, Order } from '../threadSource.ts';

/**
 * A contiguous run of a thread's items, oldest first. Between two windows there is a gap of items that are not loaded.
 */
export interface ItemWindow {
  readonly items: readonly ThreadItem[];
  /**
   * Opaque cursors for the adjacent pages, if a page contained them (`source.cursors`). For internal use by the store.
   */
  readonly older: string | null;
  readonly newer: string | null;
}

/** The loaded items of one thread. */
export interface ThreadItems {
  /** Oldest first; empty until something was loaded. */
  readonly windows: readonly ItemWindow[];
  /** The first window starts with the thread's first item. */
  readonly reachesStart: boolean;
  /** At `asOf`, there were no items after the last window. */
  readonly reachesEnd: boolean;
  /** Time of the last request for the newest items, in ms since the epoch; null before the first. */
  readonly asOf: number | null;
  /** Items loaded, over all windows. */
  readonly count: number;
  /**
   * IDs that the server used for more than one item. The first such item keeps the ID. The others get `<id>#<created,
   * ms>`, so that every item has a unique ID (`wireId` returns the original).
   */
  readonly duplicateIds: readonly string[];
  /** The direction in which loading stopped because the server repeated a page; null if loading can continue. */
  readonly stopped: 'older' | 'newer' | null;
}

/** Returns the items of all windows, oldest first. */
export function itemsIn({ windows }: Pick<ThreadItems, 'windows'>): readonly ThreadItem[] {
  return windows.flatMap(({ items }) => items);
}

export interface ThreadList {
  /** In the requested order. */
  readonly threads: readonly Thread[];
  readonly hasMore: boolean;
  /** The server repeated a page. No more pages are requested until the list is refreshed. */
  readonly stopped: boolean;
  /** Time at which the first page was last loaded, in ms since the epoch; null before. */
  readonly asOf: number | null;
  readonly order: Order;
  /** The end user by which the server filters; null for all. */
  readonly user: string | null;
  /**
   * The error of the last failed load, and its page: the first, or the one after the loaded threads. Loaded threads
   * remain.
   */
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
  | { readonly type: 'bounds' }
  /** Only `asOf` changed: a request returned nothing new. */
  | { readonly type: 'asOf' };

/**
 * All loaded data of one connection. The tree, the inspector, follow, find and export share it, so that no data is
 * loaded twice. Equal pending requests are shared; outdated responses are ignored. Methods that load throw
 * `SourceError`.
 */
export interface ThreadStore {
  readonly capabilities: Capabilities;
  readonly list: ThreadList;
  readonly on: (listener: (event: StoreEvent) => void) => Unsubscribe;

  /**
   * Reloads the newest threads with one request. Loaded threads remain until the response is received, and threads
   * after the page remain. `all` requests as many threads as are loaded (at most 100) instead of one page.
   */
  refreshList(signal: AbortSignal, extent?: 'page' | 'all'): Promise<void>;
  loadMoreThreads(signal: AbortSignal): Promise<void>;
  /** Changes the query of the next `refreshList` and cancels pending requests of the previous query. */
  setQuery(query: { readonly order?: Order; readonly user?: string | null }): void;

  thread(threadId: string): Thread | undefined;
  /** Reloads the thread itself, with one request. */
  refreshThread(threadId: string, signal: AbortSignal): Promise<Thread>;

  /**
   * Returns the text of the thread's first user message: undefined until it is loaded, null if there is none. For
   * labels of untitled threads.
   */
  firstUserText(threadId: string): string | null | undefined;
  /** Loads `firstUserText` if necessary, with at most one request. */
  loadFirstUserText(threadId: string, signal: AbortSignal): Promise<void>;

  items(threadId: string): ThreadItems;
  item(threadId: string, itemId: string): ThreadItem | undefined;
  /** Loads the newest page if no items are loaded, with at most one request. */
  loadLatest(threadId: string, signal: AbortSignal): Promise<void>;
  /** Reloads the newest page. Merges it with the loaded items, or adds a separate window with a gap before it. */
  refreshItems(threadId: string, signal: AbortSignal): Promise<void>;
  /** Loads the page before the first item of window `window` (default: the last window, the newest). */
  loadOlder(threadId: string, signal: AbortSignal, window?: number): Promise<void>;
  /** Loads the page after the last item of window `window`. */
  loadNewer(threadId: string, signal: AbortSignal, window?: number): Promise<void>;
  /** Loads the first page, as a separate window unless it is already loaded. */
  loadStart(threadId: string, signal: AbortSignal): Promise<void>;
  /** Loads every item, in pages of 100, which closes all gaps. `onProgress` receives the number of loaded items. */
  loadAll(threadId: string, signal: AbortSignal, onProgress?: (count: number) => void): Promise<void>;
  /**
   * Loads the items after the newest loaded one, for following. Sends one request if there are none, regardless of the
   * thread's length. `recheck` > 0 also reloads that number of newest items (≤ 100) with one more request, to detect
   * changes.
   */
  pollNewer(threadId: string, recheck: number, signal: AbortSignal): Promise<void>;
  /** Replaces or appends an item that a stream or an action returned. `origin` (default `server`) is passed on in the event. */
  putItem(threadId: string, item: ThreadItem, origin?: ItemsOrigin): void;
  removeItems(threadId: string, itemIds: readonly string[], origin?: ItemsOrigin): void;
  /**
   * Removes everything after an item in all windows, because the server deleted it; the thread then ends with this item.
   * Does nothing if the item is not loaded.
   */
  removeItemsAfter(threadId: string, itemId: string, origin?: ItemsOrigin): void;
  /** Pins items of a stream: a page without them does not remove them. A page that contains an item unpins it. */
  pin(threadId: string, itemIds: Iterable<string>): void;
  /** Ids of pinned items that no page has contained since. */
  pinned(threadId: string): readonly string[];
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
