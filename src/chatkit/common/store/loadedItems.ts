import { SourceError, isSourceError } from '../errors.ts';
import type { ThreadItem } from '../model/item.ts';
import type { Order, Page, ThreadSource } from '../threadSource.ts';
import { type Json, sameJson } from '../../../base/common/json.ts';
import {
  type ItemPage,
  type ItemWindows,
  type MergedPage,
  type PageTarget,
  mergePage,
  nothingLoaded,
  removeItems,
  removeItemsAfter,
  separateDuplicates,
  wireId,
} from './itemWindows.ts';
import type { ItemWindow, ItemsChange, ThreadItems } from './types.ts';

/**
 * A page can be empty because of filters although there are more (chatkit-api 5.3). Then the next page is requested.
 */
const maxEmptyPages = 10;

interface LoaderOptions {
  readonly source: ThreadSource;
  readonly threadId: string;
  readonly items: LoadedItems;
  readonly now: () => number;
  /** Called after each change. */
  readonly onChanges: (changes: readonly ItemsChange[]) => void;
}

interface Fetched extends Page<ThreadItem> {
  /** There are more items, but the server returned no cursor or repeated the requested one. */
  readonly turns: boolean;
}

/** Loads pages of one thread's items and merges them into the windows. Every method throws `SourceError`. */
export class ItemLoader {
  readonly #options: LoaderOptions;
  /** Counts additions at the newest end, so that an older response does not remove them. */
  #ends = 0;

  constructor(options: LoaderOptions) {
    this.#options = options;
  }

  /** Loads the newest page. */
  async latest(limit: number, signal: AbortSignal): Promise<void> {
    const { items, now } = this.#options;
    const ends = this.#ends;
    const page = await this.#fetch('desc', limit, undefined, signal);
    const isLate = ends !== this.#ends;
    if (isLate && !page.data.some(({ id }) => items.item(id) !== undefined)) return;
    this.#ends += 1;
    items.setAsOf(now());
    this.#place({ ...olderRun(page), isEnd: !isLate }, { at: 'end' });
    if (page.turns) items.setStopped('older');
  }

  /** Loads the first page. */
  async start(limit: number, signal: AbortSignal): Promise<void> {
    const page = await this.#fetch('asc', limit, undefined, signal);
    this.#place({ ...newerRun(page), isStart: true }, { at: 'start' });
    if (page.turns) this.#options.items.setStopped('newer');
  }

  /**
   * Loads the page before window `window`; with `pages`, at most so many, which are placed together: placing a page copies
   * the window. A request that fails or is cancelled after the first page does not discard the pages before it.
   */
  async older(window: number, limit: number, signal: AbortSignal, pages = 1): Promise<void> {
    const { items } = this.#options;
    const first = items.view.windows[window]?.items[0];
    const next = await this.#fetchBeside(window, 0, limit, signal);
    const page = next === null ? null : await this.#continued(next, limit, signal, pages - 1);
    const at = this.#windowWith(first, 0);
    if (page === null || at === null) return;
    const placed = this.#place(olderRun(page), { at: 'before', window: at });
    items.setStopped(page.turns || (page.hasMore && placed.items.length === 0) ? 'older' : null);
  }

  /** Loads the page after window `window`. */
  async newer(window: number, limit: number, signal: AbortSignal): Promise<void> {
    const { items, now } = this.#options;
    const last = items.view.windows[window]?.items.at(-1);
    const page = await this.#fetchBeside(window, -1, limit, signal);
    const at = this.#windowWith(last, -1);
    if (page === null || at === null) return;
    if (at === items.view.windows.length - 1) {
      this.#ends += 1;
      if (!page.hasMore) items.setAsOf(now());
    }
    const placed = this.#place(newerRun(page), { at: 'after', window: at });
    items.setStopped(page.turns || (page.hasMore && placed.items.length === 0) ? 'newer' : null);
  }

