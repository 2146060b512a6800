import { digest, makeId } from '../../model/ids.ts';
import type { RestBody, RestThreadStatus } from '../../model/restTypes.ts';
import { ItemLog, lazySequence, type StoredItem } from '../../store/items.ts';
import type { StoredThread } from '../../store/threads.ts';
import type { SeedLine } from './lines.ts';

/** The source of a seeded conversation. `ago` is in seconds before the start of the sandbox. */
export interface SeedThread {
  /** Unique name within the seed; the IDs depend on it. */
  readonly key: string;
  readonly user: string;
  readonly title: string | null;
  readonly status?: RestThreadStatus;
  readonly imageDomains?: readonly string[];
  readonly ago: number;
  readonly lines: readonly SeedLine[];
}

/** The values that all seeded IDs and times depend on. `startedAt` is in ms since the epoch. */
export interface SeedContext {
  readonly seed: number;
  readonly startedAt: number;
  /** Origin of the sandbox, which completes URLs that start with a slash. */
  readonly origin: string;
}

export const threadId = ({ seed }: SeedContext, key: string, createdAt: number): string =>
  makeId('cthr', createdAt, seed, 'thread', key);

/** Creates a stored conversation from its source. The same context produces the same IDs and times. */
export function buildThread(thread: SeedThread, context: SeedContext): StoredThread {
  const createdAt = context.startedAt - thread.ago * 1000;
  return {
    id: threadId(context, thread.key, createdAt),
    createdAt,
    user: thread.user,
    title: thread.title,
    status: thread.status ?? { type: 'active' },
    items: new ItemLog(lazySequence(() => itemsOf(thread, context, createdAt))),
    ...(thread.imageDomains && { imageDomains: thread.imageDomains }),
  };
}

function itemsOf({ key, lines }: SeedThread, context: SeedContext, createdAt: number): StoredItem[] {
  let at = createdAt;
  return lines.map(({ gap, body }, index) => {
    at += gap * 1000;
    return toStoredItem(body, {
      id: makeId('cti', at, context.seed, key, index),
      createdAt: at,
      origin: context.origin,
    });
  });
}

interface ItemIdentity {
  readonly id: string;
  readonly createdAt: number;
  readonly origin: string;
}

/** Creates an item from a line: tool calls get a unique ID, image URLs point to this sandbox. */
export function toStoredItem(body: SeedLine['body'], { id, createdAt, origin }: ItemIdentity): StoredItem {
  if (!isRest(body)) return { id, createdAt, format: 'server', body };
  if (body.type === 'chatkit.client_tool_call') {
    return { id, createdAt, format: 'rest', body: { ...body, call_id: `call_${digest(id).slice(0, 24)}` } };
  }
  if (body.type === 'chatkit.user_message') {
    const attachments = body.attachments.map((attachment) => ({
      ...attachment,
      preview_url: attachment.preview_url?.startsWith('/') ? origin + attachment.preview_url : attachment.preview_url,
    }));
    return { id, createdAt, format: 'rest', body: { ...body, attachments } };
  }
  return { id, createdAt, format: 'rest', body };
}

function isRest(body: SeedLine['body']): body is RestBody {
  return body.type.startsWith('chatkit.');
}
