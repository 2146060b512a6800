import type { ThreadItem } from '../model/item.ts';
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
} from './itemWindows.ts';
import type { ItemWindow, ItemsChange, ThreadItems } from './types.ts';

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
