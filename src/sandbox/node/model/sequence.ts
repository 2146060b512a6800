/** Elements in the order of their creation. */
export interface Sequence<T> {
  readonly length: number;
  /** Returns the element at an index from 0 to length - 1. */
  at(index: number): T;
  /** Returns -1 if there is no such element. */
  indexOf(id: string): number;
}

export function arraySequence<T extends { readonly id: string }>(elements: readonly T[]): Sequence<T> {
  return {
    length: elements.length,
    at: (index) => {
      const element = elements[index];
      if (element === undefined) throw new RangeError(`No element at ${index}`);
      return element;
    },
    indexOf: (id) => elements.findIndex((element) => element.id === id),
  };
}

export interface PageRequest {
  readonly limit: number;
  readonly order: 'asc' | 'desc';
  readonly after?: string | undefined;
  readonly before?: string | undefined;
}

interface Slice<T> {
  readonly data: T[];
  readonly hasMore: boolean;
}

/** A cursor that names no element of the sequence. */
export class UnknownCursor extends Error {
  readonly param: 'after' | 'before';
  readonly id: string;

  constructor(param: 'after' | 'before', id: string) {
    super(`Unknown cursor: ${id}`);
    this.param = param;
    this.id = id;
  }
}

/**
 * Returns one page, by the cursor rules of chatkit-api 1.4: positions are those of the requested order; `before` alone
 * returns the elements nearest to it; both return the open interval; `hasMore` refers to the far end of the page.
 *
 * @param visible elements that are not visible are skipped, but can be cursors
 */
export function slice<T>(
  sequence: Sequence<T>,
  page: PageRequest,
  visible: (element: T) => boolean = () => true,
): Slice<T> {
  const { length } = sequence;
  // Read the length once, because a live sequence grows over time.
  const at = (position: number): T => sequence.at(page.order === 'asc' ? position : length - 1 - position);
  const positionOf = (param: 'after' | 'before', id: string): number => {
    const index = sequence.indexOf(id);
    if (index < 0 || index >= length) throw new UnknownCursor(param, id);
    return page.order === 'asc' ? index : length - 1 - index;
  };
  const from = page.after === undefined ? 0 : positionOf('after', page.after) + 1;
  const to = page.before === undefined ? length : positionOf('before', page.before);
  const backwards = page.before !== undefined && page.after === undefined;

  const data: T[] = [];
  let hasMore = false;
  for (let step = 0; step < to - from; step++) {
    const element = at(backwards ? to - 1 - step : from + step);
    if (!visible(element)) continue;
    if (data.length === page.limit) {
      hasMore = true;
      break;
    }
    data.push(element);
  }
  return { data: backwards ? data.reverse() : data, hasMore };
}
