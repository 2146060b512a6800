import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { JsonObject } from '../../../src/base/common/json.ts';
import { sendMessage } from '../../../src/cli/node/commands/send.ts';
import { httpServer } from '../chatkit/transport/servers.ts';
import { capture } from './streams.ts';

const answer = (text: string): JsonObject => ({
  ...{ id: 'msg_1', thread_id: 'thr_7', created_at: '2026-01-02T03:04:05Z', type: 'assistant_message' },
  content: [{ type: 'output_text', text, annotations: [] }],
});
const delta = (text: string): JsonObject => ({
  type: 'thread.item.updated',
  item_id: 'msg_1',
  update: { type: 'assistant_message.content_part.text_delta', content_index: 0, delta: text },
});

describe('send prints an answer once', () => {
  const cases: readonly (readonly [string, readonly JsonObject[], string])[] = [
    [
      'that is added whole, and done with an id only',
      [
        { type: 'thread.item.added', item: answer('Hello there') },
        { type: 'thread.item.done', item_id: 'msg_1' },
      ],
      'Hello there\n',
    ],
    [
      'that is added with its start',
      [
        { type: 'thread.item.added', item: answer('Hel') },
        delta('lo'),
        { type: 'thread.item.done', item: answer('Hello') },
      ],
      'Hello\n',
    ],
    [
      'that is sent as a whole with each update',
      [
        { type: 'thread.item.added', item: answer('') },
        { type: 'thread.item.updated', item: answer('Hel') },
        { type: 'thread.item.updated', item: answer('Hello') },
        { type: 'thread.item.done', item: answer('Hello') },
      ],
      'Hello\n',
    ],
    [
      'again where its final text is another',
      [
        { type: 'thread.item.added', item: answer('') },
        delta('Helo'),
        { type: 'thread.item.done', item: answer('Hello') },
      ],
      'Helo\nHello\n',
    ],
    ['that is done only', [{ type: 'thread.item.done', item: answer('Hello') }], 'Hello\n'],
  ];
  for (const [name, events, expected] of cases) {
    test(name, async (t) => {
      const server = await httpServer(t, (response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.end(events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join(''));
      });
      const { context, stdout, stderr } = capture();
      const code = await sendMessage('Hi', { url: server.url }, context);
      assert.deepEqual([code, stdout()], [0, expected]);
      assert.match(stderr(), /Thread thr_7/);
    });
  }
});
