import assert from 'node:assert/strict';
import { type TestContext, describe, test } from 'node:test';
import type { ThreadItem } from '../../../src/chatkit/common/model/item.ts';
import { newThreadId } from '../../../src/conversation/vscode/conversation.ts';
import type { ResponseStream } from '../../../src/conversation/vscode/responseStream.ts';
import { message, textOf } from '../../support/conversationText.ts';
import { httpServer, sendJson } from '../chatkit/transport/servers.ts';
import { type ConversationFixture, signal, conversationFixture } from './conversationFixture.ts';

const thread = 'thr_1';
let clock = Date.UTC(2026, 0, 5, 10);
const time = () => new Date((clock += 1000)).toISOString();

interface Item {
  readonly id: string | number;
  readonly [field: string]: unknown;
}

const base = (id: string | number, type: string) => ({ id, thread_id: thread, created_at: time(), type });
const user = (id: string, text: string): Item => ({
  ...base(id, 'user_message'),
  content: [{ type: 'input_text', text }],
  attachments: [],
  inference_options: {},
});
const answer = (id: string | number, text: string): Item => ({
  ...base(id, 'assistant_message'),
  content: [{ type: 'output_text', text, annotations: [] }],
});
const call = (id: string): Item => ({
  ...base(id, 'client_tool_call'),
  status: 'pending',
  call_id: `call_${id}`,
  name: 'look',
  arguments: {},
});
const added = (item: Item) => ({ type: 'thread.item.added', item: { ...item, content: [] } });
const done = (item: Item) => ({ type: 'thread.item.done', item });
const delta = (itemId: string, text: string) => ({
  type: 'thread.item.updated',
  item_id: itemId,
  update: { type: 'assistant_message.content_part.text_delta', content_index: 0, delta: text },
});
const frames = (events: readonly object[]) => events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('');

interface Deviating extends ConversationFixture {
  /** What the server stores, oldest first. */
  readonly stored: Item[];
  /** Sends a message; the response is this text. Resolves when the thread was read again. */
  readonly say: (body: string, type?: string) => Promise<ResponseStream>;
  readonly texts: () => readonly string[];
  readonly items: () => readonly ThreadItem[];
}

/** A server that stores what a test puts into `stored`, and streams what the test defines. */
async function deviating(t: TestContext, stored: Item[] = []): Promise<Deviating> {
  let body = '';
  let contentType = 'text/event-stream';
  let onRead = () => {};
  const { url } = await httpServer(t, (response, { body: request }) => {
    const { type, params } = JSON.parse(request) as { type: string; params: { limit?: number } };
    const about = {
      id: thread,
      title: null,
      created_at: '2026-01-05T10:00:00Z',
      status: { type: 'active' },
      metadata: {},
    };
    const page = (data: readonly Item[]) => ({ data, has_more: false, after: null });
    if (type === 'items.list') {
      sendJson(response, page(stored.toReversed().slice(0, params.limit ?? 20)));
      return onRead();
    }
    if (type === 'threads.list') return sendJson(response, page([]));
    if (type === 'threads.get_by_id') return sendJson(response, { ...about, title: 'Stored', items: page([]) });
    response.writeHead(200, { 'content-type': contentType }).end(body);
  });
  const bench = conversationFixture(t, url);
  const { conversations, store } = bench;
  const items = () => store.items(thread).windows.flatMap((window) => window.items);
  return {
    ...bench,
    stored,
    items,
    texts: () => items().map((item) => (item.kind === 'user_message' ? 'user' : textOf(item))),
    async say(text, type = 'text/event-stream') {
      [body, contentType] = [text, type];
      const isNew = store.items(thread).asOf === null;
      const conversation = conversations.of({ connectionId: 'c', threadId: isNew ? newThreadId() : thread });
      const { input, sent } = conversation.draft.takeInput('Hello', null, { model: null, toolChoice: null });
      const read = new Promise<void>((resolve) => (onRead = resolve));
      const run = conversation.sendMessage(
        isNew ? { type: 'createThread', input } : { type: 'addUserMessage', threadId: thread, input },
        sent,
      );
      const end = await run.ended;
      if (run.accepted && (end.reason === 'done' || end.reason === 'fault')) await read;
      // The page is merged after its request.
      await store.pollNewer(thread, 20, signal).catch(() => undefined);
      return run;
    },
  };
}

