import { type Script, streamMessage } from './script.ts';

export const toolScript: Script = {
  command: '/tool',
  description: 'calls a client tool (`get_location`, or the name you give) and waits for its output',
  run: async (turn, _message, [name = 'get_location']) => {
    await streamMessage(turn, `I need \`${name}\` for that.`);
    turn.put({
      type: 'client_tool_call',
      status: 'pending',
      call_id: `call_${turn.thread.items.length}`,
      name,
      arguments: { precision: 'city', fallback: { country: 'NO' }, reasons: ['delivery', 'weather'] },
    });
  },
};

export const formScript: Script = {
  command: '/form',
  description: 'asks three questions and waits for the answers',
  run: async (turn) => {
    await turn.wait(300);
    turn.put({
      type: 'structured_input',
      status: 'pending',
      inputs: [
        {
          id: 'urgency',
          question: 'How urgent is it?',
          type: 'multiple_choice',
          multiple: false,
          options: [{ value: 'Today' }, { value: 'This week' }, { value: 'Whenever' }],
        },
        {
          id: 'channels',
          question: 'How may we reach you?',
          type: 'multiple_choice',
          multiple: true,
          options: [{ value: 'Mail' }, { value: 'Phone' }, { value: 'Chat' }],
        },
        { id: 'note', question: 'Anything else?', type: 'freeform', description: 'Allergies, dogs, a broken bell …' },
      ],
    });
  },
};
