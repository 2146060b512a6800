import type { ThreadItem } from '../model/item.ts';

type Items = readonly ThreadItem[];

/**
 * Indices of items by id, for lists that never change. A list that is another one with items changed or added at its end
 * shares its index, so that each of thousands of changes is found at once.
 */
const indices = new WeakMap<Items, Map<string, number>>();

/** Index of the item with this id; -1 when the list does not have it. */
export function indexIn(items: Items, id: string): number {
  const index = indices.get(items) ?? makeIndex(items);
  const at = index.get(id) ?? -1;
  // The index may be shared with a longer list.
  return items[at]?.id === id ? at : -1;
}

/** `after` begins with the items of `before`, in their order and with their ids. */
export function rememberAppended(before: Items, after: Items): void {
  const index = indices.get(before);
  // Another list may have gone on from here before.
  if (index === undefined || index.size !== before.length) return;
  for (let at = before.length; at < after.length; at += 1) index.set(after[at]?.id ?? '', at);
  indices.set(after, index);
}

function makeIndex(items: Items): Map<string, number> {
  const index = new Map(items.map(({ id }, at) => [id, at]));
  indices.set(items, index);
  return index;
}
