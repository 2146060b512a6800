import type { StoredThread } from '../store/threads.ts';
import { days, hours, minutes } from './builders/durations.ts';
import { bulkThreads } from './bulk.ts';
import { liveThread } from './live.ts';
import { longThread } from './long.ts';
import { plant, type Soil } from './builders/buildThread.ts';
import { galleryThread } from './threads/gallery.ts';
import { hostileThread, oddThreads } from './threads/hostile.ts';
import { nativeThread } from './threads/native.ts';
import { operationsThreads } from './threads/operations.ts';
import { orderThreads } from './threads/orders.ts';
import { travelThreads } from './threads/travel.ts';

export interface SeedOptions extends Soil {
  readonly now: () => number;
  /** None but the one that `items` asks for. */
  readonly empty: boolean;
  /** Threads in all; those written by hand always come. */
  readonly threads: number;
  /** Adds a thread of so many items; 0 = none. */
  readonly items: number;
}

/** The whole set a sandbox starts with. */
export function seedThreads(options: SeedOptions): StoredThread[] {
  const { items, now } = options;
  const count = new Intl.NumberFormat('en').format(items);
  // However many there are: they came within the last minutes, so that their thread stands near the top.
  const load = { key: 'load', items, began: minutes(8), ended: 30, title: `A thread of ${count} items` };
  const asked = items > 0 ? [longThread(options, load)] : [];
  if (options.empty) return asked;

  const written = [
    ...orderThreads,
    ...operationsThreads,
    ...travelThreads,
    galleryThread,
    nativeThread,
    hostileThread,
    ...oddThreads,
  ].map((thread) => plant(thread, options));
  const night = { began: days(1) + hours(2), ended: days(1) };
  const migration = { key: 'migration', items: 648, ...night, title: 'Migration night: orders-db to Postgres 18' };
  const made = [...asked, ...written, liveThread(options, now), longThread(options, migration)];
  return [...made, ...bulkThreads(options, Math.max(0, options.threads - made.length))];
}
