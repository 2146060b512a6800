import type { StoredThread } from '../store/threads.ts';
import { bulkThreads } from './bulk.ts';
import { liveThread } from './live.ts';
import { longThread } from './long.ts';
import { plant, type Soil } from './plant.ts';
import { assistant, user } from './say.ts';

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
  const load = { key: 'load', items: options.items, ago: 30, title: `${options.items} items` };
  const asked = options.items > 0 ? [longThread(options, load)] : [];
  if (options.empty) return asked;
  const written = [
    {
      key: 'hello',
      user: 'mara.lind@example.com',
      title: 'Hello',
      ago: 120,
      lines: [user(0, 'Hello?'), assistant(2, 'Hi! How can I **help**?')],
    },
  ].map((thread) => plant(thread, options));
  const special = [
    ...asked,
    liveThread(options, options.now),
    longThread(options, { key: 'long', items: 640, ago: 86_400, title: 'Migration night' }),
  ];
  const rest = Math.max(0, options.threads - written.length - special.length);
  return [...written, ...special, ...bulkThreads(options, rest)];
}
