import { sameJson } from '../../../base/common/json.ts';
import { idOf } from '../elementId.ts';
import type { ThreadItem } from '../model/item.ts';
import type { ItemWindow, ItemsChange } from './types.ts';

/** The loaded parts of one thread. Immutable: every operation returns a new object. */
export interface ItemWindows {
  /** Oldest first, none empty. */
  readonly windows: readonly ItemWindow[];
  readonly reachesStart: boolean;
  readonly reachesEnd: boolean;
}

export const nothingLoaded: ItemWindows = { windows: [], reachesStart: false, reachesEnd: false };

/** The contents of one page: consecutive items, oldest first, with unique ids. */
export interface ItemPage {
  readonly items: readonly ThreadItem[];
  /** Cursors for the adjacent pages, if the page contained them. */
  readonly older: string | null;
  readonly newer: string | null;
  /** Whether there are no older items, and no newer items. */
  readonly isStart: boolean;
  readonly isEnd: boolean;
}

/** The position of a page: at one end of the thread, or directly beside a loaded window. */
export type PageTarget =
  { readonly at: 'start' | 'end' } | { readonly at: 'before' | 'after'; readonly window: number };

export interface MergedPage {
  readonly state: ItemWindows;
  /** The changes to report, in this order. Empty if the page contained nothing new. */
  readonly changes: readonly ItemsChange[];
  /** The stored items of the page. An item whose contents are unchanged keeps its object. */
  readonly items: readonly ThreadItem[];
  /** Number of items that were not loaded before. */
  readonly added: number;
  /** Loaded items that the page shows to be deleted. */
  readonly vanished: readonly ThreadItem[];
}

interface Position {
  readonly window: number;
  readonly index: number;
  readonly item: ThreadItem;
}

/** The windows that a page replaces, `low` to `high`, and their items that remain before and after it. */
interface Span {
  readonly low: number;
  readonly high: number;
  readonly prefix: readonly ThreadItem[];
  readonly suffix: readonly ThreadItem[];
}

/**
 * Merges a page into the loaded items. Windows that it overlaps are joined. Loaded items within its range that it does
 * not contain are removed. `known` returns in constant time whether an ID is loaded.
 */
export function mergePage(
  state: ItemWindows,
  run: ItemPage,
  where: PageTarget,
  known: (id: string) => boolean,
): MergedPage {
  const { windows } = state;
  const loaded = positionsOf(windows, run.items, known);
  const items = run.items.flatMap((item) => {
    const at = loaded.get(item.id);
    if (at === undefined) return [item];
    if (onlyRepeats(at, where)) return [];
    return [sameJson(at.item.raw, item.raw) ? at.item : item];
  });
  const met = items.flatMap(({ id }) => loaded.get(id) ?? []);
  const span = withoutOvertaken(spanOf(windows, met, run, where), items, where, loaded);
  const { low, high, prefix, suffix } = span;

  const merged: ItemWindow = {
    items: prefix.concat(items, suffix),
    older: prefix.length > 0 ? (windows[low]?.older ?? null) : run.older,
    newer: suffix.length > 0 ? (windows[high]?.newer ?? null) : run.newer,
  };
  const next: ItemWindows = {
    windows: [...windows.slice(0, low), ...(merged.items.length > 0 ? [merged] : []), ...windows.slice(high + 1)],
    reachesStart: run.isStart || (state.reachesStart && (low > 0 || prefix.length > 0)),
    reachesEnd: run.isEnd || (state.reachesEnd && (high < windows.length - 1 || suffix.length > 0)),
  };

  const kept = new Set(items.map(({ id }) => id));
  const vanished = replacedItems(windows, span).filter(({ id }) => !kept.has(id));
  const changed = items.filter((item) => loaded.has(item.id) && loaded.get(item.id)?.item !== item);
  const isNew = ({ id }: ThreadItem): boolean => !loaded.has(id);
  const added = items.filter(isNew).length;
  const leading = prefix.length === 0 ? countWhile(items, isNew) : 0;
  const trailing = suffix.length === 0 ? countWhile(items.toReversed(), isNew) : 0;

  const changes: ItemsChange[] = [];
  if (next.windows.length !== windows.length || leading + trailing !== added || !isOrdered(met)) {
    changes.push({ type: 'reset' });
  } else {
    if (vanished.length > 0) changes.push({ type: 'removed', itemIds: vanished.map(({ id }) => id) });
    if (changed.length > 0) changes.push({ type: 'changed', items: changed });
    if (leading > 0) changes.push({ type: 'added', window: low, at: 'start', items: items.slice(0, leading) });
    if (trailing > 0) changes.push({ type: 'added', window: low, at: 'end', items: items.slice(-trailing) });
    const sameBounds = next.reachesStart === state.reachesStart && next.reachesEnd === state.reachesEnd;
    if (changes.length === 0 && !sameBounds) changes.push({ type: 'bounds' });
  }
  return { state: next, changes, items, added, vanished };
}