describe('streams of deviating servers', () => {
  test('without thread.created, without the user message, and done with an id only', async (t) => {
    const stored = [user('u1', 'Hello'), answer('a1', 'Hi.')];
    const server = await deviating(t, stored);
    await server.store.refreshList(signal);
    const run = await server.say(
      frames([added(stored[1] as Item), delta('a1', 'Hi.'), { type: 'thread.item.done', item_id: 'a1' }]),
    );
    assert.deepEqual(run.end, { reason: 'done' });
    assert.equal(run.threadId, thread);
    assert.deepEqual(run.unfinished, []);
    assert.deepEqual(server.texts(), ['user', 'Hi.']);
    assert.deepEqual(
      server.store.list.threads.map(({ id }) => id),
      [thread],
    );
    assert.equal(server.store.thread(thread)?.title, 'Stored');
    assert.equal(
      server.conversations.of({ connectionId: 'c', threadId: thread }).draft.text,
      '',
      'the message was accepted',
    );
    for (const rule of ['missingThreadCreated', 'missingEcho', 'doneWithoutItem'] as const)
      assert.ok(server.rules().includes(rule), rule);
    assert.ok(run.rules.length >= 2);
  });

  const failures: [name: string, event: object, message: string, code: string][] = [
    ['thread.error', { type: 'thread.error', error: { message: 'Overloaded', code: 'busy' } }, 'Overloaded', 'busy'],
    ['error with a text', { type: 'error', error: 'boom' }, 'boom', 'custom'],
    ['a numeric code', { type: 'error', code: 429, message: 'Too many' }, 'Too many', '429'],
  ];
  for (const [name, event, text, code] of failures) {
    test(`${name} fails the response`, async (t) => {
      const server = await deviating(t, [user('u1', 'Hello')]);
      const { end } = await server.say(frames([done(server.stored[0] as Item), event]));
      assert.ok(end?.reason === 'fault');
      assert.deepEqual([end.fault.message, end.fault.code], [text, code]);
    });
  }

  test('an error page of a proxy after the start of an answer fails the response', async (t) => {
    const server = await deviating(t, [user('u1', 'Hello')]);
    const start = [done(server.stored[0] as Item), added(answer('a1', '')), delta('a1', 'Hi')];
    const { end } = await server.say(`${frames(start)}<html><body><h1>502 Bad Gateway</h1></body></html>`);
    assert.ok(end?.reason === 'failed');
    assert.match(String(end.error), /502 Bad Gateway/);
  });

  test('an error in place of a stream is shown with its message', async (t) => {
    const server = await deviating(t);
    const { end } = await server.say(
      JSON.stringify({ data: null, error: { message: 'No agent' } }),
      'application/json',
    );
    assert.ok(end?.reason === 'fault');
    assert.equal(end.fault.message, 'No agent');
    assert.ok(server.rules().includes('jsonInsteadOfStream'));
  });

  for (const type of ['application/x-ndjson', 'application/json']) {
    test(`lines of JSON as ${type}`, async (t) => {
      const stored = [user('u1', 'Hello'), answer('a1', 'Hi.')];
      const server = await deviating(t, stored);
      const run = await server.say(stored.map((item) => `${JSON.stringify(done(item))}\n`).join(''), type);
      assert.deepEqual(run.end, { reason: 'done' });
      assert.deepEqual(server.texts(), ['user', 'Hi.']);
    });
  }

  test('types in event lines, pings and [DONE]', async (t) => {
    const stored = [user('u1', 'Hello'), answer('a1', 'Hi.')];
    const server = await deviating(t, stored);
    const lines = stored.map((item) => `event: thread.item.done\ndata: ${JSON.stringify({ item })}\n\n`);
    const run = await server.say(`data: ping\n\n${lines.join('')}data: [DONE]\n\n`);
    assert.deepEqual(run.end, { reason: 'done' });
    assert.deepEqual([run.eventCount, server.texts()], [2, ['user', 'Hi.']]);
  });

  test('without any event: the error explains it', async (t) => {
    const server = await deviating(t);
    const { end } = await server.say(': keep-alive\n\n');
    assert.ok(end?.reason === 'failed');
    assert.equal(end.error.details.code, 'empty_stream');
    assert.ok(server.rules().includes('emptyStream'));
  });

  test('an id that is used for each answer keeps both answers', async (t) => {
    const id = '__fake_id__';
    const first = [user('u1', 'Hello'), answer(id, 'First')];
    const server = await deviating(t, first);
    await server.say(frames(first.map(done)));
    const second = [user('u2', 'Hello'), answer(id, 'Second')];
    server.stored.push(...second);
    const [message2, answer2] = second as [Item, Item];
    await server.say(frames([done(message2), added(answer2), delta(id, 'Sec'), done(answer2)]));
    assert.deepEqual(server.texts(), ['user', 'First', 'user', 'Second']);
  });

  test('two answers of one response with the same id', async (t) => {
    const items = [user('u1', 'Hello'), answer('a', 'First'), answer('a', 'Second')];
    const server = await deviating(t, items);
    await server.say(frames(items.map(done)));
    assert.deepEqual(server.texts(), ['user', 'First', 'Second']);
  });

  test('an id that changes before the item is done leaves one item', async (t) => {
    const question = user('u1', 'Hello');
    const final = answer('msg_final', 'Hello there');
    const stored = [question, final];
    const server = await deviating(t, stored);
    const run = await server.say(
      frames([done(stored[0] as Item), added(answer('msg_temp', '')), delta('msg_temp', 'Hello'), done(final)]),
    );
    assert.deepEqual(run.unfinished, []);
    assert.deepEqual(server.texts(), ['user', 'Hello there']);
    assert.ok(server.rules().includes('idChangedBeforeDone'));
  });

  test('an item that is stored with another id is shown once', async (t) => {
    const server = await deviating(t, [user('u1', 'Hello'), answer('stored', 'Hi.')]);
    await server.say(frames([done(server.stored[0] as Item), done(answer('streamed', 'Hi.'))]));
    assert.deepEqual(
      server.items().map(({ id }) => id),
      ['u1', 'stored'],
    );
    assert.ok(server.rules().includes('storedIdDiffers'));
  });

  test('an item that is not stored stays and is reported', async (t) => {
    const server = await deviating(t, [user('u1', 'Hello')]);
    await server.say(frames([done(server.stored[0] as Item), done(answer('a1', 'Not stored'))]));
    assert.deepEqual(server.texts(), ['user', 'Not stored']);
    assert.ok(server.rules().includes('itemNotStored'));
  });

  test('items that the server removes without an event disappear', async (t) => {
    const before = [user('u0', 'Before'), call('tc_1'), call('tc_2')];
    const server = await deviating(t, before);
    await server.store.refreshItems(thread, signal);
    assert.equal(server.items().length, 3);
    const items = [user('u1', 'Hello'), answer('a1', 'Hi.')];
    server.stored.splice(1, 1);
    server.stored.push(...items);
    await server.say(frames(items.map(done)));
    assert.deepEqual(
      server.items().map(({ id }) => id),
      ['u0', 'tc_2', 'u1', 'a1'],
    );
    assert.ok(server.rules().includes('removedWithoutEvent'));
  });

  test('integer ids', async (t) => {
    const items = [user('u1', 'Hello'), answer(12, 'Hi.')];
    const server = await deviating(t, items);
    await server.say(frames(items.map(done)));
    const item = server.items().find(({ id }) => id === '12');
    assert.equal((item?.raw as { id: unknown } | undefined)?.id, 12, 'the JSON is as received');
  });
});

