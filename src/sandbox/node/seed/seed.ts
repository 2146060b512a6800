import { widgetGallery } from '../../../widgets/common/gallery.ts';
import type { StoredThread } from '../model/store.ts';
import {
  type SeedContext,
  type SeedThread,
  assistant,
  buildThread,
  days,
  hours,
  minutes,
  user,
  users,
  widget,
} from './builders/buildThread.ts';
import { bulkThreads, longThread } from './bulk.ts';
import { liveThread } from './live.ts';
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

/** Every component of chatkit-api 6.3, with its properties. */
const galleryThread: SeedThread = {
  key: 'gallery',
  user: users.visitor,
  title: 'Widget gallery',
  ago: minutes(75),
  lines: [
    user(0, 'Show me everything a widget can be made of.'),
    assistant(1, `Here they come: ${widgetGallery.length} widgets, one for each group of components.`),
    ...widgetGallery.flatMap(({ title, widget: root }) => [assistant(1, `**${title}**`), widget(0, root)]),
  ],
};