/** Removes items. A window that becomes empty is removed, with the gap beside it. */
export function removeItems(state: ItemWindows, itemIds: ReadonlySet<string>): MergedPage {
  const vanished: ThreadItem[] = [];
  const windows = state.windows.map((window) => {
    const remaining = window.items.filter(({ id }) => !itemIds.has(id));
    if (remaining.length === window.items.length) return window;
    for (const item of window.items) if (itemIds.has(item.id)) vanished.push(item);
    return { ...window, items: remaining };
  });
  const left = windows.filter(({ items }) => items.length > 0);
  const change: ItemsChange =
    left.length < windows.length ? { type: 'reset' } : { type: 'removed', itemIds: vanished.map(({ id }) => id) };
  return {
    state: vanished.length > 0 ? { ...state, windows: left } : state,
    changes: vanished.length > 0 ? [change] : [],
    items: [],
    added: 0,
    vanished,
  };
}

/** Removes the items after an item, in its window and in all later ones. The thread then ends with the item. */
export function removeItemsAfter(state: ItemWindows, itemId: string): MergedPage {
  const at = state.windows.findIndex(({ items }) => items.some(({ id }) => id === itemId));
  const window = state.windows[at];
  if (window === undefined) return { state, changes: [], items: [], added: 0, vanished: [] };
  const index = window.items.findIndex(({ id }) => id === itemId);
  const later = state.windows.slice(at + 1);
  const vanished = [...window.items.slice(index + 1), ...later.flatMap(({ items }) => items)];
  const last = { ...window, items: window.items.slice(0, index + 1), newer: null };
  const change: ItemsChange =
    later.length > 0 || vanished.length === 0
      ? { type: 'reset' }
      : { type: 'removed', itemIds: vanished.map(({ id }) => id) };
  const isUnchanged = vanished.length === 0 && state.reachesEnd;
  return {
    state: { ...state, windows: [...state.windows.slice(0, at), last], reachesEnd: true },
    changes: isUnchanged ? [] : [change, ...(state.reachesEnd ? [] : [{ type: 'bounds' } as const])],
    items: [],
    added: 0,
    vanished,
  };
}

/** Returns the positions of loaded items. Searches from the newest end, where most of them are. */
function positionsOf(
  windows: readonly ItemWindow[],
  items: readonly ThreadItem[],
  known: (id: string) => boolean,
): ReadonlyMap<string, Position> {
  const wanted = new Set(items.map(({ id }) => id).filter(known));
  const found = new Map<string, Position>();
  for (let window = windows.length - 1; window >= 0 && found.size < wanted.size; window -= 1) {
    const loaded = windows[window]?.items ?? [];
    for (let index = loaded.length - 1; index >= 0 && found.size < wanted.size; index -= 1) {
      const item = loaded[index];
      if (item !== undefined && wanted.has(item.id)) found.set(item.id, { window, index, item });
    }
  }
  return found;
}

/**
 * Returns whether the page repeats items of the window that it continues: the server treats the cursor as inclusive.
 */
function onlyRepeats(at: Position, where: PageTarget): boolean {
  if (!('window' in where)) return false;
  return where.at === 'before' ? at.window >= where.window : at.window <= where.window;
}

function spanOf(windows: readonly ItemWindow[], met: readonly Position[], run: ItemPage, where: PageTarget): Span {
  const first = met.reduce<Position | undefined>((a, b) => (a && isBefore(a, b) ? a : b), undefined);
  const last = met.reduce<Position | undefined>((a, b) => (a && isBefore(b, a) ? a : b), undefined);
  const itemsOf = (window: number): readonly ThreadItem[] => windows[window]?.items ?? [];
  let low = first?.window ?? (where.at === 'start' ? 0 : windows.length);
  let high = last?.window ?? low - 1;
  let prefix: readonly ThreadItem[] = first === undefined ? [] : itemsOf(low).slice(0, first.index);
  let suffix: readonly ThreadItem[] = last === undefined ? [] : itemsOf(high).slice(last.index + 1);
  if (where.at === 'before') {
    high = where.window;
    suffix = itemsOf(high);
    if (first === undefined) low = high;
  } else if (where.at === 'after') {
    low = where.window;
    prefix = itemsOf(low);
    if (last === undefined) high = low;
  }
  if (run.isStart) [low, prefix] = [0, []];
  if (run.isEnd) [high, suffix] = [windows.length - 1, []];
  return { low, high, prefix, suffix };
}

