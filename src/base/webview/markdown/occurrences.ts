/** Finds marks in one text. Each mark is searched for once; each later question takes logarithmic time. */
export class Occurrences {
  readonly #text: string;
  readonly #byMark = new Map<string, readonly number[]>();

  constructor(text: string) {
    this.#text = text;
  }

  /** The first place of `mark` at or after `from`, in characters; -1 when there is none. */
  next(mark: string, from: number): number {
    const all = this.#byMark.get(mark) ?? this.#findAll(mark);
    return all[firstIndex(all, (at) => at >= from)] ?? -1;
  }

  #findAll(mark: string): readonly number[] {
    const all: number[] = [];
    for (let at = this.#text.indexOf(mark); at >= 0; at = this.#text.indexOf(mark, at + 1)) all.push(at);
    this.#byMark.set(mark, all);
    return all;
  }
}

/** Index of the first element that passes; the length when none does. Elements that pass follow those that do not. */
export function firstIndex(list: readonly number[], passes: (element: number) => boolean): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (passes(list[middle] ?? 0)) high = middle;
    else low = middle + 1;
  }
  return low;
}
