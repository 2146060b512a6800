import type { RestBody } from '../model/restTypes.ts';
import { arraySequence, type Sequence } from '../model/sequence.ts';
import type { ServerBody } from '../model/serverTypes.ts';

/**
 * An item of a conversation in the format of the API it was created for; the other API converts it (`rest/fromStore.ts`,
 * `server/protocol/fromStore.ts`). `createdAt` is in ms since the epoch.
 */
export type StoredItem = { readonly id: string; readonly createdAt: number } & (
  { readonly format: 'rest'; readonly body: RestBody } | { readonly format: 'server'; readonly body: ServerBody }
);

/** The items of one thread: a base sequence, which may be generated on access, and the items that were added later. */
export class ItemLog implements Sequence<StoredItem> {
  readonly #base: Sequence<StoredItem>;
  /** Fixed length of the base: a base that grows over time stops growing at the first change to its thread. */
  #baseEnd: number | null = null;
  #added: StoredItem[] = [];
  readonly #replaced = new Map<string, StoredItem>();

  constructor(base: Sequence<StoredItem> = arraySequence([])) {
    this.#base = base;
  }

  get length(): number {
    return this.#baseLength + this.#added.length;
  }

  at(index: number): StoredItem {
    const base = this.#baseLength;
    const item = index < base ? this.#base.at(index) : this.#added[index - base];
    if (item === undefined) throw new RangeError(`No item at ${index}`);
    return this.#replaced.get(item.id) ?? item;
  }

  indexOf(id: string): number {
    const inBase = this.#base.indexOf(id);
    if (inBase >= 0) return inBase < this.#baseLength ? inBase : -1;
    const inAdded = this.#added.findIndex((item) => item.id === id);
    return inAdded < 0 ? -1 : this.#baseLength + inAdded;
  }

  find(id: string): StoredItem | undefined {
    const index = this.indexOf(id);
    return index < 0 ? undefined : this.at(index);
  }

  push(item: StoredItem): void {
    this.#baseEnd ??= this.#base.length;
    this.#added.push(item);
  }

  replace(item: StoredItem): void {
    this.#baseEnd ??= this.#base.length;
    this.#replaced.set(item.id, item);
  }

  /** Removes an added item; items of the base cannot be removed. */
  remove(id: string): void {
    this.#added = this.#added.filter((item) => item.id !== id);
  }

  /** Removes all items after the first `length` items. */
  truncate(length: number): void {
    const base = Math.min(this.#baseLength, length);
    this.#baseEnd = base;
    this.#added = this.#added.slice(0, length - base);
  }

  get #baseLength(): number {
    return this.#baseEnd ?? this.#base.length;
  }
}

/** Returns a sequence that is created on first access, so that the start time does not depend on the number of threads. */
export function lazySequence<T extends { readonly id: string }>(make: () => readonly T[]): Sequence<T> {
  let created: Sequence<T> | null = null;
  const sequence = (): Sequence<T> => (created ??= arraySequence(make()));
  return {
    get length() {
      return sequence().length;
    },
    at: (index) => sequence().at(index),
    indexOf: (id) => sequence().indexOf(id),
  };
}
