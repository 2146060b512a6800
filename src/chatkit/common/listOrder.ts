export type Order = 'asc' | 'desc';

/**
 * - `asc`, `desc`: the creation times rise, or fall.
 * - `mixed`: they do neither.
 * - `unknown`: there are not enough different times.
 */
export type FoundOrder = Order | 'mixed' | 'unknown';

/** Times that differ by less are written at the same moment, and their order means nothing; ms. */
const toleranceMs = 1000;

/**
 * The order of elements by their creation times (ms since the epoch, null where unknown). `minStep`: times that differ by less
 * have no order; ms.
 */
export function findOrder(times: readonly (number | null)[], minStep = toleranceMs): FoundOrder {
  let rising = 0;
  let falling = 0;
  let last: number | null = null;
  for (const time of times) {
    if (time === null) continue;
    const step = last === null ? 0 : time - last;
    // Small steps are not lost: the next time is compared with the same one.
    if (last !== null && Math.abs(step) < minStep) continue;
    if (step > 0) rising += 1;
    if (step < 0) falling += 1;
    last = time;
  }
  if (rising === 0 && falling === 0) return 'unknown';
  // A few elements out of place do not change the direction of a list.
  if (falling === 0 || rising >= falling * 4) return 'asc';
  return rising === 0 || falling >= rising * 4 ? 'desc' : 'mixed';
}

interface ArrangedPage<T> {
  /** In the order that was requested, if reversing the page results in it. */
  readonly elements: readonly T[];
  readonly found: FoundOrder;
  /**
   * The page was in the opposite order and was reversed: the server ignores `order`. Its first page is then the other
   * end of the list, so the whole list must be loaded to find the newest element.
   */
  readonly isReversed: boolean;
}

/**
 * A page in the requested order. The elements stay as they were received, or are reversed as a whole: a server knows the
 * order of its elements better than their times do. `timeOf`: ms since the epoch, null where unknown. `minElements`: number of
 * elements with different times that a conclusion needs; more for lists that servers may sort by another time.
 */
export function arrangePage<T>(
  elements: readonly T[],
  requested: Order,
  timeOf: (element: T) => number | null,
  minElements = 2,
): ArrangedPage<T> {
  const times = elements.map(timeOf);
  const distinct = new Set(times.filter((time) => time !== null)).size;
  const found = distinct < minElements ? 'unknown' : findOrder(times);
  const isReversed = (found === 'asc' || found === 'desc') && found !== requested;
  return { elements: isReversed ? elements.toReversed() : elements, found, isReversed };
}

/** Whether each page lies completely after the one before it, in the requested order. */
export function arePagesInOrder<T>(
  pages: readonly (readonly T[])[],
  order: Order,
  timeOf: (element: T) => number | null,
): boolean {
  const ranges = pages.flatMap((page) => {
    const times = page.map(timeOf).filter((time) => time !== null);
    return times.length === 0 ? [] : [{ first: Math.min(...times), last: Math.max(...times) }];
  });
  const follows = ranges.slice(1).map(({ first, last }, index) => {
    const before = ranges[index] ?? { first, last };
    return order === 'desc' ? last < before.first : first > before.last;
  });
  return follows.length > 0 && follows.every(Boolean);
}
