import { digest, makeId } from '../ids.ts';
import type { RestThreadStatus } from '../rest/types.ts';
import { arraySequence, ItemLog, type StoredItem } from '../store/items.ts';
import type { StoredThread } from '../store/threads.ts';
import type { SeedLine } from './say.ts';

/** A conversation as it is written down: who, when (seconds before the start), and line after line. */
export interface SeedThread {
  /** Its own name within the seed; ids are made from it. */
  readonly key: string;
  readonly user: string;
  readonly title: string | null;
  readonly status?: RestThreadStatus;
  readonly ago: number;
  readonly lines: readonly SeedLine[];
}

/** What every seeded id and time depends on. `startedAt` in ms since the epoch. */
export interface Soil {
  readonly seed: number;
  readonly startedAt: number;
}

export const threadId = ({ seed }: Soil, key: string, createdAt: number): string =>
  makeId('cthr', createdAt, seed, 'thread', key);

/** Turns a written conversation into a stored one. The same soil gives the same ids and times. */
export function plant(thread: SeedThread, soil: Soil): StoredThread {
  const createdAt = soil.startedAt - thread.ago * 1000;
  let at = createdAt;
  const items = thread.lines.map(({ gap, body }, index): StoredItem => {
    at += gap * 1000;
    const id = makeId('cti', at, soil.seed, thread.key, index);
    const callId = `call_${digest(id).slice(0, 24)}`;
    return {
      id,
      createdAt: at,
      face: 'rest',
      body: body.type === 'chatkit.client_tool_call' ? { ...body, call_id: callId } : body,
    };
  });
  return {
    id: threadId(soil, thread.key, createdAt),
    createdAt,
    user: thread.user,
    title: thread.title,
    status: thread.status ?? { type: 'active' },
    items: new ItemLog(arraySequence(items)),
  };
}
