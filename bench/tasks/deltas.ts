import type { Json } from '../../src/base/common/json.ts';

const itemId = 'msg_bench';

/** The start of a response in the self-hosted protocol (chatkit-api 5.6). */
export function beginning(threadId: string): Json {
  return {
    type: 'thread.item.added',
    item: {
      id: itemId,
      thread_id: threadId,
      created_at: '2026-11-20T10:00:00Z',
      type: 'assistant_message',
      content: [],
    },
  };
}

/** The data of an event that adds text to it (chatkit-api 5.7). */
export function growing(delta: string): string {
  const type = 'assistant_message.content_part.text_delta';
  return JSON.stringify({
    type: 'thread.item.updated',
    item_id: itemId,
    update: { type, content_index: 0, delta },
  });
}
