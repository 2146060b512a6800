import { makeId } from '../model/ids.ts';
import type { RestBody, RestThreadStatus } from '../model/restTypes.ts';
import type { ServerBody } from '../model/serverTypes.ts';
import { ItemLog, type StoredItem } from './items.ts';
import { Threads, type StoredThread } from './threads.ts';

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
