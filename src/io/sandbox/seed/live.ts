import { makeRunIds } from '../ids.ts';
import { ItemLog, type StoredItem } from '../store/items.ts';
import type { StoredThread } from '../store/threads.ts';
import { threadId, type Soil } from './plant.ts';
import { assistant, user } from './say.ts';

const secondsApart = 4;

/**
 * A thread that goes on by itself. What it holds is a function of the clock, so there is no timer to stop, and a sandbox
 * that is restored with the same start goes on as if it had never ended.
 */
export function liveThread(soil: Soil, now: () => number): StoredThread {
  const createdAt = soil.startedAt - 20_000;
  const timeOf = (index: number): number => createdAt + index * secondsApart * 1000;
  const ids = makeRunIds('cti', `${soil.seed} live`, timeOf);
  return {
    id: threadId(soil, 'live', createdAt),
    createdAt,
    user: 'mara.lind@example.com',
    title: 'Live',
    status: { type: 'active' },
    items: new ItemLog({
      get length() {
        return Math.max(0, Math.floor((now() - createdAt) / (secondsApart * 1000)) + 1);
      },
      indexOf(id) {
        return ids.indexOf(id, this.length);
      },
      at: (index): StoredItem => ({
        id: ids.idOf(index),
        createdAt: timeOf(index),
        face: 'rest',
        body: (index % 2 === 0 ? user(0, `Ping ${index}`) : assistant(0, `Pong ${index}`)).body,
      }),
    }),
  };
}
