// Events of a stream, as they are received.
import type { Json } from '../../../src/base/common/json.ts';
import type { ReceivedEvent } from '../../../src/chatkit/common/stream/events.ts';
import { toStreamEvent } from '../../../src/chatkit/common/wire/server/event.ts';

export const startedAt = Date.UTC(2026, 10, 6, 14, 3, 10);

export const thread = { id: 'thr_1', title: 'Orders', created_at: '2026-01-02T03:04:05', status: { type: 'active' } };
const made = { thread_id: 'thr_1', created_at: '2026-01-02T03:04:05' };

export const assistant = (id: string, text: string): Json => ({
  ...made,
  id,
  type: 'assistant_message',
  content: text === '' ? [] : [{ type: 'output_text', text, annotations: [] }],
});

export const updated = (itemId: string, update: Json): Json => ({
  type: 'thread.item.updated',
  item_id: itemId,
  update,
});

export const delta = (itemId: string, text: string): Json =>
  updated(itemId, { type: 'assistant_message.content_part.text_delta', content_index: 0, delta: text });

export function received(raw: Json, at: number): ReceivedEvent {
  return { at, bytes: JSON.stringify(raw).length, raw, event: toStreamEvent(raw, 'thr_1') };
}

/** A short answer: one event every 10 ms, the first after 10 ms. */
export const answer: readonly ReceivedEvent[] = [
  { type: 'thread.created', thread },
  { type: 'progress_update', text: 'Looking\nit up' },
  { type: 'thread.item.added', item: assistant('msg_1', '') },
  delta('msg_1', 'It is '),
  delta('msg_1', 'in Oslo.'),
  { type: 'thread.item.done', item: assistant('msg_1', 'It is in Oslo.') },
].map((raw, index) => received(raw, (index + 1) * 10));
