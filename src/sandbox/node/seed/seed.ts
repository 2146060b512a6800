import type { StoredThread } from '../store/threads.ts';
import { days, hours, minutes } from './builders/durations.ts';
import { bulkThreads } from './bulk.ts';
import { liveThread } from './live.ts';
import { longThread } from './long.ts';
import { buildThread, type SeedContext } from './builders/buildThread.ts';
import { galleryThread } from './threads/gallery.ts';
import { hostileThread, oddThreads } from './threads/hostile.ts';
import { nativeThread } from './threads/native.ts';
import { operationsThreads } from './threads/operations.ts';
import { orderThreads } from './threads/orders.ts';
import { travelThreads } from './threads/travel.ts';

export interface SeedOptions extends SeedContext {
  readonly now: () => number;
  /** Creates only the thread that `items` requests. */
  readonly empty: boolean;
  /** Total number of threads; the handwritten ones are always included. */
  readonly threads: number;
  /** Adds a thread with this number of items; 0 = none. */
  readonly items: number;
}

/** Returns the threads that a sandbox starts with. */
export function seedThreads(options: SeedOptions): StoredThread[] {
  const { items, now } = options;
  const count = new Intl.NumberFormat('en').format(items);
  // All items are from the last minutes, so that the thread is near the top of the list.
  const load = { key: 'load', items, firstItemAgo: minutes(8), lastItemAgo: 30, title: `A thread of ${count} items` };
  const requested = items > 0 ? [longThread(options, load)] : [];
  if (options.empty) return requested;

  const written = [
    ...orderThreads,
    ...operationsThreads,
    ...travelThreads,
    galleryThread,
    nativeThread,
    hostileThread,
    ...oddThreads,
  ].map((thread) => buildThread(thread, options));
  const night = { firstItemAgo: days(1) + hours(2), lastItemAgo: days(1) };
  const migration = { key: 'migration', items: 648, ...night, title: 'Migration night: orders-db to Postgres 18' };
  const made = [...requested, ...written, liveThread(options, now), longThread(options, migration)];
  return [...made, ...bulkThreads(options, Math.max(0, options.threads - made.length))];
}
