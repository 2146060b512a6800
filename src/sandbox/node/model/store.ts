import type { RestBody, RestThreadStatus } from './restTypes.ts';
import { type Sequence, arraySequence } from './sequence.ts';
import type { ServerBody } from './serverTypes.ts';
import { makeId } from './ids.ts';

interface NewThread {
  readonly user: string;
  readonly title?: string | null;
  readonly status?: RestThreadStatus;
  readonly createdAt?: number;
  readonly imageDomains?: readonly string[];
}

type NewItem =
  { readonly format: 'rest'; readonly body: RestBody } | { readonly format: 'server'; readonly body: ServerBody };

/** The conversations and the operations that add to them. IDs depend on the seed, the time and a counter. */
export class Conversations {
  readonly threads: Threads;
  readonly #seed: number;
  readonly #now: () => number;
  #idCount = 0;

  constructor(seeded: readonly StoredThread[], seed: number, now: () => number) {
    this.threads = new Threads(seeded);
    this.#seed = seed;
    this.#now = now;
  }

  createThread({ user, title, status, createdAt, imageDomains }: NewThread): StoredThread {
    const at = createdAt ?? this.#now();
    const thread: StoredThread = {
      id: this.makeId('cthr', at),
      createdAt: at,
      user,
      title: title ?? null,
      status: status ?? { type: 'active' },
      items: new ItemLog(),
      ...(imageDomains && { imageDomains }),
    };
    this.threads.add(thread);
    return thread;
  }

  /** @param createdAt ms since the epoch; default now */
  append(thread: StoredThread, item: NewItem, createdAt?: number): StoredItem {
    const stored = this.draft(item, createdAt);
    thread.items.push(stored);
    return stored;
  }

  /** Creates an item with an ID and a time without adding it to a thread. */
  draft(item: NewItem, createdAt = this.#now()): StoredItem {
    return { id: this.makeId('cti', createdAt), createdAt, ...item };
  }

  makeId(prefix: string, createdAt: number = this.#now()): string {
    return makeId(prefix, createdAt, this.#seed, 'made', ++this.#idCount);
  }
}

/** A conversation as both APIs share it. `createdAt` is in ms since the epoch. */
export interface StoredThread {
  readonly id: string;
  readonly createdAt: number;
  readonly user: string;
  title: string | null;
  status: RestThreadStatus;
  /** Hosts that images may be loaded from; reported only by the self-hosted protocol. */
  readonly imageDomains?: readonly string[];
  readonly items: ItemLog;
}

/** All conversations, oldest first. */
export class Threads implements Sequence<StoredThread> {
  readonly #byId = new Map<string, StoredThread>();
  #sorted: StoredThread[];

  constructor(threads: readonly StoredThread[]) {
    // A stable sort: threads with the same time keep their order.
    this.#sorted = [...threads].sort((a, b) => a.createdAt - b.createdAt);
    for (const thread of threads) this.#byId.set(thread.id, thread);
  }

  get length(): number {
    return this.#sorted.length;
  }

  at(index: number): StoredThread {
    const thread = this.#sorted[index];
    if (thread === undefined) throw new RangeError(`No thread at ${index}`);
    return thread;
  }

  indexOf(id: string): number {
    const thread = this.#byId.get(id);
    return thread === undefined ? -1 : this.#sorted.indexOf(thread);
  }

  find(id: string): StoredThread | undefined {
    return this.#byId.get(id);
  }

  add(thread: StoredThread): void {
    this.#byId.set(thread.id, thread);
    const after = this.#sorted.findLastIndex(({ createdAt }) => createdAt <= thread.createdAt);
    this.#sorted.splice(after + 1, 0, thread);
  }

  delete(id: string): boolean {
    this.#sorted = this.#sorted.filter((thread) => thread.id !== id);
    return this.#byId.delete(id);
  }
}

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
