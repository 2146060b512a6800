/** The empty list. Shared, because a thread has many items with empty lists, which would take their own memory. */
export const none: readonly never[] = Object.freeze([]);

/** Adds elements to the end of a list. Unlike `push(...elements)`, it has no limit: a call with 200,000 arguments fails. */
export function append<T>(list: T[], elements: Iterable<T>): void {
  for (const element of elements) list.push(element);
}

/** Removes the elements that were added first, until a map or set has at most `max`. */
export function keepNewest<K>(
  collection: { readonly size: number; keys(): Iterable<K>; delete(key: K): unknown },
  max: number,
): void {
  for (const oldest of collection.keys()) {
    if (collection.size <= max) return;
    collection.delete(oldest);
  }
}

/** Groups elements by a key, in the order in which the keys are first seen. (`Map.groupBy` is newer than our oldest Node.) */
export function groupBy<K, T>(elements: Iterable<T>, keyOf: (element: T) => K): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>();
  for (const element of elements) {
    const key = keyOf(element);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [element]);
    else group.push(element);
  }
  return groups;
}
