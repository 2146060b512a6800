import * as z from 'zod';
import { isJsonObject, type Json } from '../../../../base/common/json.ts';
import type { StreamEvent } from '../../stream/events.ts';
import { maxErrorDetail, maxErrorMessage, shortened } from '../../../../base/common/plainText.ts';
import { fitsOf } from '../fits.ts';
import { problemOf } from '../problem.ts';
import { plainReading, type Reading } from '../reading.ts';
import { toServerItem } from './item.ts';
import { toServerThread } from './thread.ts';
import { toItemUpdate } from './update.ts';

type Reader = (raw: Json, threadId: string, reading: Reading) => StreamEvent;

function reader<Wire>(
  schema: z.ZodType<Wire>,
  map: (wire: Wire, threadId: string, reading: Reading) => StreamEvent,
): Reader {
  const fits = fitsOf(schema);
  return (raw, threadId, reading) => {
    if (fits(raw)) return map(raw as Wire, threadId, reading);
    const parsed = schema.safeParse(raw);
    return parsed.success ? map(parsed.data, threadId, reading) : unreadable(raw, problemOf(parsed.error));
  };
}

const json = z.custom<Json>((value) => value !== undefined, 'is missing');
const withItem = z.object({ item: json });
const itemId = z.string();

const threadEvent =
  (type: 'threadCreated' | 'threadUpdated'): Reader =>
  (raw, _threadId, reading) => {
    const thread = toServerThread(isJsonObject(raw) ? (raw['thread'] ?? null) : null, reading);
    return thread === null ? unreadable(raw, 'thread: has no id') : { type, thread };
  };

const itemEvent = (type: 'itemAdded' | 'itemDone' | 'itemReplaced'): Reader =>
  reader(withItem, ({ item }, threadId, reading) => ({ type, item: toServerItem(item, threadId, reading) }));

/** One reader per event of chatkit-api 5.6. */
const readers = new Map<string, Reader>([
  ['thread.created', threadEvent('threadCreated')],
  ['thread.updated', threadEvent('threadUpdated')],
  ['thread.item.added', itemEvent('itemAdded')],
  ['thread.item.done', itemEvent('itemDone')],
  ['thread.item.replaced', itemEvent('itemReplaced')],
  [
    'thread.item.updated',
    reader(z.object({ item_id: itemId, update: json }), (wire) => ({
      type: 'itemUpdated',
      itemId: wire.item_id,
      update: toItemUpdate(wire.update),
    })),
  ],
  [
    'thread.item.removed',
    reader(z.object({ item_id: itemId }), (wire) => ({ type: 'itemRemoved', itemId: wire.item_id })),
  ],
  [
    'stream_options',
    reader(z.object({ stream_options: z.object({ allow_cancel: z.boolean().nullish() }) }), (wire) => ({
      type: 'options',
      allowCancel: wire.stream_options.allow_cancel ?? true,
    })),
  ],
  [
    'progress_update',
    reader(z.object({ text: z.string(), icon: z.string().nullish() }), ({ text, icon }) => ({
      type: 'progress',
      text,
      icon: icon ?? null,
    })),
  ],
  [
    'client_effect',
    reader(z.object({ name: z.string(), data: z.unknown().optional() }), ({ name, data }) => ({
      type: 'effect',
      name,
      data: (data ?? {}) as Json,
    })),
  ],
  [
    'notice',
    reader(
      z.object({ level: z.string(), message: z.string(), title: z.string().nullish() }),
      ({ level, message, title }) => ({ type: 'notice', level, message, title: title ?? null }),
    ),
  ],
  [
    'error',
    reader(
      z.object({ code: z.string().nullish(), message: z.string().nullish(), allow_retry: z.boolean().nullish() }),
      ({ code, message, allow_retry }) => ({
        type: 'error',
        code: shortened(code ?? 'custom', maxErrorDetail),
        message: typeof message === 'string' ? shortened(message, maxErrorMessage) : null,
        allowRetry: allow_retry ?? false,
      }),
    ),
  ],
]);

/**
 * One event of a stream (chatkit-api 5.6). Never throws: a newer type, or one that cannot be read, is an `unknown`
 * event. `threadId`: the thread of the command, for items without a thread ID.
 */
export function toStreamEvent(raw: Json, threadId: string, reading: Reading = plainReading): StreamEvent {
  const type = typeOf(raw);
  const read = type === null ? undefined : readers.get(type);
  if (read !== undefined) return read(raw, threadId, reading);
  return { type: 'unknown', wireType: type, problem: type === null ? 'type: expected string' : null };
}

function unreadable(raw: Json, problem: string): StreamEvent {
  return { type: 'unknown', wireType: typeOf(raw), problem };
}

function typeOf(raw: Json): string | null {
  const type = isJsonObject(raw) ? raw['type'] : null;
  return typeof type === 'string' ? type : null;
}
