// Ids that are integers above 2^53, over HTTP: they are read with all digits, and sent back as the same number.
import assert from 'node:assert/strict';
import { describe, test, type TestContext } from 'node:test';
import { wireId } from '../../../../src/chatkit/common/store/itemWindows.ts';
import { messageCommand, type StreamCommand } from '../../../../src/chatkit/common/stream/conversationApi.ts';
import { StreamState } from '../../../../src/chatkit/common/stream/streamState.ts';
import { createServerSource } from '../../../../src/chatkit/node/server/serverSource.ts';
import { ruleOf } from '../../../../src/chatkit/common/protocolProblems/catalogue/catalogue.ts';
import { valueExcerpt } from '../../../../src/chatkit/common/protocolProblems/problemLog.ts';
import { classifyReply } from '../../../../src/chatkit/common/responses/classifyReply.ts';
import { toServerItem } from '../../../../src/chatkit/common/wire/server/item.ts';
import { plainReading } from '../../../../src/chatkit/common/wire/reading.ts';
import type { JsonObject } from '../../../../src/base/common/json.ts';
import { exactField, exactJson, parseJson } from '../../../../src/base/common/parseJson.ts';
import { startBigIdServer } from '../../../support/bigIdServer.ts';
import { rig } from '../transport/client.ts';
import { unknownCommand } from '../../../../src/chatkit/common/errors.ts';
import { bench, errorOf, item, signal, thread } from './serverBench.ts';

const first = '1234567890123456789';

async function open(t: TestContext, options: Parameters<typeof startBigIdServer>[0] = {}) {
  const server = await startBigIdServer(options);
  t.after(server.close);
  const rules = new Set<string>();
  const source = createServerSource({
    connection: { id: 'c', name: 'Mine', kind: 'server', url: server.url },
    transport: rig(t).transport,
    credentials: { headersFor: async () => ({}) },
    problems: { report: (rule) => void rules.add(ruleOf(rule).name) },
  });
  const { conversation, renameThread } = source;
  assert.ok(conversation && renameThread);
  const send = async (command: StreamCommand) => {
    const state = new StreamState();
    let threadId: string | null = null;
    for await (const events of conversation.send(command, signal)) {
      for (const { event } of events) {
        if (event.type === 'threadCreated') threadId = event.thread.id;
        state.apply(state.resolve(event, () => undefined));
      }
    }
    return { items: state.items, threadId };
  };
  return { source, server, rules, send, conversation, rename: renameThread };
}

const input = {
  content: [{ type: 'text', text: 'Hi' }],
  attachments: [],
  quotedText: null,
  model: null,
  toolChoice: null,
} as const;

for (const camelCase of [false, true]) {
  describe(`ids above 2^53${camelCase ? ', with names in another case' : ''}`, () => {
    test('lists, pages and single threads have all digits', async (t) => {
      const { source, rules } = await open(t, { camelCase });
      const { data } = await source.listThreads({ limit: 20, order: 'asc' }, signal);
      assert.deepEqual(
        data.map(({ id }) => id),
        [first, '1234567890123456796'],
      );
      assert.equal((await source.getThread(first, signal)).id, first);
      const page = await source.listItems(first, { limit: 2, order: 'asc' }, signal);
      const next = await source.listItems(first, { limit: 20, order: 'asc', after: page.next ?? '' }, signal);
      const all = [...page.data, ...next.data];
      assert.deepEqual(
        all.map(({ id }) => id),
        ['790', '791', '792', '793', '794', '795'].map((end) => `1234567890123456${end}`),
      );
      assert.deepEqual([...new Set(all.map(({ threadId }) => threadId))], [first]);
      assert.deepEqual(
        all.map(wireId),
        all.map(({ id }) => id),
      );
      for (const rule of ['otherThreadId', 'repeatedId', 'repeatedCursor']) assert.ok(!rules.has(rule), rule);
      assert.ok(rules.has('numericId') && rules.has('numericCursor'));
    });

    test('streams, and all changes of what a list or a stream named', async (t) => {
      const { source, send, conversation, rename, server, rules } = await open(t, { camelCase });
      const created = await send(messageCommand(null, input));
      const threadId: string = created.threadId ?? '';
      assert.equal(threadId, '1234567890123456803');
      assert.deepEqual(
        created.items.map(({ id, kind }) => [id, kind]),
        [
          ['1234567890123456804', 'user_message'],
          ['1234567890123456805', 'assistant_message'],
        ],
      );
      const added = await send(messageCommand(threadId, input));
      assert.deepEqual(
        added.items.map(({ id }) => id),
        ['1234567890123456806', '1234567890123456807'],
      );
      await conversation.sendFeedback(threadId, ['1234567890123456805', '1234567890123456807'], 'positive', signal);
      assert.match(server.bodies.at(-1) ?? '', /"item_ids":\[1234567890123456805,1234567890123456807\]/);
      const retried = await send({ type: 'retryAfter', threadId, itemId: '1234567890123456806' });
      assert.equal(retried.items.at(-1)?.kind, 'assistant_message');
      const action = { threadId, itemId: '1234567890123456805', type: 'pick', payload: {} };
      await send({ type: 'customAction', action });
      assert.match(server.bodies.at(-1) ?? '', /"item_id":1234567890123456805[,}]/);
      assert.equal((await rename(threadId, 'New', signal)).title, 'New');
      await source.deleteThread(threadId, signal);
      const { data } = await source.listThreads({ limit: 20, order: 'asc' }, signal);
      assert.equal(data.length, 2);
      for (const rule of ['otherThreadId', 'itemNotAdded', 'deleteNotConfirmed']) assert.ok(!rules.has(rule), rule);
    });
  });
}

