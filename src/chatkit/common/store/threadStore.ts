import * as l10n from '@vscode/l10n';
import { SourceError, isSourceError } from '../errors.ts';
import { Emitter, type Unsubscribe } from '../../../base/common/events.ts';
import { type ThreadItem, firstUserText } from '../model/item.ts';
import type { Thread } from '../model/thread.ts';
import { ruleIds } from '../protocolProblems/catalogue/ruleIds.ts';
import { type ProblemReporter, ignoreProblems } from '../protocolProblems/problem.ts';
import { type Capabilities, type Order, type ThreadSource, maxPageSize } from '../threadSource.ts';
import { sameJson } from '../../../base/common/json.ts';
import { ItemLoader, isUnknownCursor } from './itemLoader.ts';
import { LoadedItems, noItems } from './loadedItems.ts';
import { ListLoader } from './listLoader.ts';
import { Requests } from './requests.ts';
import type { ItemsChange, ItemsOrigin, StoreEvent, ThreadItems, ThreadList, ThreadStore } from './types.ts';

interface StoreOptions {
  /** Threads or items per page, 1..100. Called for each request. */
  readonly pageSize: () => number;
  /** ms since the epoch. */
  readonly now?: () => number;
  readonly problems?: ProblemReporter;
}

interface LoadedThread {
  readonly items: LoadedItems;
  readonly loader: ItemLoader;
  /** See `ThreadStore.firstUserText`. */
  firstUserText: string | null | undefined;
}

/** Number of items requested to find a thread's first user message, which is usually the first item. */
const previewItems = 5;
/** Number of newest items that a poll reads if the source cannot return the items after a given one. */
const pollItems = 20;
/**
 * Loading all items of a long thread places several pages at once, the more the more items are loaded: each time, the list
 * is copied. At most 2,000 items are placed at once, so that progress is shown and a stop loses little.
 */
const maxBatchPages = 20;
const itemsPerBatchPage = 1_000;
/** Maximum number of pages in one poll. The next poll continues. */
const maxPollPages = 10;

/** Creates the store of one connection. It sends no requests by itself; see `ThreadStore`. */
export function createThreadStore(source: ThreadSource, options: StoreOptions): ThreadStore {
  return new Store(source, options);
}

class Store implements ThreadStore {
  readonly on: (listener: (event: StoreEvent) => void) => Unsubscribe;
  readonly #source: ThreadSource;
  readonly #pageSize: () => number;
  readonly #now: () => number;
  readonly #events = new Emitter<StoreEvent>();
  readonly #requests = new Requests();
  readonly #list: ListLoader;
  /** Threads that were loaded individually and are not in the list. */
  readonly #unlisted = new Map<string, Thread>();
  readonly #threads = new Map<string, LoadedThread>();
  /** Threads deleted in this window, and when. The response to an earlier request can still contain them. */
  readonly #deleted = new Map<string, number>();
  readonly #problems: ProblemReporter;
  /** Counts deletions and requests for the list, to know which was first. */
  #steps = 0;
  readonly #unsubscribe: Unsubscribe | undefined;

