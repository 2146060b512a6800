// Replies that hand-written servers send, against the whole source.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { RuleName } from '../../../../src/chatkit/common/protocolProblems/catalogue/ruleIds.ts';
import type { Handler } from '../transport/servers.ts';
import type { JsonObject } from '../../../../src/base/common/json.ts';
import { ruleOf } from '../../../../src/chatkit/common/protocolProblems/catalogue/catalogue.ts';
import { ServerReading } from '../../../../src/chatkit/common/wire/reading.ts';
import { toServerThread } from '../../../../src/chatkit/common/wire/server/thread.ts';
import { messageCommand } from '../../../../src/chatkit/common/stream/conversationApi.ts';
import { everyPage } from '../../../../src/chatkit/common/everyPage.ts';
import { StreamState } from '../../../../src/chatkit/common/stream/streamState.ts';
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

  test('the item that an action changed is found under other names', async (t) => {
    const changed = { ...item('a'), type: 'assistant_message', content: [{ type: 'output_text', text: 'New' }] };
    const replies: readonly [reply: unknown, rule: RuleName][] = [
      [{ updatedItem: changed }, 'fieldNameCase'],
      [{ item: changed }, 'otherFieldName'],
      [changed, 'otherCommandShape'],
    ];
    for (const [reply, rule] of replies) {
      const { source, rules } = await bench(
        t,
        answering(() => json(reply)),
      );
      const action = { threadId: 'thr_1', itemId: 'a', type: 'x', payload: null };
      const found = await source.conversation?.syncAction(action, signal);
      assert.equal(found?.kind, 'assistant_message');
      assert.ok(rules().includes(rule), rule);
    }
  });

  test('a reply that is the only event of a stream is read', async (t) => {
    const { source, rules } = await bench(
      t,
      answering(() => ({ body: `data: ${JSON.stringify(thread)}\n\ndata: [DONE]\n\n`, type: 'text/plain' })),
    );
    assert.equal((await source.getThread('thr_1', signal)).id, 'thr_1');
    assert.deepEqual(rules().slice(0, 2), ['invalidJson', 'jsonContentType']);
  });

  test('a stream in place of a reply is not read, but reported', async (t) => {
    const { source, rules } = await bench(t, (response) =>
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: {}\n\n'),
    );
    assert.match((await errorOf(source.getThread('thr_1', signal))).message, /a stream of events where JSON/);
    assert.deepEqual(rules(), ['jsonContentType']);
  });

  test('a failure without a message quotes the reply', async (t) => {
    const { source } = await bench(
      t,
      answering(() => json({ status: 'fail', data: { thread_id: 'missing' } })),
    );
    const { details } = await errorOf(source.getThread('thr_1', signal));
    assert.match(details.excerpt ?? '', /"thread_id":"missing"/);
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

  for (const body of ['null', '[]', '']) {
    test(`a deletion that is answered with ${body || 'nothing'} is a success unless the thread is still there`, async (t) => {
      const { source } = await bench(
        t,
        answering(({ type, params }) => {
          if (type === 'threads.delete') return { body };
          return json(params['thread_id'] === 'thr_1' ? thread : { detail: 'boom' });
        }),
      );
      const { message } = await errorOf(source.deleteThread('thr_1', signal));
      assert.equal(message, 'The server did not delete the thread.');
      await source.deleteThread('thr_2', signal);
    });
  }

  test('a byte order mark is reported, and compressed data without its header is named', async (t) => {
    const { source, rules } = await bench(t, (response, { body: sent }) => {
      const body = JSON.stringify({ ...thread, items: { data: [], has_more: false } });
      const { type } = JSON.parse(sent) as Ask;
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(type === 'threads.get_by_id' ? `\uFEFF${body}` : gzipSync(body));
    });
    assert.equal((await source.getThread('thr_1', signal)).title, 'T');
    assert.deepEqual(rules(), ['invalidJson']);
    const { message } = await errorOf(source.listThreads({ limit: 1, order: 'desc' }, signal));
    assert.match(message, /is compressed, but has no content-encoding header\.$/);
  });

  test('an error as a JSON body is no list of events', async (t) => {
    const { source, rules } = await bench(
      t,
      answering(() => json({ message: 'Quota exceeded', code: 'QUOTA' })),
    );
    const command = messageCommand(null, {
      content: [],
      attachments: [],
      quotedText: null,
      model: null,
      toolChoice: null,
    });
    for await (const events of source.conversation?.send(command, signal) ?? []) {
      assert.deepEqual(
        events.map(({ raw }) => raw),
        [{ message: 'Quota exceeded', code: 'QUOTA' }],
      );
    }
    assert.deepEqual(rules(), ['jsonInsteadOfStream', 'untypedError']);
  });

  const timed = Array.from({ length: 12 }, (_, index) => ({
    ...item(`i${index}`),
    created_at: `2026-01-02T03:04:${String(index).padStart(2, '0')}Z`,
  }));
  const inOrder = timed.map(({ id }) => id);
  /** Pages of four elements, by the requested order. */
  const page = (list: readonly object[], at: number, arrange = (elements: readonly object[]) => elements, offset = 0) =>
    json({ data: arrange(list.slice(at, at + 4)), has_more: at + 4 < list.length, after: String(at + 4 + offset) });
  const orders: readonly [
    name: string,
    answer: (order: unknown, at: number) => { readonly body: string },
    isNamed?: false,
  ][] = [
    [
      'pages that are empty before the first element',
      (_order, at) =>
        at < 3 ? json({ data: [], has_more: true, after: String(at + 1) }) : page(timed, at - 3, undefined, 3),
    ],
    [
      'pages in the right order whose elements are not',
      (order, at) =>
        page(order === 'asc' ? timed : timed.toReversed(), at, (elements) =>
          order === 'asc' ? elements : elements.toReversed(),
        ),
    ],
    ['the opposite order', (order, at) => page(order === 'desc' ? timed : timed.toReversed(), at)],
    ['the requested order', (order, at) => page(order === 'asc' ? timed : timed.toReversed(), at), false],
  ];
  for (const [name, answer, isNamed = true] of orders) {
    test(`the newest items of a server that sends ${name}`, async (t) => {
      const { source, rules } = await bench(
        t,
        answering(({ params }) => answer(params['order'], Number(params['after'] ?? 0))),
      );
      const found: string[] = [];
      const next = (after: string | undefined) =>
        source.listItems('thr_1', { limit: 4, order: 'desc', ...(after === undefined ? {} : { after }) }, signal);
      for await (const items of everyPage(next, null)) found.push(...items.map(({ id }) => id));
      assert.deepEqual(found, inOrder.toReversed());
      assert.deepEqual(rules(), isNamed ? ['orderIgnored'] : []);
    });
  }

  test('two times in the wrong order do not change the order of a server that looks at it', async (t) => {
    const two = timed.slice(0, 2);
    const { source, rules } = await bench(
      t,
      answering(({ params }) => page(params['order'] === 'desc' ? two : two.toReversed(), 0)),
    );
    const { data } = await source.listItems('thr_1', { limit: 4, order: 'desc' }, signal);
    assert.deepEqual(
      data.map(({ id }) => id),
      ['i0', 'i1'],
    );
    assert.deepEqual(rules(), ['timesOutOfOrder']);
  });

  test('messages of LangChain', async (t) => {
    const { source, rules } = await bench(
      t,
      answering(({ type }) => {
        const ai = (text: string) => ({ type: 'ai', id: 'a1', content: text });
        if (type === 'items.list') {
          return json({ data: [{ type: 'human', id: 'h1', content: 'Hi' }, ai('Hello')], has_more: false });
        }
        const stream = [ai('Hel'), ai('Hello')].map(
          (event) => `event: messages/partial\ndata: [${JSON.stringify(event)}]\n\n`,
        );
        return { body: stream.join(''), type: 'text/event-stream' };
      }),
    );
    const { data } = await source.listItems('thr_1', { limit: 20, order: 'asc' }, signal);
    assert.deepEqual(
      data.map(({ kind, id }) => [kind, id]),
      [
        ['user_message', 'h1'],
        ['assistant_message', 'a1'],
      ],
    );
    assert.ok(rules().includes('unknownItemType'));
    const state = new StreamState();
    const command = messageCommand('thr_1', {
      content: [],
      attachments: [],
      quotedText: null,
      model: null,
      toolChoice: null,
    });
    for await (const events of source.conversation?.send(command, signal) ?? []) {
      for (const { event } of events) state.apply(state.resolve(event, () => undefined));
    }
    assert.deepEqual(
      state.items.map((streamed) => streamed.kind === 'assistant_message' && streamed.parts.map(({ text }) => text)),
      [['Hello']],
    );
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
