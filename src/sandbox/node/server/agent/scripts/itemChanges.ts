import { type Script, streamMessage } from './script.ts';

export const replaceScript: Script = {
  command: '/replace',
  description: 'sends a message and then replaces it',
  run: async (turn) => {
    const part = (text: string) => ({
      type: 'assistant_message' as const,
      content: [{ type: 'output_text' as const, text, annotations: [] }],
    });
    const id = turn.put(part('The capital of Australia is Sydney.'));
    await turn.wait(900);
    turn.replace(id, part('The capital of Australia is **Canberra**.'));
  },
};

export const removeScript: Script = {
  command: '/remove',
  description: 'starts a widget and removes it',
  run: async (turn) => {
    const id = turn.add({
      type: 'widget',
      widget: { type: 'Card', children: [{ type: 'Text', value: 'I will be gone in a moment' }] },
    });
    await turn.wait(900);
    turn.remove(id);
    await streamMessage(turn, 'There was a widget, and now there is none.');
  },
};

export const hiddenScript: Script = {
  command: '/hidden',
  description: 'stores 25 hidden items, so that pages are shorter than the limit',
  run: async (turn) => {
    for (let index = 0; index < 25; index++) turn.hide({ type: 'hidden_context_item', content: `Context ${index}` });
    await streamMessage(turn, 'You do not see it, but I know more now.');
    turn.put({ type: 'end_of_turn' });
  },
};

export const unknownScript: Script = {
  command: '/unknown',
  description: 'events, updates and items of unknown types',
  run: async (turn) => {
    const thread_id = turn.thread.id;
    turn.sendUnknown({ type: 'thread.mood', mood: 'curious' });
    turn.sendUnknown({
      type: 'thread.item.updated',
      item_id: 'cti_none',
      update: { type: 'hologram.rotated', angle: 45 },
    });
    await turn.wait(200);
    turn.sendUnknown({
      type: 'thread.item.done',
      item: { id: 'cti_hologram', thread_id, created_at: '2026-11-23T12:00:00.000000', type: 'hologram', angle: 45 },
    });
    await streamMessage(turn, 'That was something new.');
  },
};
