import type { RestThreadStatus } from '../model/restTypes.ts';
import type { Sequence } from '../model/sequence.ts';
import type { ItemLog } from './items.ts';

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
