import { spend } from '../core/budget.ts';

/**
 * Sorts stably with the comparisons of Python's `sorted` for short lists, so that values without a total order (NaN) end up
 * in the same places.
 * @param less whether the first item belongs before the second
 */
export function pythonSort<T>(items: readonly T[], less: (a: T, b: T) => boolean, reverse = false): T[] {
  spend(items.length);
  const sorted = reverse ? items.toReversed() : items.slice();
  if (sorted.length < 64) insertionSort(sorted, less);
  // Sorting of the language is stable; an item is behind another only if the other is less.
  else sorted.sort((a, b) => (less(a, b) ? -1 : less(b, a) ? 1 : 0));
  return reverse ? sorted.reverse() : sorted;
}

function insertionSort<T>(items: T[], less: (a: T, b: T) => boolean): void {
  for (let next = runLength(items, less); next < items.length; next += 1) {
    const item = items[next] as T;
    let low = 0;
    let high = next;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (less(item, items[middle] as T)) high = middle;
      else low = middle + 1;
    }
    items.copyWithin(low + 1, low, next);
    items[low] = item;
  }
}

/** The length of the ordered run at the start; a descending run is reversed. */
function runLength<T>(items: T[], less: (a: T, b: T) => boolean): number {
  if (items.length < 2) return items.length;
  const descending = less(items[1] as T, items[0] as T);
  let end = 2;
  while (end < items.length && less(items[end] as T, items[end - 1] as T) === descending) end += 1;
  if (descending) items.splice(0, end, ...items.slice(0, end).reverse());
  return end;
}
