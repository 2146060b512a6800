import assert from 'node:assert/strict';
import { type TestContext, describe, test } from 'node:test';
import { Emitter } from '../../../src/base/common/events.ts';
import type { ThreadItem } from '../../../src/chatkit/common/model/item.ts';
import type { ReceivedEvent } from '../../../src/chatkit/common/stream/events.ts';
import { StreamState } from '../../../src/chatkit/common/stream/streamState.ts';
import type { ResponseEnd, ResponseStream } from '../../../src/conversation/vscode/responseStream.ts';
import { WidgetHistory } from '../../../src/conversation/vscode/widgetHistory.ts';
import { widget } from '../threads/summary/items.ts';
import type { TextDelta } from '../../../src/chatkit/common/stream/applyUpdate.ts';
import { newThreadId, retryCommand } from '../../../src/conversation/vscode/conversation.ts';
import { message, textOf } from '../../support/conversationText.ts';
import { httpServer } from '../chatkit/transport/servers.ts';
import {
  type ConversationFixture,
  textOfDeltas,
  sandboxFixture,
  signal,
  conversationFixture,
} from './conversationFixture.ts';

const card = (id: string, value: string): ThreadItem => ({ ...widget(JSON.stringify({ type: 'Card', value })), id });

test('remembers how an action and a stream changed a widget', () => {
  const history = new WidgetHistory();
  const state = new StreamState();
  const [received, ended] = [new Emitter<readonly ReceivedEvent[]>(), new Emitter<ResponseEnd>()];
  history.watch({ connectionId: 'c', threadId: 't', state, onDidReceive: received.on, onDidEnd: ended.on }, [
    card('old', 'a'),
    card('same', 'x'),
  ]);
  const events = [
    { type: 'itemReplaced', item: card('old', 'b') },
    { type: 'itemAdded', item: card('new', '1') },
    { type: 'itemDone', item: card('new', '2') },
    { type: 'itemReplaced', item: card('same', 'x') },
  ] as const;
  for (const event of events) {
    state.apply(event, () => undefined);
    received.fire([{ at: 0, bytes: 1, raw: null, event }]);
  }
  ended.fire({ reason: 'done' });
  const find = (itemId: string) => history.find({ connectionId: 'c', threadId: 't', itemId });
  assert.deepEqual(find('old'), { before: { type: 'Card', value: 'a' }, after: { type: 'Card', value: 'b' } });
  assert.deepEqual(find('new'), { before: { type: 'Card', value: '1' }, after: { type: 'Card', value: '2' } });
  assert.equal(find('same'), undefined);
});

/** Starts a thread with a message and waits for the answer. */
async function startThread(
  { conversations }: ConversationFixture,
  text: string,
): Promise<{ run: ResponseStream; threadId: string }> {
  const run = conversations.sendCommand(
    { connectionId: 'c', threadId: newThreadId() },
    { type: 'createThread', input: message(text) },
  );
  await run.ended;
  return { run, threadId: run.threadId ?? '' };
}

const kinds = ({ store }: ConversationFixture, threadId: string) =>
  store.items(threadId).windows.flatMap(({ items }) => items.map(({ kind }) => kind));

/** Resolves when a response contains text. */
const someText = (run: ResponseStream) =>
  new Promise<void>((resolve) => {
    const off = run.onDidAppendText(() => {
      off();
      resolve();
    });
  });

