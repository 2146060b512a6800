import type { ThreadItem } from '../model/item.ts';
import type { ItemWindow } from './types.ts';

/** Positions by id of the lists that were changed item by item. A copy inherits the index of its original. */
const indices = new WeakMap<readonly ThreadItem[], Map<string, number>>();

/** The window and index of a loaded item; undefined when no window contains it. */
export function positionOf(windows: readonly ItemWindow[], id: string): { window: number; index: number } | undefined {
  for (let window = windows.length - 1; window >= 0; window -= 1) {
    const items = windows[window]?.items ?? [];
    const index = indexOf(items).get(id);
    if (index !== undefined) return { window, index };
  }
  return undefined;
}

/** Copies a list, with its index. The original must not be searched afterwards. */
export function copyIndexed(items: readonly ThreadItem[]): ThreadItem[] {
  const copy = items.slice();
  const index = indices.get(items);
  if (index !== undefined) indices.set(copy, index);
  indices.delete(items);
  return copy;
}

/** Adds an item at the end of a list, in place. */
export function appendIndexed(items: ThreadItem[], item: ThreadItem): void {
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
