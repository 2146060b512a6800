import type { Json } from '../../src/domain/json.ts';

const itemId = 'msg_bench';
const words = 'The quick brown fox jumps over the lazy dog and **then** some more of it. '.split(/(?<= )/);

/** The message that the deltas below grow, as the self-hosted protocol begins it (chatkit-api 5.6). */
export const beginning: Json = {
  type: 'thread.item.added',
  item: {
    id: itemId,
    thread_id: 'thr_bench',
    created_at: '2026-11-20T10:00:00Z',
    type: 'assistant_message',
    content: [],
  },
};

/** The data of so many events, each of which adds a word (chatkit-api 5.7). */
export function deltaLines(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) =>
    JSON.stringify({
      type: 'thread.item.updated',
      item_id: itemId,
      update: {
        type: 'assistant_message.content_part.text_delta',
        content_index: 0,
        delta: words[index % words.length],
      },
    }),
  );
}