describe('a response stream', () => {
  test('adds a new thread to the top of the list and its items to the store', async (t) => {
    const bench = await sandboxFixture(t);
    const { store, conversations } = bench;
    await store.refreshList(signal);
    const before = store.list.threads.length;
    const { run, threadId } = await startThread(bench, '/text');
    assert.deepEqual(run.end, { reason: 'done' });
    assert.equal(store.list.threads[0]?.id, threadId);
    assert.equal(store.list.threads.length, before + 1);
    assert.equal(store.list.threads[0]?.title, 'Text');
    assert.deepEqual(kinds(bench, threadId), ['user_message', 'assistant_message']);
    assert.equal(store.items(threadId).reachesStart, true);
    assert.equal(conversations.of({ connectionId: 'c', threadId }).last, run);
    const streamed = store.items(threadId).windows[0]?.items.map(({ raw }) => raw);
    await store.refreshItems(threadId, signal);
    assert.deepEqual(
      store.items(threadId).windows[0]?.items.map(({ raw }) => raw),
      streamed,
    );
  });

  test('reports text as it grows, other changes through the store, and each event to the recorder', async (t) => {
    const bench = await sandboxFixture(t);
    const { conversations, store } = bench;
    const deltas: TextDelta[] = [];
    const received: ReceivedEvent[] = [];
    let notified = 0;
    conversations.onDidStart((run) => {
      run.onDidAppendText((more) => deltas.push(...more));
      run.onDidReceive((events) => received.push(...events));
      store.on((event) => {
        if (event.type === 'items' && event.change.type === 'changed' && event.origin !== 'textDeltas') notified += 1;
      });
    });
    const { run, threadId } = await startThread(bench, '/burst 500 0');
    const answer = store.items(threadId).windows[0]?.items.at(-1);
    assert.equal(textOfDeltas(deltas), textOf(answer));
    assert.ok(textOf(answer).includes('w499'));
    assert.equal(received.length, run.eventCount);
    assert.ok(received.every(({ bytes, raw }) => bytes > 0 && raw !== undefined));
    // Only the final form of the answer.
    assert.equal(notified, 1);
  });

  test('stores every streamed item as the server stores it', async (t) => {
    const bench = await sandboxFixture(t);
    const { run, threadId } = await startThread(bench, '/all');
    assert.deepEqual(run.end, { reason: 'done' });
    assert.ok(run.state.notices.length > 0 && run.state.effects.length > 0);
    assert.equal(run.state.progress, null);
    const read = () => bench.store.items(threadId).windows.flatMap(({ items }) => items.map(({ raw }) => raw));
    const streamed = read();
    await bench.store.refreshItems(threadId, signal);
    assert.deepEqual(read(), streamed);
  });

  test('keeps the partial answer when it is stopped', async (t) => {
    const bench = await sandboxFixture(t, { pace: 0.05 });
    const { conversations, store } = bench;
    const run = conversations.sendCommand(
      { connectionId: 'c', threadId: newThreadId() },
      { type: 'createThread', input: message('/slow') },
    );
    await someText(run);
    run.stop();
    assert.deepEqual(await run.ended, { reason: 'stopped' });
    assert.equal(run.unfinished.length, 1);
    const item = store.item(run.threadId ?? '', run.unfinished[0] ?? '');
    assert.ok(textOf(item).startsWith('1'));
  });

  test('cannot be stopped by the user if the server forbids it', async (t) => {
    const server = await httpServer(t, (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('data: {"type":"stream_options","stream_options":{"allow_cancel":false}}\n\n');
    });
    const { conversations, change } = conversationFixture(t, server.url);
    const conversation = conversations.of({ connectionId: 'c', threadId: newThreadId() });
    const run = conversation.sendCommand({ type: 'createThread', input: message('Hello') });
    await new Promise<void>((resolve) => run.onDidReceive(() => resolve()));
    assert.equal(conversation.stopForUser(), false);
    assert.equal(conversation.running, run);
    change();
    assert.deepEqual(await run.ended, { reason: 'stopped' });
    assert.equal(conversation.stopForUser(), true, 'nothing runs');
  });

  test('rejects a second command while one is running', async (t) => {
    const bench = await sandboxFixture(t, { pace: 0.05 });
    const ref = { connectionId: 'c', threadId: newThreadId() };
    const run = bench.conversations.sendCommand(ref, { type: 'createThread', input: message('/slow') });
    assert.throws(() => bench.conversations.sendCommand(ref, { type: 'createThread', input: message('again') }), {
      kind: 'conflict',
    });
    bench.change();
    assert.deepEqual(await run.ended, { reason: 'stopped' });
  });

  test('keeps the shown items after the stream is cut off, until the thread is unpinned and refreshed', async (t) => {
    const bench = await sandboxFixture(t);
    const { store } = bench;
    const { run, threadId } = await startThread(bench, '/crash');
    assert.equal(run.end?.reason, 'failed');
    const cut = run.unfinished[0] ?? '';
    assert.equal(textOf(store.item(threadId, cut)), 'This sentence will nev');
    await store.refreshItems(threadId, signal);
    assert.equal(textOf(store.item(threadId, cut)), 'This sentence will nev');
    assert.deepEqual(kinds(bench, threadId), ['user_message', 'assistant_message']);
    store.unpin(threadId);
    await store.refreshItems(threadId, signal);
    assert.deepEqual(kinds(bench, threadId), ['user_message']);
    assert.deepEqual(retryCommand(run, store.items(threadId)), {
      type: 'retryAfter',
      threadId,
      itemId: store.items(threadId).windows[0]?.items[0]?.id,
    });
  });

  test('can be retried from its message after the server reports an error', async (t) => {
    const bench = await sandboxFixture(t);
    const { store, conversations } = bench;
    const { run, threadId } = await startThread(bench, '/error custom');
    assert.equal(run.end?.reason, 'fault');
    assert.equal(run.state.fault?.allowRetry, true);
    const again = retryCommand(run, store.items(threadId));
    assert.ok(again);
    const second = conversations.sendCommand({ connectionId: 'c', threadId }, again);
    await second.ended;
    // The answer of the second attempt replaces that of the first.
    assert.deepEqual(kinds(bench, threadId), ['user_message', 'assistant_message']);
  });

  test('deletes the items after a retried message once the server accepts the retry', async (t) => {
    const bench = await sandboxFixture(t);
    const { store, conversations } = bench;
    const { threadId } = await startThread(bench, '/text');
    const ref = { connectionId: 'c', threadId };
    await conversations.sendCommand(ref, { type: 'addUserMessage', threadId, input: message('/task') }).ended;
    const first = store.items(threadId).windows[0]?.items[0]?.id ?? '';
    await conversations.sendCommand(ref, { type: 'retryAfter', threadId, itemId: first }).ended;
    assert.deepEqual(kinds(bench, threadId), ['user_message', 'assistant_message']);
  });
});

