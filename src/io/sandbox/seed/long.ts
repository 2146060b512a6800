import { makeRunIds } from '../ids.ts';
import { ItemLog, type StoredItem } from '../store/items.ts';
import type { StoredThread } from '../store/threads.ts';
import { threadId, type Soil } from './plant.ts';
import { assistant, user } from './say.ts';

interface LongThread {
  readonly key: string;
  readonly title: string;
  readonly items: number;
  /** Seconds before the start at which its last item came. */
  readonly ago: number;
}

const secondsApart = 7;

/** A thread of any length whose items are made when they are read: 100,000 of them cost no more than ten. */
export function longThread(soil: Soil, { key, title, items, ago }: LongThread): StoredThread {
  const createdAt = soil.startedAt - (ago + items * secondsApart) * 1000;
  const timeOf = (index: number): number => createdAt + index * secondsApart * 1000;
  const ids = makeRunIds('cti', `${soil.seed} ${key}`, timeOf);
  return {
    id: threadId(soil, key, createdAt),
    createdAt,
    user: 'ops-oncall',
    title,
    status: { type: 'active' },
    items: new ItemLog({
      length: items,
      indexOf: (id) => ids.indexOf(id, items),
      at: (index): StoredItem => ({
        id: ids.idOf(index),
        createdAt: timeOf(index),
        face: 'rest',
        body: (index % 2 === 0 ? user(0, `Question ${index}`) : assistant(0, `Answer ${index}`)).body,
      }),
    }),
  };
}