  #place(run: ItemPage, where: PageTarget): MergedPage {
    const { items, onChanges } = this.#options;
    const placed = items.mergePage(run, where);
    onChanges(placed.changes.length === 0 ? [{ type: 'asOf' }] : placed.changes);
    return placed;
  }

  /**
   * Returns the index of the window with `item` at its edge. Null if the window was extended or removed, so that the
   * response is outdated.
   */
  #windowWith(item: ThreadItem | undefined, edge: 0 | -1): number | null {
    if (item === undefined) return null;
    const index = this.#options.items.view.windows.findIndex(({ items }) => items.at(edge)?.id === item.id);
    return index === -1 ? null : index;
  }

  async #fetchBeside(window: number, edge: 0 | -1, limit: number, signal: AbortSignal): Promise<Fetched | null> {
    const loaded = this.#options.items.view.windows[window];
    if (loaded === undefined) return null;
    return this.#fetch(edge === 0 ? 'desc' : 'asc', limit, this.#cursor(loaded, edge), signal);
  }

  /** Adds at most `pages` older pages to a page. */
  async #continued(page: Fetched, limit: number, signal: AbortSignal, pages: number): Promise<Fetched> {
    const { source } = this.#options;
    let all = page;
    for (let left = pages; left > 0 && all.hasMore && !all.turns; left -= 1) {
      const last = all.data.at(-1);
      const after = source.cursors === 'itemId' && last !== undefined ? wireId(last) : all.next;
      if (after === null) break;
      try {
        const next = await this.#fetch('desc', limit, after, signal);
        // A server that ignores the cursor repeats its page. The next load notices this.
        if (next.data.length === 0 || next.data[0]?.id === page.data[0]?.id) break;
        all = { ...next, data: all.data.concat(next.data) };
      } catch (error) {
        if (!isSourceError(error) && !signal.aborted) throw error;
        break;
      }
    }
    return all;
  }

  #cursor(window: ItemWindow, edge: 0 | -1): string {
    const item = window.items.at(edge);
    const given = edge === 0 ? window.older : window.newer;
    const cursor = this.#options.source.cursors === 'itemId' && item !== undefined ? wireId(item) : given;
    if (cursor === null) throw new SourceError('invalidResponse', 'The server returned no cursor for the next page.');
    return cursor;
  }

  async #fetch(order: Order, limit: number, after: string | undefined, signal: AbortSignal): Promise<Fetched> {
    const { source, threadId } = this.#options;
    let cursor = after;
    for (let empty = 0; ; empty += 1) {
      const query = { limit, order, ...(cursor === undefined ? {} : { after: cursor }) };
      const page = await source.listItems(threadId, query, signal);
      signal.throwIfAborted();
      const canGoOn = source.cursors === 'itemId' && page.data.length > 0;
      const turns = page.hasMore && !canGoOn && (page.next === null || page.next === cursor);
      if (page.data.length > 0 || !page.hasMore || turns || empty === maxEmptyPages) return { ...page, turns };
      cursor = page.next ?? undefined;
    }
  }
}

/** Returns whether the REST API rejected an unknown cursor (chatkit-api 1.4), which means that the item was deleted. */
export function isUnknownCursor(error: unknown): boolean {
  return isSourceError(error) && error.details.param === 'after';
}

/** Converts a page that was requested newest first. */
function olderRun(page: Page<ThreadItem>): ItemPage {
  return { items: page.data.toReversed(), older: page.next, newer: null, isStart: !page.hasMore, isEnd: false };
}

/** Converts a page that was requested oldest first. */
function newerRun(page: Page<ThreadItem>): ItemPage {
  return { items: page.data, older: null, newer: page.next, isStart: false, isEnd: !page.hasMore };
}

/** Positions by id of the lists that were changed item by item. A copy inherits the index of its original. */
const indices = new WeakMap<readonly ThreadItem[], Map<string, number>>();

/** The window and index of a loaded item; undefined when no window contains it. */
function positionOf(windows: readonly ItemWindow[], id: string): { window: number; index: number } | undefined {
  for (let window = windows.length - 1; window >= 0; window -= 1) {
    const items = windows[window]?.items ?? [];
    const index = indexOf(items).get(id);
    if (index !== undefined) return { window, index };
  }
  return undefined;
}

/** Copies a list, with its index. The original must not be searched afterwards. */
function copyIndexed(items: readonly ThreadItem[]): ThreadItem[] {
  const copy = items.slice();
  const index = indices.get(items);
  if (index !== undefined) indices.set(copy, index);
  indices.delete(items);
  return copy;
}

/** Adds an item at the end of a list, in place. */
function appendIndexed(items: ThreadItem[], item: ThreadItem): void {
  indices.get(items)?.set(item.id, items.length);
  items.push(item);
}

function indexOf(items: readonly ThreadItem[]): ReadonlyMap<string, number> {
  const known = indices.get(items);
  if (known !== undefined) return known;
  const index = new Map(items.map(({ id }, at) => [id, at]));
  indices.set(items, index);
  return index;
}

export const noItems: ThreadItems = {
  ...nothingLoaded,
  asOf: null,
  count: 0,
  duplicateIds: [],
  stopped: null,
};

/** The loaded items of one thread, with an index by ID. Windows and index always change together. */
export class LoadedItems {
  #state: ItemWindows = nothingLoaded;
  readonly #byId = new Map<string, ThreadItem>();
  readonly #duplicateIds = new Set<string>();
  #asOf: number | null = null;
  #stopped: ThreadItems['stopped'] = null;
  /** See `ThreadStore.pin`. */
  readonly #pinned = new Set<string>();
  #view: ThreadItems | null = noItems;
  /** Lists of windows that were copied here and that no view contains yet: these may change in place. */
  readonly #unshared = new Set<readonly ThreadItem[]>();

  /** The same object until something changes. */
  get view(): ThreadItems {
    this.#unshared.clear();
    this.#view ??= {
      ...this.#state,
      asOf: this.#asOf,
      count: this.#byId.size,
      duplicateIds: [...this.#duplicateIds],
      stopped: this.#stopped,
    };
    return this.#view;
  }