describe('responses that are not event streams', () => {
  const answers: readonly (readonly [string, string, number, string, string])[] = [
    ['a text with status 500', 'text/plain', 500, 'Traceback (most recent call last)', 'server'],
    ['JSON', 'application/json', 200, '{"id":"thr_1"}', 'invalidResponse'],
    ['nothing at all', 'text/event-stream', 200, '', 'invalidResponse'],
    ['a page', 'text/html', 200, '<!doctype html><p>hi</p>', 'invalidResponse'],
  ];
  for (const [what, type, status, body, kind] of answers) {
    test(`${what}: the message returns to the composer`, async (t) => {
      const { run, conversation } = await refused(t, type, status, body);
      assert.equal(run.end?.reason === 'failed' && run.end.error.kind, kind);
      assert.deepEqual([conversation.draft.text, conversation.draft.quote], ['Hello', 'you said']);
      assert.equal(conversation.draft.serial, 1);
      assert.equal(conversation.running, null);
    });
  }

  test('an event that is not valid JSON is skipped, and the other events are applied', async (t) => {
    const thread = { id: 'thr_1', created_at: '2026-01-02T03:04:05', status: { type: 'active' }, metadata: {} };
    const body = `data: ${JSON.stringify({ type: 'thread.created', thread })}\n\ndata: {broken\n\n: ping\n\n`;
    const { run } = await refused(t, 'text/event-stream', 200, body);
    assert.equal(run.threadId, 'thr_1');
    assert.equal(run.eventCount, 2);
    assert.equal(run.end?.reason, 'done');
  });
});

async function refused(t: TestContext, type: string, status: number, body: string) {
  const server = await httpServer(t, (response) => {
    response.writeHead(status, { 'content-type': type }).end(body);
  });
  const { conversations } = conversationFixture(t, server.url);
  const conversation = conversations.of({ connectionId: 'c', threadId: newThreadId() });
  const { input, sent } = conversation.draft.takeInput('Hello', 'you said', { model: null, toolChoice: null });
  const run = conversation.sendMessage({ type: 'createThread', input }, sent);
  await run.ended;
  return { run, conversation };
}