/**
 * Removes items from a span that the page would have to contain: loaded items before it that are newer than its first
 * item, and loaded items after it that are older than its last item. These were deleted.
 */
function withoutOvertaken(
  span: Span,
  items: readonly ThreadItem[],
  where: PageTarget,
  loaded: ReadonlyMap<string, Position>,
): Span {
  const reach = (item: ThreadItem | undefined): number | null =>
    item === undefined || loaded.has(item.id) ? null : item.createdAt;
  const from = where.at === 'after' ? null : reach(items[0]);
  const to = where.at === 'before' ? null : reach(items.at(-1));
  if (from === null && to === null) return span;
  const isBeforeRun = ({ createdAt }: ThreadItem): boolean => from === null || createdAt === null || createdAt <= from;
  const isAfterRun = ({ createdAt }: ThreadItem): boolean => to === null || createdAt === null || createdAt >= to;
  const { prefix, suffix } = span;
  const kept = prefix.findLastIndex(isBeforeRun) + 1;
  const overtaken = countWhile(suffix, (item) => !isAfterRun(item));
  // Usually nothing is removed. The lists can be as long as the thread, so copies for each page would be slow.
  return {
    ...span,
    prefix: kept === prefix.length ? prefix : prefix.slice(0, kept),
    suffix: overtaken === 0 ? suffix : suffix.slice(overtaken),
  };
}

/** Returns the items that the page replaces. */
function replacedItems(windows: readonly ItemWindow[], { low, high, prefix, suffix }: Span): readonly ThreadItem[] {
  return windows.slice(low, high + 1).flatMap(({ items }, i) => {
    const from = low + i === low ? prefix.length : 0;
    const to = low + i === high ? items.length - suffix.length : items.length;
    return items.slice(from, to);
  });
}

function isBefore(a: Position, b: Position): boolean {
  return a.window < b.window || (a.window === b.window && a.index < b.index);
}

function isOrdered(positions: readonly Position[]): boolean {
  return positions.every((at, i) => i === 0 || isBefore(positions[i - 1] as Position, at));
}

function countWhile<T>(list: readonly T[], test: (value: T) => boolean): number {
  const end = list.findIndex((value) => !test(value));
  return end === -1 ? list.length : end;
}

/** The id as the server sent it; differs from `item.id` only where the server gave one id to several items. */
export function wireId(item: ThreadItem): string {
  return idOf(item.raw) ?? item.id;
}

interface Separated {
  /** Every id once. */
  readonly items: readonly ThreadItem[];
  /** IDs that are used for more than one item. */
  readonly duplicateIds: readonly string[];
}

/**
 * Gives every item of a page a unique ID (some servers use the same ID repeatedly). The first item with an ID keeps it.
 * The others get `<id>#<created, ms>`, which is the same when the page is loaded again.
 *
 * `beyond`: the page is outside the loaded range, so a known ID with a different time is another item. Otherwise, it is
 * the known item with a changed time.
 */
export function separateDuplicates(
  items: readonly ThreadItem[],
  known: (id: string) => ThreadItem | undefined,
  beyond: boolean,
): Separated {
  const counts = new Map<string, number>();
  for (const { id } of items) counts.set(id, (counts.get(id) ?? 0) + 1);
  const taken = new Map<string, ThreadItem>();
  const duplicateIds = new Set<string>();
  const separated: ThreadItem[] = [];
  for (const item of items) {
    const twin = known(item.id);
    const severalHere = (counts.get(item.id) ?? 0) > 1;
    const later = `${item.id}#${item.createdAt ?? '?'}`;
    const another = taken.has(item.id) || (twin !== undefined && twin.createdAt !== item.createdAt);
    const needsOwnId = another && (severalHere || beyond || known(later) !== undefined);
    if (severalHere || needsOwnId) duplicateIds.add(item.id);
    const own = needsOwnId ? { ...item, id: later } : item;
    const same = taken.get(own.id);
    if (same === undefined) {
      taken.set(own.id, own);
      separated.push(own);
    } else if (!sameJson(same.raw, own.raw)) {
      const id = freeId(own.id, taken);
      taken.set(id, own);
      separated.push({ ...own, id });
    }
  }
  return { items: separated, duplicateIds: [...duplicateIds] };
}

function freeId(id: string, taken: ReadonlyMap<string, ThreadItem>): string {
  let n = 2;
  while (taken.has(`${id}.${n}`)) n += 1;
  return `${id}.${n}`;
}
