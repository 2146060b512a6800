// What a check deletes at its end, and how its report shows it.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Transport } from '../../../src/chatkit/node/transport/types.ts';
import { deleteCreated } from '../../../src/check/node/selfHosted.ts';
import { type CheckRun, defaultMessages } from '../../../src/check/node/run/checkRun.ts';
import { Verdicts } from '../../../src/check/common/verdicts.ts';

/** A run after which the server lists one thread that it did not list before. `items`: status and body for its items. */
function runWith(items: { readonly status: number; readonly body: object }, deleted: string[]): CheckRun {
  const answer = (type: string): { readonly status: number; readonly body: object } => {
    if (type === 'threads.list') return { status: 200, body: { data: [{ id: 'thr_new' }], has_more: false } };
    return type === 'items.list' ? items : { status: 200, body: {} };
  };
  const transport = {
    request: async ({ url, body }: { url: string; body: string }) => {
      const { type, params } = JSON.parse(body) as { type: string; params: { thread_id?: string } };
      if (type === 'threads.delete') deleted.push(params.thread_id ?? '');
      const { status, body: reply } = answer(type);
      const headers = { 'content-type': 'application/json' };
      return { url, status, headers, body: Buffer.from(JSON.stringify(reply)) };
    },
    routeTo: () => null,
  } as unknown as Transport;
  return {
    connection: { id: 'c', name: 'C', kind: 'server', url: 'http://127.0.0.1:1/chatkit' },
    transport,
    credentials: { headersFor: async () => ({}) },
    user: null,
    origin: null,
    messages: defaultMessages,
    scope: 'quick',
    verdicts: new Verdicts({ now: () => 0, redact: (text) => text }),
    // The server created a thread for a command without input.
    commands: [
      {
        command: 'threads.create',
        input: 'no input',
        expected: 'failure',
        status: 200,
        outcome: 'success',
        message: '',
        ms: 1,
      },
    ],
    redact: (text) => text,
    signal: new AbortController().signal,
    now: () => 0,
    sleep: async () => undefined,
    comparison: { response: null },
    onStep: () => undefined,
    earlier: [],
    created: { threads: new Set(), attachments: new Set(), attempts: 1 },
  };
}

describe('threads that no response named', () => {
  const message = (text: string) => ({
    id: 'msg_1',
    type: 'user_message',
    content: [{ type: 'input_text', text }],
  });
  const page = (...data: readonly object[]) => ({ status: 200, body: { data, has_more: false } });
  const rows: readonly (readonly [string, { status: number; body: object }, readonly string[]])[] = [
    ['an empty thread', page(), ['thr_new']],
    ['a thread with a message of the check', page(message(defaultMessages.text)), ['thr_new']],
    ['a thread with another message', page(message('Hello')), []],
    ['a thread whose items have no text', page({ id: 'wid_1', type: 'widget', widget: { type: 'Card' } }), []],
    ['a thread whose items cannot be read', { status: 500, body: { detail: 'broken' } }, []],
    ['a thread whose items are no page', { status: 200, body: { no: 'data' } }, []],
  ];
  for (const [name, items, expected] of rows) {
    test(`${expected.length > 0 ? 'deletes' : 'keeps'} ${name}`, async () => {
      const deleted: string[] = [];
      await deleteCreated(runWith(items, deleted), new Set());
      assert.deepEqual(deleted, expected);
    });
  }
});
