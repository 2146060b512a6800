import { digest, makeId } from '../../model/ids.ts';
import type { RestBody, RestThreadStatus } from '../../model/restTypes.ts';
import { ItemLog, lazySequence, type StoredItem } from '../../store/items.ts';
import type { StoredThread } from '../../store/threads.ts';
import type { SeedLine } from './lines.ts';

/** A conversation as it is written down: who, when (seconds before the start), and line after line. */
export interface SeedThread {
  /** Its own name within the seed; ids are made from it. */
  readonly key: string;
  readonly user: string;
  readonly title: string | null;
  readonly status?: RestThreadStatus;
  readonly imageDomains?: readonly string[];
  readonly ago: number;
  readonly lines: readonly SeedLine[];
}

/** What every seeded id and time depends on. `startedAt` in ms since the epoch. */
export interface Soil {
  readonly seed: number;
  readonly startedAt: number;
  /** The sandbox's own address: completes those that start with a slash. */
  readonly origin: string;
}

export const threadId = ({ seed }: Soil, key: string, createdAt: number): string =>
  makeId('cthr', createdAt, seed, 'thread', key);

/** Turns a written conversation into a stored one. The same soil gives the same ids and times. */
export function plant(thread: SeedThread, soil: Soil): StoredThread {
  const createdAt = soil.startedAt - thread.ago * 1000;
  return {
    id: threadId(soil, thread.key, createdAt),
    createdAt,
    user: thread.user,
    title: thread.title,
    status: thread.status ?? { type: 'active' },
    items: new ItemLog(lazySequence(() => itemsOf(thread, soil, createdAt))),
    ...(thread.imageDomains && { imageDomains: thread.imageDomains }),
  };
}

function itemsOf({ key, lines }: SeedThread, soil: Soil, createdAt: number): StoredItem[] {
  let at = createdAt;
  return lines.map(({ gap, body }, index) => {
    at += gap * 1000;
    return grow(body, { id: makeId('cti', at, soil.seed, key, index), createdAt: at, origin: soil.origin });
  });
}

interface Place {
  readonly id: string;
  readonly createdAt: number;
  readonly origin: string;
}

/** One line as an item: calls get an id of their own, pictures an address that leads to this sandbox. */
export function grow(body: SeedLine['body'], { id, createdAt, origin }: Place): StoredItem {
  if (!isRest(body)) return { id, createdAt, face: 'server', body };
  if (body.type === 'chatkit.client_tool_call') {
    return { id, createdAt, face: 'rest', body: { ...body, call_id: `call_${digest(id).slice(0, 24)}` } };
  }
  if (body.type === 'chatkit.user_message') {
    const attachments = body.attachments.map((attachment) => ({
      ...attachment,
      preview_url: attachment.preview_url?.startsWith('/') ? origin + attachment.preview_url : attachment.preview_url,
    }));
    return { id, createdAt, face: 'rest', body: { ...body, attachments } };
  }
  return { id, createdAt, face: 'rest', body };
}

function isRest(body: SeedLine['body']): body is RestBody {
  return body.type.startsWith('chatkit.');
}
