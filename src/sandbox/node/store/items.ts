import type { RestBody } from '../model/restTypes.ts';
import { arraySequence, type Sequence } from '../model/sequence.ts';
import type { ServerBody } from '../model/serverTypes.ts';

/**
 * An item of a conversation, kept in the words of the face it was written for; the other face translates
 * (`rest/fromStore.ts`, `server/fromStore.ts`). `createdAt` is in ms since the epoch.
 */
export type StoredItem = { readonly id: string; readonly createdAt: number } & (
  { readonly face: 'rest'; readonly body: RestBody } | { readonly face: 'server'; readonly body: ServerBody }
);

/** The items of one thread: a base that may be generated when read, and what came after it. */
export class ItemLog implements Sequence<StoredItem> {
  readonly #base: Sequence<StoredItem>;
  /** A base that grows by the clock stops growing once somebody writes into its thread. */
  #baseEnd: number | null = null;
  #own: StoredItem[] = [];
  readonly #replaced = new Map<string, StoredItem>();

  constructor(base: Sequence<StoredItem> = arraySequence([])) {
    this.#base = base;
  }

  get length(): number {
    return this.#baseLength + this.#own.length;
  }

  at(index: number): StoredItem {
    const base = this.#baseLength;
    const item = index < base ? this.#base.at(index) : this.#own[index - base];
    if (item === undefined) throw new RangeError(`No item at ${index}`);
    return this.#replaced.get(item.id) ?? item;
  }

  indexOf(id: string): number {
    const inBase = this.#base.indexOf(id);
    if (inBase >= 0) return inBase < this.#baseLength ? inBase : -1;
    const inOwn = this.#own.findIndex((item) => item.id === id);
    return inOwn < 0 ? -1 : this.#baseLength + inOwn;
  }

  find(id: string): StoredItem | undefined {
    const index = this.indexOf(id);
    return index < 0 ? undefined : this.at(index);
  }

  push(item: StoredItem): void {
    this.#baseEnd ??= this.#base.length;
    this.#own.push(item);
  }

  replace(item: StoredItem): void {
    this.#baseEnd ??= this.#base.length;
    this.#replaced.set(item.id, item);
  }

  /** Takes an item away; one that a generated base holds stays. */
  remove(id: string): void {
    this.#own = this.#own.filter((item) => item.id !== id);
  }

  /** Keeps the first `length` items. */
  truncate(length: number): void {
    const base = Math.min(this.#baseLength, length);
    this.#baseEnd = base;
    this.#own = this.#own.slice(0, length - base);
  }

  get #baseLength(): number {
    return this.#baseEnd ?? this.#base.length;
  }
}

/** A sequence that is made when it is first read: a thousand threads start as quickly as ten. */
export function lazySequence<T extends { readonly id: string }>(make: () => readonly T[]): Sequence<T> {
  let made: Sequence<T> | null = null;
  const sequence = (): Sequence<T> => (made ??= arraySequence(make()));
  return {
    get length() {
      return sequence().length;
    },
    at: (index) => sequence().at(index),
    indexOf: (id) => sequence().indexOf(id),
  };
}