  constructor(source: ThreadSource, { pageSize, now = Date.now, problems = ignoreProblems }: StoreOptions) {
    this.#source = source;
    this.#pageSize = pageSize;
    this.#now = now;
    this.#problems = problems;
    this.on = this.#events.on;
    this.#list = new ListLoader({
      source,
      requests: this.#requests,
      pageSize,
      now,
      fire: (event) => this.#events.fire(event),
      nextStep: () => (this.#steps += 1),
      isDeleted: (threadId, asked) => this.#isDeleted(threadId, asked),
    });
    this.#unsubscribe = source.onDidChangeCapabilities?.(() => this.#events.fire({ type: 'capabilities' }));
  }

  get capabilities(): Capabilities {
    return this.#source.capabilities;
  }

  get list(): ThreadList {
    return this.#list.view;
  }

  refreshList(signal: AbortSignal, extent: 'page' | 'all' = 'page'): Promise<void> {
    return this.#list.refresh(signal, extent);
  }

  loadMoreThreads(signal: AbortSignal): Promise<void> {
    return this.#list.more(signal);
  }

  setQuery(query: { readonly order?: Order; readonly user?: string | null }): void {
    this.#list.setQuery(query);
  }

  thread(threadId: string): Thread | undefined {
    return this.#list.thread(threadId) ?? this.#unlisted.get(threadId);
  }

  async refreshThread(threadId: string, signal: AbortSignal): Promise<Thread> {
    try {
      return await this.#requests.share(`thread:${threadId}:get`, signal, async (shared) => {
        const thread = await this.#source.getThread(threadId, shared);
        shared.throwIfAborted();
        this.putThread(thread);
        return thread;
      });
    } catch (error) {
      // The list may show threads beyond its refreshed part that were deleted elsewhere.
      if (isSourceError(error, 'notFound') && this.thread(threadId) !== undefined) this.#forget(threadId);
      throw error;
    }
  }

  renameThread(threadId: string, title: string, signal: AbortSignal): Promise<void> {
    return this.#requests.share(`rename:${threadId}:${title}`, signal, async (shared) => {
      const { renameThread } = this.#source;
      if (renameThread === undefined)
        throw new SourceError('invalidRequest', l10n.t('Threads cannot be renamed here.'));
      this.putThread(await renameThread.call(this.#source, threadId, title, shared));
    });
  }

  putThread(thread: Thread): void {
    const known = this.thread(thread.id);
    if (this.#deleted.has(thread.id) || (known !== undefined && sameJson(known.raw, thread.raw))) return;
    if (!this.#list.put(thread)) this.#unlisted.set(thread.id, thread);
    this.#events.fire({ type: 'thread', threadId: thread.id });
  }

  addNewThread(thread: Thread): void {
    if (this.#deleted.has(thread.id)) return;
    this.#of(thread.id).items.markComplete(this.#now());
    if (!this.#list.add(thread)) this.#unlisted.set(thread.id, thread);
    this.#events.fire({ type: 'thread', threadId: thread.id });
  }

  firstUserText(threadId: string): string | null | undefined {
    return this.#threads.get(threadId)?.firstUserText;
  }

  async loadFirstUserText(threadId: string, signal: AbortSignal): Promise<void> {
    if (this.firstUserText(threadId) !== undefined) return;
    await this.#requests.share(`thread:${threadId}:preview`, signal, async (shared) => {
      const page = await this.#source.listItems(threadId, { limit: previewItems, order: 'asc' }, shared);
      shared.throwIfAborted();
      this.#learnFirstText(threadId, firstUserText(page.data));
    });
  }

  items(threadId: string): ThreadItems {
    return this.#threads.get(threadId)?.items.view ?? noItems;
  }

  item(threadId: string, itemId: string): ThreadItem | undefined {
    return this.#threads.get(threadId)?.items.item(itemId);
  }

  async loadLatest(threadId: string, signal: AbortSignal): Promise<void> {
    if (this.items(threadId).asOf === null) await this.refreshItems(threadId, signal);
  }

  refreshItems(threadId: string, signal: AbortSignal): Promise<void> {
    return this.#latest(threadId, this.#pageSize(), signal);
  }

  loadOlder(threadId: string, signal: AbortSignal, window?: number): Promise<void> {
    return this.#beside(threadId, 0, window, this.#pageSize(), signal);
  }

  loadNewer(threadId: string, signal: AbortSignal, window?: number): Promise<void> {
    return this.#beside(threadId, -1, window, this.#pageSize(), signal);
  }

  async loadStart(threadId: string, signal: AbortSignal): Promise<void> {
    if (this.items(threadId).reachesStart) return;
    const limit = this.#pageSize();
    await this.#load(threadId, 'start', signal, (loader, shared) => loader.start(limit, shared));
  }

  async loadAll(threadId: string, signal: AbortSignal, onProgress?: (count: number) => void): Promise<void> {
    await this.loadLatest(threadId, signal);
    for (;;) {
      const { windows, reachesStart, stopped, count } = this.items(threadId);
      onProgress?.(count);
      if (stopped !== null || windows.length === 0 || (windows.length === 1 && reachesStart)) return;
      const pages = Math.min(maxBatchPages, 1 + Math.floor(count / itemsPerBatchPage));
      await this.#beside(threadId, 0, windows.length - 1, maxPageSize, signal, pages);
    }
  }

  async pollNewer(threadId: string, recheck: number, signal: AbortSignal): Promise<void> {
    const { windows, asOf } = this.items(threadId);
    if (asOf === null || windows.length === 0) return this.refreshItems(threadId, signal);
    if (this.#source.cursors === 'opaque') {
      await this.#latest(threadId, Math.max(recheck, pollItems), signal);
      for (let page = 0; page < maxPollPages && this.items(threadId).windows.length > windows.length; page += 1) {
        await this.loadOlder(threadId, signal);
      }
      return;
    }
    await this.loadNewer(threadId, signal);
    for (let page = 1; page < maxPollPages && !this.items(threadId).reachesEnd; page += 1) {
      await this.loadNewer(threadId, signal);
    }
    if (recheck > 0) await this.#latest(threadId, recheck, signal);
  }

  putItem(threadId: string, item: ThreadItem, origin: ItemsOrigin = 'server'): void {
    const { items } = this.#of(threadId);
    const changes = items.put(item);
    // A stream delivers the newest end, as a request for it would.
    if (origin !== 'server') items.advanceAsOf(this.#now());
    this.#emit(threadId, changes, origin);
  }

  removeItems(threadId: string, itemIds: readonly string[], origin: ItemsOrigin = 'server'): void {
    this.#emit(threadId, this.#of(threadId).items.remove(itemIds), origin);
  }

  removeItemsAfter(threadId: string, itemId: string, origin: ItemsOrigin = 'server'): void {
    const items = this.#threads.get(threadId)?.items;
    if (items !== undefined) this.#emit(threadId, items.removeAfter(itemId), origin);
  }

  pinned(threadId: string): readonly string[] {
    return this.#threads.get(threadId)?.items.pinned ?? [];
  }

  pin(threadId: string, itemIds: Iterable<string>): void {
    this.#of(threadId).items.pin(itemIds);
  }

  unpin(threadId: string): void {
    this.#threads.get(threadId)?.items.unpin();
  }

  deleteThread(threadId: string, signal: AbortSignal): Promise<'deleted' | 'alreadyGone'> {
    return this.#requests.share(`delete:${threadId}`, signal, async (shared) => {
      let outcome: 'deleted' | 'alreadyGone' = 'deleted';
      try {
        await this.#source.deleteThread(threadId, shared);
      } catch (error) {
        if (!isSourceError(error, 'notFound')) throw error;
        outcome = 'alreadyGone';
      }
      this.#deleted.set(threadId, (this.#steps += 1));
      this.#forget(threadId);
      return outcome;
    });
  }

  /** `asked`: the step of the request whose response contains the thread. */
  #isDeleted(threadId: string, asked: number): boolean {
    const at = this.#deleted.get(threadId);
    if (at === undefined) return false;
    if (asked < at) return true;
    // The server confirmed the deletion, but still has the thread: it is shown again.
    this.#problems.report(ruleIds.deletedStillListed, { command: 'threads.list', threadId });
    this.#deleted.delete(threadId);
    return false;
  }

  dispose(): void {
    this.#unsubscribe?.();
    this.#requests.cancel('');
    this.#threads.clear();
    this.#unlisted.clear();
  }

  #latest(threadId: string, limit: number, signal: AbortSignal): Promise<void> {
    return this.#load(threadId, `latest:${limit}`, signal, (loader, shared) => loader.latest(limit, shared));
  }

  /**
   * Loads the page beside a window. If its outermost item was deleted on the server, the next item is used as the
   * cursor.
   */
  async #beside(
    threadId: string,
    edge: 0 | -1,
    window: number | undefined,
    limit: number,
    signal: AbortSignal,
    pages = 1,
  ): Promise<void> {
    const { windows } = this.items(threadId);
    const index = window ?? windows.length - 1;
    const outermost = windows[index]?.items.at(edge);
    if (outermost === undefined) return;
    const name = `${edge === 0 ? 'older' : 'newer'}:${outermost.id}:${limit}`;
    const load = (): Promise<void> =>
      this.#load(threadId, name, signal, (loader, shared) =>
        edge === 0 ? loader.older(index, limit, shared, pages) : loader.newer(index, limit, shared),
      );
    try {
      await load();
    } catch (error) {
      const vanished = isUnknownCursor(error) && (windows[index]?.items.length ?? 0) > 1;
      if (!vanished) throw error;
      this.removeItems(threadId, [outermost.id]);
      await load();
    }
  }

  #load(
    threadId: string,
    name: string,
    signal: AbortSignal,
    run: (loader: ItemLoader, signal: AbortSignal) => Promise<void>,
  ): Promise<void> {
    return this.#requests.share(`thread:${threadId}:${name}`, signal, (shared) =>
      run(this.#of(threadId).loader, shared),
    );
  }

  #of(threadId: string): LoadedThread {
    const loaded = this.#threads.get(threadId);
    if (loaded !== undefined) return loaded;
    const items = new LoadedItems();
    const onChanges = (changes: readonly ItemsChange[]): void => this.#emit(threadId, changes);
    const loader = new ItemLoader({ source: this.#source, threadId, items, now: this.#now, onChanges });
    const created: LoadedThread = { items, loader, firstUserText: undefined };
    this.#threads.set(threadId, created);
    return created;
  }

  #emit(threadId: string, changes: readonly ItemsChange[], origin: ItemsOrigin = 'server'): void {
    const loaded = this.#threads.get(threadId);
    if (loaded === undefined) return;
    const isKnown =
      typeof loaded.firstUserText === 'string' || (loaded.firstUserText === null && !changes.some(mayChangeFirstText));
    if (!isKnown && loaded.items.reachesStart) {
      this.#learnFirstText(threadId, firstUserText(loaded.items.view.windows[0]?.items ?? []));
    }
    for (const change of changes) this.#events.fire({ type: 'items', threadId, change, origin });
  }

  #learnFirstText(threadId: string, text: string | null): void {
    const loaded = this.#of(threadId);
    const isNews = (loaded.firstUserText ?? null) !== text;
    loaded.firstUserText = text;
    if (isNews) this.#events.fire({ type: 'thread', threadId });
  }

  #forget(threadId: string): void {
    this.#requests.cancel(`thread:${threadId}:`);
    this.#list.remove(threadId);
    this.#unlisted.delete(threadId);
    this.#threads.delete(threadId);
    this.#events.fire({ type: 'deleted', threadId });
  }
}

/**
 * Returns whether a change can affect the first user message. Other changes are skipped, because each check searches
 * all items.
 */
function mayChangeFirstText(change: ItemsChange): boolean {
  return !('items' in change) || change.items.some(({ kind }) => kind === 'user_message');
}