describe('an id of digits that the server has not sent yet', () => {
  for (const id of [first, '41']) {
    test(`${id}: a server that knows numbers only is asked for the number`, async (t) => {
      const asked: (readonly [string, unknown])[] = [];
      const deleted: unknown[] = [];
      const items = { data: [{ ...item('i'), thread_id: 0 }], has_more: false };
      const { source, rules } = await bench(t, (response, { body }) => {
        const { type, params } = parseJson(body) as { type: string; params: JsonObject };
        const sent = exactField(params, 'thread_id');
        asked.push([type, sent]);
        const isKnown = String(sent) === id && typeof sent !== 'string';
        if (type === 'threads.delete') {
          // Finds nothing for a text, and confirms.
          if (isKnown) deleted.push(sent);
          response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
        } else if (!isKnown) {
          response.writeHead(500).end();
        } else {
          const json = type === 'items.list' ? JSON.stringify(items) : JSON.stringify({ ...thread, id: 0 });
          response.writeHead(200, { 'content-type': 'application/json' }).end(json.replace(/id":0/g, `id":${id}`));
        }
      });
      assert.equal((await source.listItems(id, { limit: 20, order: 'asc' }, signal)).data.length, 1);
      assert.equal(asked.length, 3, 'once by text, once by number, and the list');
      assert.equal((await source.getThread(id, signal)).id, id);
      await source.deleteThread(id, signal);
      assert.deepEqual(deleted.map(String), [id]);
      assert.equal(asked.filter(([, sent]) => typeof sent === 'string').length, 1);
      assert.deepEqual(rules(), ['numericId']);
    });
  }

  test('a deletion of an unknown thread, which such a server confirms, is made with the number', async (t) => {
    const { source, server } = await open(t);
    await source.deleteThread(first, signal);
    assert.match(
      server.bodies.find((body) => body.includes('threads.delete')) ?? '',
      new RegExp(`"thread_id":${first}`),
    );
  });

  test('a server that knows texts is asked once, and never after it has listed the thread', async (t) => {
    const types: string[] = [];
    const { source } = await bench(t, (response, { body }) => {
      const { type, params } = parseJson(body) as { type: string; params: JsonObject };
      types.push(type);
      assert.equal(typeof (params['thread_id'] ?? ''), 'string');
      const page = { data: type === 'threads.list' ? [{ ...thread, id: '8' }] : [], has_more: false };
      const json = type === 'threads.get_by_id' ? { ...thread, id: params['thread_id'] ?? null } : page;
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(json));
    });
    const query = { limit: 20, order: 'asc' } as const;
    await source.listItems('7', query, signal);
    await source.listItems('7', query, signal);
    await source.listThreads(query, signal);
    await source.listItems('8', query, signal);
    assert.deepEqual(types, ['threads.get_by_id', 'items.list', 'items.list', 'threads.list', 'items.list']);
  });
});

describe('digits of ids', () => {
  test('a reply that names a thread is compared by all digits', () => {
    const reply = (id: string) =>
      classifyReply('threads.delete', parseJson(`{"id":${id},"deleted":true}`), { threadId: first });
    assert.equal((reply(first) as { confirmed?: boolean }).confirmed, true);
    assert.equal((reply('1234567890123456788') as { confirmed?: boolean }).confirmed, false);
  });

  test('a nested id keeps its digits, and the JSON of the item is unchanged', () => {
    const json = `{"id":"i","type":"user_message","thread_id":"t","created_at":"2026-01-02T03:04:05Z","content":[],"attachments":[{"type":"file","id":${first},"name":"a","mime_type":"text/plain"}],"inference_options":{}}`;
    const item = toServerItem(parseJson(json), 't', plainReading);
    assert.equal(item.kind === 'user_message' && item.attachments[0]?.id, first);
    assert.equal(exactJson(item.raw), json);
  });

  test('an excerpt shows the digits that were sent', () => {
    assert.equal(
      valueExcerpt(parseJson(`{"id":${first},"list":[${first}]}`), String),
      `{"id":${first},"list":[${first}]}`,
    );
  });

  test('a number with very many digits is read like a number', () => {
    const raw = parseJson(`{"id":1${'0'.repeat(5000)},"type":"end_of_turn"}`);
    assert.equal(toServerItem(raw, 't', plainReading).id, 'Infinity');
  });
});

describe('a server that rejects every unknown command in the same words', () => {
  const rejected = { status: 400, json: { error: { message: 'Unsupported command' } } };

  test('does not support the action', async (t) => {
    const { conversation } = await open(t, {
      override: (type) => (type === 'items.feedback' || type === 'inspector.comparison' ? rejected : null),
    });
    const error = await errorOf(conversation.sendFeedback('7', ['8'], 'positive', signal));
    assert.equal(error.details.code, unknownCommand);
    assert.equal(conversation.supports('feedback'), false);
  });

  test('is not believed where a command that does not exist fails in other words', async (t) => {
    const { conversation } = await open(t, { override: (type) => (type === 'items.feedback' ? rejected : null) });
    const error = await errorOf(conversation.sendFeedback('7', ['8'], 'positive', signal));
    assert.notEqual(error.details.code, unknownCommand);
    assert.equal(conversation.supports('feedback'), true);
  });
});
