/** A run of elements in the order of their creation. */
export interface Sequence<T> {
  readonly length: number;
  /** `index` is within 0..length-1. */
  at(index: number): T;
  /** -1 where there is none. */
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

export interface Slice<T> {
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
 * One page, by the cursor rules of chatkit-api 1.4: positions are those of the requested order; `before` alone gives the
 * elements nearest to it; both give the open interval; `hasMore` looks past the far side of what is returned.
 *
 * @param visible elements that are not are passed over, and may still be cursors
 */
export function slice<T>(
  sequence: Sequence<T>,
  page: PageRequest,
  visible: (element: T) => boolean = () => true,
): Slice<T> {
  const { length } = sequence;
  // Two requests of one page must not see a sequence of two lengths: a live one grows by the clock.
  const at = (place: number): T => sequence.at(page.order === 'asc' ? place : length - 1 - place);
  const placeOf = (param: 'after' | 'before', id: string): number => {
    const index = sequence.indexOf(id);
    if (index < 0 || index >= length) throw new UnknownCursor(param, id);
    return page.order === 'asc' ? index : length - 1 - index;
  };
  const from = page.after === undefined ? 0 : placeOf('after', page.after) + 1;
  const to = page.before === undefined ? length : placeOf('before', page.before);
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
