// Replies that hand-written servers send, against the whole source.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { RuleName } from '../../../../src/chatkit/common/protocolProblems/catalogue/ruleIds.ts';
import type { Handler } from '../transport/servers.ts';
import type { JsonObject } from '../../../../src/base/common/json.ts';
import { ruleOf } from '../../../../src/chatkit/common/protocolProblems/catalogue/catalogue.ts';
import { ServerReading } from '../../../../src/chatkit/common/wire/reading.ts';
import { toServerThread } from '../../../../src/chatkit/common/wire/server/thread.ts';
import { bench, errorOf, item, signal, thread } from './serverBench.ts';

type Ask = { readonly type: string; readonly params: Readonly<Record<string, unknown>> };

function answering(answer: (ask: Ask) => { readonly body: string; readonly type?: string }): Handler {
  return (response, { body: sent }) => {
    const { body, type = 'application/json' } = answer(JSON.parse(sent) as Ask);
    response.writeHead(200, { 'content-type': type }).end(body);
  };
}
const json = (value: unknown) => ({ body: JSON.stringify(value) });

describe('deviating servers', () => {
  test('a refused deletion that is answered with a sentence is no success', async (t) => {
    const { source, rules } = await bench(
      t,
      answering(({ type }) => json(type === 'threads.delete' ? { message: 'The thread is locked.' } : thread)),
    );
    const { message } = await errorOf(source.deleteThread('thr_1', signal));
    assert.equal(message, 'The server did not delete the thread: The thread is locked.');
    assert.ok(rules().includes('deleteNotConfirmed'));
  });

  test('a deletion that is answered with a sentence is a success where the thread is gone', async (t) => {
    const { source, rules } = await bench(
      t,
      answering(({ type }) => json(type === 'threads.delete' ? { message: 'Gone' } : { error: 'not found' })),
    );
    await source.deleteThread('thr_1', signal);
    assert.ok(rules().includes('nonEmptyReply'));
  });

  test('plain text in place of an empty reply', async (t) => {
    const { source, rules } = await bench(
      t,
      answering(() => ({ body: 'OK', type: 'text/plain' })),
    );
    await source.conversation?.sendFeedback('thr_1', ['a'], 'positive', signal);
    assert.deepEqual(rules(), ['invalidJson', 'nonEmptyReply']);
  });

  test('another thread is never shown as the requested one', async (t) => {
    const { source, rules } = await bench(
      t,
      answering(() => json({ ...thread, id: 'thr_2' })),
    );
    const { message } = await errorOf(source.getThread('thr_1', signal));
    assert.equal(message, 'The server returned another thread, thr_2.');
    assert.deepEqual(rules(), ['otherThreadId']);
  });

  test('an id of MongoDB is one missing id', () => {
    const found: string[] = [];
    const { _id: id, ...others } = { ...thread, id: undefined, _id: { $oid: '65f0' } };
    const reading = new ServerReading({
      problems: { report: (rule, { field = '' }) => void found.push(`${ruleOf(rule).name} ${field}`) },
      required: 'iso',
      zone: { setting: 'local', isLoopback: true, inferredMinutes: null },
    });
    const read = (value: object) =>
      toServerThread(value as JsonObject, reading.at({ command: 'threads.list' }), 'list');
    assert.equal(read({ ...others, _id: id })?.id, '65f0');
    assert.deepEqual(found.splice(0), ['missingId id']);
    assert.equal(read({ ...others, uuid: 7 })?.id, '7');
    assert.deepEqual(found.splice(0), ['missingId id', 'numericId id']);
    assert.equal(read({ ...others, _id: {} }), null);
    assert.deepEqual(found.splice(0), ['missingId id']);
  });

  const camelItem = { id: 'i1', threadId: 'thr_1', createdAt: '2026-01-02T03:04:05Z', type: 'assistant_message' };
  const pages: readonly [name: string, first: object, ...rules: RuleName[]][] = [
    [
      'camel-case names',
      { data: [{ ...camelItem, content: [] }], hasMore: true, nextCursor: 'c' },
      'fieldNameCase',
      'pageShape',
    ],
    ['a pagination object', { items: [item('i1')], pagination: { has_more: true, next_cursor: 'c' } }, 'pageShape'],
    ['elements under another name', { messages: [item('i1')], has_more: true, after: 'c' }, 'pageShape'],
  ];
  for (const [name, first, ...expected] of pages) {
    test(`a list is complete with ${name}`, async (t) => {
      const { source, rules } = await bench(
        t,
        answering(({ params }) => json(params['after'] === 'c' ? { data: [item('i2')], has_more: false } : first)),
      );
      const page = await source.listItems('thr_1', { limit: 1, order: 'desc' }, signal);
      assert.equal(page.next, 'c');
      const [one] = page.data;
      assert.deepEqual([one?.id, one?.threadId, typeof one?.createdAt], ['i1', 'thr_1', 'number']);
      const last = await source.listItems('thr_1', { limit: 1, order: 'desc', after: 'c' }, signal);
      assert.deepEqual([last.data[0]?.id, last.hasMore], ['i2', false]);
      for (const rule of expected) assert.ok(rules().includes(rule), rule);
    });
  }

  test('the end of a stream is checked also without a listener', async (t) => {
    const added = { ...camelItem, thread_id: 'thr_1', created_at: camelItem.createdAt, content: [] };
    const { source, rules } = await bench(
      t,
      answering(() => ({
        body: `data: ${JSON.stringify({ type: 'thread.item.added', item: added })}\n\n`,
        type: 'text/event-stream',
      })),
    );
    const input = { content: [], attachments: [], quotedText: null, model: null, toolChoice: null };
    const events = source.conversation?.send({ type: 'addUserMessage', threadId: 'thr_1', input }, signal) ?? [];
    for await (const _ of events);
    assert.ok(rules().includes('itemNotDone'));
  });
});