describe('the JSON of streamed items', () => {
  test('has the streamed text when the stream ends inside an item', async (t) => {
    const server = await deviating(t, [user('u1', 'Hello')]);
    const run = await server.say(
      frames([done(server.stored[0] as Item), added(answer('a1', '')), delta('a1', 'Hal'), delta('a1', 'f')]),
    );
    assert.deepEqual(run.unfinished, ['a1']);
    const item = server.items().find(({ id }) => id === 'a1');
    assert.equal(textOf(item), 'Half');
    assert.deepEqual((item?.raw as { content: unknown } | undefined)?.content, [
      { type: 'output_text', text: 'Half', annotations: [] },
    ]);
    const conversation = server.conversations.of({ connectionId: 'c', threadId: thread });
    const next = [user('u2', 'Hello'), answer('a2', 'Hi.')];
    server.stored.push(...next);
    await server.say(frames(next.map(done)));
    assert.deepEqual(conversation.unfinished, ['a1'], 'the mark stays on its item');
  });
});

test('a retry removes the later items of all windows', async (t) => {
  const { conversations, store } = conversationFixture(
    t,
    (
      await httpServer(t, (response, { body }) => {
        const { type, params } = JSON.parse(body) as {
          type: string;
          params: { order?: string; limit?: number; after?: string };
        };
        if (type !== 'items.list') {
          response
            .writeHead(200, { 'content-type': 'text/event-stream' })
            .end(frames([done(answer('again', 'Again'))]));
          return;
        }
        const all = params.order === 'asc' ? history : history.toReversed();
        const from = params.after === undefined ? 0 : all.findIndex(({ id }) => id === params.after) + 1;
        const data = all.slice(from, from + 10);
        const more = from + 10 < all.length;
        sendJson(response, { data, has_more: more, after: more ? data.at(-1)?.id : null });
      })
    ).url,
  );
  const history = Array.from({ length: 50 }, (_, n) => (n % 2 === 0 ? user(`i${n}`, 'Q') : answer(`i${n}`, 'A')));
  await store.refreshItems(thread, signal);
  await store.loadStart(thread, signal);
  assert.equal(store.items(thread).windows.length, 2);
  const run = conversations.sendCommand(
    { connectionId: 'c', threadId: thread },
    { type: 'retryAfter', threadId: thread, itemId: 'i2' },
  );
  run.onDidReceive(() =>
    assert.deepEqual(
      store.items(thread).windows.map(({ items }) => items.map(({ id }) => id)),
      [['i0', 'i1', 'i2', 'again']],
    ),
  );
  await run.ended;
  assert.equal(run.retried.length, 17);
  assert.equal(store.items(thread).reachesEnd, true);
});

test('a message of a stream that breaks before any item returns to the composer', async (t) => {
  const { url } = await httpServer(t, (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(frames([{ type: 'stream_options', stream_options: { allow_cancel: true } }]), () =>
      setImmediate(() => response.destroy()),
    );
  });
  const conversation = conversationFixture(t, url).conversations.of({ connectionId: 'c', threadId: newThreadId() });
  const { input, sent } = conversation.draft.takeInput('Hello', null, { model: null, toolChoice: null });
  await conversation.sendMessage({ type: 'createThread', input: { ...input, ...message('Hello') } }, sent).ended;
  assert.equal(conversation.draft.text, 'Hello');
});