  get reachesStart(): boolean {
    return this.#state.reachesStart;
  }

  item(itemId: string): ThreadItem | undefined {
    return this.#byId.get(itemId);
  }

  /** Merges a page into the loaded items. `items` are oldest first, as the server sent them. */
  mergePage(run: ItemPage, where: PageTarget): MergedPage {
    const beyond = where.at === 'before' || where.at === 'after';
    const { items, duplicateIds } = separateDuplicates(run.items, (id) => this.#byId.get(id), beyond);
    for (const id of duplicateIds) this.#duplicateIds.add(id);
    for (const { id } of items) this.#pinned.delete(id);
    const placed = this.#apply(mergePage(this.#state, { ...run, items }, where, (id) => this.#byId.has(id)));
    return this.#withPinned(placed);
  }

  /** Replaces a loaded item, or adds the item at the newest end. Takes constant time while `view` is not read. */
  put(item: ThreadItem): readonly ItemsChange[] {
    if (this.#byId.has(item.id)) return this.#replace(item);
    const last = this.#state.windows.length - 1;
    if (last >= 0 && this.#state.reachesEnd) return this.#append(last, item);
    const isStart = last < 0 && this.#state.reachesStart;
    const run: ItemPage = { items: [item], older: null, newer: null, isStart, isEnd: true };
    return this.#apply(mergePage(this.#state, run, { at: 'end' }, (id) => this.#byId.has(id))).changes;
  }

  remove(itemIds: readonly string[]): readonly ItemsChange[] {
    for (const id of itemIds) this.#pinned.delete(id);
    return this.#apply(removeItems(this.#state, new Set(itemIds))).changes;
  }

  /** See `ThreadStore.removeItemsAfter`. */
  removeAfter(itemId: string): readonly ItemsChange[] {
    const placed = removeItemsAfter(this.#state, itemId);
    for (const { id } of placed.vanished) this.#pinned.delete(id);
    return this.#apply(placed).changes;
  }

  /** Marks all items of the thread as loaded, because the thread was just created. */
  markComplete(asOf: number): void {
    this.#state = { ...this.#state, reachesStart: true, reachesEnd: true };
    this.setAsOf(asOf);
  }

  get pinned(): readonly string[] {
    return [...this.#pinned];
  }

  pin(itemIds: Iterable<string>): void {
    for (const id of itemIds) this.#pinned.add(id);
  }

  unpin(): void {
    this.#pinned.clear();
  }

  /** Sets the time at which the newest end was loaded, ms. */
  setAsOf(asOf: number): void {
    this.#asOf = asOf;
    this.#view = null;
  }

  /** Sets the time if the newest end was loaded before. */
  advanceAsOf(asOf: number): void {
    if (this.#asOf !== null) this.setAsOf(asOf);
  }

  setStopped(side: ThreadItems['stopped']): void {
    this.#stopped = side;
    this.#view = null;
  }

  /** Adds pinned items that the page does not contain at the end again. */
  #withPinned(placed: MergedPage): MergedPage {
    const pinned = placed.vanished.filter(({ id }) => this.#pinned.has(id));
    if (pinned.length === 0) return placed;
    for (const item of pinned) this.put(item);
    return { ...placed, changes: [...placed.changes.filter(({ type }) => type === 'changed'), { type: 'reset' }] };
  }

  #replace(item: ThreadItem): readonly ItemsChange[] {
    const position = positionOf(this.#state.windows, item.id);
    const before = this.#byId.get(item.id);
    // The whole item: servers of exports and tests may change only what `raw` does not contain.
    if (position === undefined || sameJson(before as unknown as Json, item as unknown as Json)) return [];
    this.#writableItems(position.window)[position.index] = item;
    this.#byId.set(item.id, item);
    return [{ type: 'changed', items: [item] }];
  }

  #append(window: number, item: ThreadItem): readonly ItemsChange[] {
    appendIndexed(this.#writableItems(window, { newer: null }), item);
    this.#byId.set(item.id, item);
    return [{ type: 'added', window, at: 'end', items: [item] }];
  }

  /** The list of a window, copied first if a view contains it: views never change. */
  #writableItems(at: number, change: Partial<ItemWindow> = {}): ThreadItem[] {
    const { windows } = this.#state;
    const window = windows[at] as ItemWindow;
    const items = this.#unshared.has(window.items) ? (window.items as ThreadItem[]) : copyIndexed(window.items);
    this.#unshared.add(items);
    this.#state = { ...this.#state, windows: windows.with(at, { ...window, ...change, items }) };
    this.#view = null;
    return items;
  }

  #apply(placed: MergedPage): MergedPage {
    for (const { id } of placed.vanished) this.#byId.delete(id);
    for (const item of placed.items) this.#byId.set(item.id, item);
    this.#state = placed.state;
    this.#unshared.clear();
    this.#view = null;
    return placed;
  }
}
