// The source against two servers: the sandbox, and a port of the server library that is not ours.
import assert from 'node:assert/strict';
import { type TestContext, describe, test } from 'node:test';
import { isSourceError } from '../../../../src/chatkit/common/errors.ts';
import { eventLogLines, readEventLog } from '../../../../src/eventLog/common/readEventLog.ts';
import { ResponseRecorder } from '../../../../src/eventLog/common/responseRecorder.ts';
import type { ItemKind, ThreadItem } from '../../../../src/chatkit/common/model/item.ts';
import type { Thread } from '../../../../src/chatkit/common/model/thread.ts';
import type { ReceivedEvent, StreamEvent } from '../../../../src/chatkit/common/stream/events.ts';
import { StreamState } from '../../../../src/chatkit/common/stream/streamState.ts';
import type {
  ConversationApi,
  StreamCommand,
  UserInput,
} from '../../../../src/chatkit/common/stream/conversationApi.ts';
import type { Page, ThreadSource } from '../../../../src/chatkit/common/threadSource.ts';
import { startSandbox } from '../../../../src/sandbox/node/sandbox.ts';
import { scripts } from '../../../../src/sandbox/node/server/agent/agent.ts';
import { createServerSource } from '../../../../src/chatkit/node/server/serverSource.ts';
import { rig } from '../transport/client.ts';
import { startNodePort } from './nodePort.ts';

const { signal } = new AbortController();
const say = (text: string, attachments: readonly string[] = []): UserInput => ({
  content: [{ type: 'text', text }],
  attachments,
  quotedText: null,
  model: null,
  toolChoice: null,
});

function sourceAt(t: TestContext, url: string, key = '', user?: string) {
  const tools = rig(t, { maxBodyBytes: 64 * 1024 * 1024, timeoutMs: 20_000 });
  const source = createServerSource({
    connection: { id: 'c', name: 'Peer', kind: 'server', url, userHeader: 'x-user-id' },
    transport: tools.transport,
    credentials: { headersFor: async () => (key === '' ? {} : { authorization: `Bearer ${key}` }) },
    actingUser: () => user ?? null,
  });
  assert.ok(source.conversation !== undefined);
  return { source, conversation: source.conversation, ...tools };
}

async function* eventsOf(stream: AsyncIterable<readonly ReceivedEvent[]>): AsyncGenerator<StreamEvent> {
  for await (const together of stream) yield* together.map(({ event }) => event);
}

async function run(api: ConversationApi, command: StreamCommand, known?: readonly ThreadItem[]): Promise<StreamState> {
  const state = new StreamState();
  for await (const event of eventsOf(api.send(command, signal))) {
    if (event.type === 'unknown') assert.fail(`${event.wireType}: ${event.problem}`);
    if (event.type === 'itemUpdated') assert.notEqual(event.update.type, 'unknown', JSON.stringify(event));
    if (event.type === 'itemDone') assertGrown(state, event.item);
    state.apply(event, (itemId) => known?.find(({ id }) => id === itemId));
  }
  state.end();
  return state;
}

/** An item that was built from updates equals the complete item of the server. */
function assertGrown({ items, open }: StreamState, done: ThreadItem): void {
  const grown = items.find(({ id }) => id === done.id);
  if (grown === undefined || !open.has(done.id)) return;
  if (grown.kind === 'assistant_message' && done.kind === 'assistant_message')
    assert.deepEqual(grown.parts, done.parts);
  if (grown.kind === 'workflow' && done.kind === 'workflow') assert.deepEqual(grown.tasks, done.tasks);
  if (grown.kind === 'widget' && done.kind === 'widget') assert.deepEqual(grown.widget, done.widget);
  if (grown.kind === 'generated_image' && done.kind === 'generated_image') assert.deepEqual(grown.image, done.image);
}

async function all<T>(load: (after: string | undefined) => Promise<Page<T>>): Promise<T[]> {
  const elements: T[] = [];
  for (let after: string | undefined; ;) {
    const page: Page<T> = await load(after);
    elements.push(...page.data);
    if (page.next === null) return elements;
    after = page.next;
  }
}

const threadsOf = (source: ThreadSource, order: 'asc' | 'desc' = 'asc'): Promise<Thread[]> =>
  all((after) => source.listThreads({ limit: 7, order, ...(after === undefined ? {} : { after }) }, signal));
const itemsOf = (source: ThreadSource, id: string): Promise<ThreadItem[]> =>
  all((after) => source.listItems(id, { limit: 10, order: 'asc', ...(after === undefined ? {} : { after }) }, signal));

describe('the sandbox', () => {
  async function sandbox(t: TestContext, user?: string) {
    const server = await startSandbox({ seed: 7, pace: 0 });
    t.after(() => server.close());
    return { server, ...sourceAt(t, server.serverUrl, server.apiKey, user) };
  }

  test('every thread and item is valid', async (t) => {
    const { source, lines } = await sandbox(t);
    const threads = await threadsOf(source);
    assert.ok(threads.length >= 60);
    assert.deepEqual(
      (await threadsOf(source, 'desc')).map(({ id }) => id),
      threads.map(({ id }) => id).toReversed(),
    );
    const kinds = new Set<ItemKind>();
    for (const { id } of threads) {
      for (const item of await itemsOf(source, id)) {
        kinds.add(item.kind);
        assert.ok(item.createdAt !== null && item.threadId === id);
        if (item.kind === 'unknown') assert.equal(item.problem, null, `${item.wireType}`);
      }
    }
    assert.ok(kinds.has('widget') && kinds.has('workflow') && kinds.has('client_tool_call'), [...kinds].join());
    assert.deepEqual(lines, []);
  });

  test('a thread is created, renamed and deleted, and the streamed items equal the stored ones', async (t) => {
    const { source, conversation } = await sandbox(t);
    const state = await run(conversation, { type: 'createThread', input: say('Hello') });
    assert.ok(state.thread !== null && state.fault === null);
    const { id } = state.thread;
    const stored = await itemsOf(source, id);
    const shown = stored.filter((item) => !(item.kind === 'unknown' && item.wireType === 'end_of_turn'));
    assert.deepEqual(
      state.items.map((item) => ({ ...item, raw: null })),
      shown.map((item) => ({ ...item, raw: null })),
    );
    assert.equal((await source.renameThread?.(id, 'Renamed', signal))?.title, 'Renamed');
    assert.equal((await source.getThread(id, signal)).title, 'Renamed');
    await source.deleteThread(id, signal);
    await assert.rejects(source.getThread(id, signal), (error) => isSourceError(error, 'notFound'));
  });

  const broken = new Set(['/crash', '/unknown']);
  for (const { command } of scripts.filter((script) => !broken.has(script.command))) {
    test(`${command}: the stored items equal the streamed ones`, async (t) => {
      const { source, conversation } = await sandbox(t);
      const state = await run(conversation, { type: 'createThread', input: say(command) });
      const stored = await itemsOf(source, state.thread?.id ?? '');
      const streamed = new Map(state.items.map((item) => [item.id, { ...item, raw: null }]));
      assert.deepEqual([...state.open], []);
      for (const item of stored) {
        // Progress is sent while an image is generated; a stored image has none.
        const said = streamed.get(item.id);
        assert.deepEqual(said, { ...item, raw: null }, item.kind);
      }
      assert.equal(stored.length, streamed.size);
    });
  }

  test('unknown items stay in the thread, and the stream continues', async (t) => {
    const { conversation } = await sandbox(t);
    const events = [];
    for await (const together of conversation.send({ type: 'createThread', input: say('/unknown') }, signal)) {
      events.push(...together);
    }
    const unknown = events.filter(({ event }) => event.type === 'unknown');
    assert.ok(unknown.length > 0 && unknown.every(({ raw }) => typeof raw === 'object' && raw !== null));
    assert.equal(events.at(-1)?.event.type === 'unknown', false);
  });

  test('a crashed stream reports an error after the received events', async (t) => {
    const { conversation } = await sandbox(t);
    const types: string[] = [];
    await assert.rejects(
      async () => {
        for await (const event of eventsOf(conversation.send({ type: 'createThread', input: say('/crash') }, signal)))
          types.push(event.type);
      },
      (error) => isSourceError(error, 'network'),
    );
    assert.deepEqual(types.slice(0, 2), ['threadCreated', 'itemDone']);
    assert.ok(types.length > 2);
  });

  test('a form can be answered', async (t) => {
    const { source, conversation } = await sandbox(t);
    const { thread, items } = await run(conversation, { type: 'createThread', input: say('/form') });
    const form = items.find((item) => item.kind === 'structured_input');
    assert.ok(thread !== null && form?.kind === 'structured_input' && form.status === 'pending');
    const answers = Object.fromEntries(
      form.inputs.map((field) => [field.id, { values: [field.options[0] ?? 'text'], skipped: false }]),
    );
    await run(
      conversation,
      { type: 'answerForm', threadId: thread.id, itemId: form.id, status: 'answered', answers },
      items,
    );
    const stored = (await itemsOf(source, thread.id)).find(({ id }) => id === form.id);
    assert.ok(stored?.kind === 'structured_input' && stored.status === 'answered');
    assert.deepEqual(stored.inputs[0]?.answer?.values, answers[form.inputs[0]?.id ?? '']?.values);
  });

  test('a widget runs streaming and synchronous actions', async (t) => {
    const { conversation } = await sandbox(t);
    const { thread, items } = await run(conversation, { type: 'createThread', input: say('/widget') });
    const widget = items.find((item) => item.kind === 'widget');
    assert.ok(thread !== null && widget !== undefined);
    const action = { threadId: thread.id, itemId: widget.id, type: 'x', payload: { a: 1 } };
    const state = await run(conversation, { type: 'customAction', action }, items);
    assert.equal(state.fault, null);
    await conversation.syncAction(action, signal);
    assert.equal(conversation.supports('syncAction'), true);
  });

  test('a user sees only their own threads', async (t) => {
    const { source } = await sandbox(t, 'no-such-user');
    assert.deepEqual(await threadsOf(source), []);
  });

  test('feedback, retrying and stopping', async (t) => {
    const { source, conversation } = await sandbox(t);
    const { thread, items } = await run(conversation, { type: 'createThread', input: say('Hello') });
    assert.ok(thread !== null);
    const [message] = items;
    await conversation.sendFeedback(thread.id, [message?.id ?? ''], 'positive', signal);
    const again = await run(conversation, { type: 'retryAfter', threadId: thread.id, itemId: message?.id ?? '' });
    assert.ok(again.items.length > 0);
    for await (const event of eventsOf(
      conversation.send({ type: 'addUserMessage', threadId: thread.id, input: say('More') }, signal),
    )) {
      if (event.type === 'itemDone') break;
    }
    assert.ok((await itemsOf(source, thread.id)).length > 0);
  });

  test('a file is uploaded in two phases and sent with a message', async (t) => {
    const { source, conversation } = await sandbox(t);
    const attachment = await conversation.upload(
      { name: 'a.txt', mimeType: 'text/plain', bytes: Buffer.from('hi') },
      signal,
    );
    assert.equal(attachment.name, 'a.txt');
    const { thread } = await run(conversation, { type: 'createThread', input: say('See this', [attachment.id]) });
    const [message] = await itemsOf(source, thread?.id ?? '');
    assert.ok(message?.kind === 'user_message' && message.attachments[0]?.id === attachment.id);
  });

  test('speech', async (t) => {
    const { conversation } = await sandbox(t);
    const text = await conversation.transcribe({ name: 'a', mimeType: 'audio/mp4', bytes: Buffer.from('abc') }, signal);
    assert.notEqual(text, '');
  });

  test('a wrong key', async (t) => {
    const { server } = await sandbox(t);
    const { source, conversation } = sourceAt(t, server.serverUrl, 'sk-wrong-key-1');
    await assert.rejects(threadsOf(source), (error) => isSourceError(error, 'unauthorized'));
    await assert.rejects(run(conversation, { type: 'createThread', input: say('x') }), (error) =>
      isSourceError(error, 'unauthorized'),
    );
  });
});

describe('the Node port', () => {
  test('supports its whole protocol', async (t) => {
    const { url } = await startNodePort(t, true);
    const { source, conversation, lines } = sourceAt(t, url);
    assert.deepEqual(await threadsOf(source), []);

    const states = [];
    for (const text of ['one', 'two', 'three'])
      states.push(await run(conversation, { type: 'createThread', input: say(text) }));
    const ids = states.map(({ thread }) => thread?.id ?? '');
    const [firstState] = states;
    const [question, reply] = firstState?.items ?? [];
    assert.ok(question?.kind === 'user_message' && reply?.kind === 'assistant_message');
    assert.equal(reply.parts[0]?.text, 'Echo: one');
    assert.deepEqual(
      (await threadsOf(source)).map(({ id }) => id),
      ids,
    );
    assert.deepEqual(
      (await source.listThreads({ limit: 2, order: 'desc' }, signal)).data.map(({ id }) => id),
      ids.toReversed().slice(0, 2),
    );

    const [id = ''] = ids;
    for (let count = 0; count < 12; count += 1) {
      await run(conversation, { type: 'addUserMessage', threadId: id, input: say(`${count}`) });
    }
    const items = await itemsOf(source, id);
    assert.equal(items.length, 26);
    assert.equal(new Set(items.map((item) => item.id)).size, 26);
    assert.equal(items[0]?.id, question.id, 'order is always sent, so the port’s own default does not matter');

    assert.equal((await source.renameThread?.(id, 'Renamed', signal))?.title, 'Renamed');
    const acted = await run(conversation, {
      type: 'customAction',
      action: { threadId: id, itemId: null, type: 'x', payload: {} },
    });
    assert.equal(acted.thread?.title, 'Acted');
    await conversation.sendFeedback(id, [reply.id], 'positive', signal);

    const open = await run(conversation, { type: 'addUserMessage', threadId: id, input: say('weather') });
    const call = open.items.at(-1);
    assert.ok(call?.kind === 'client_tool_call' && call.status === 'open');
    assert.deepEqual(call.arguments, { form: 'value', value: { city: 'Oslo' } });
    const answered = await run(conversation, { type: 'addToolOutput', threadId: id, result: { degrees: 4 } });
    const [completed, after] = answered.items;
    assert.ok(completed?.kind === 'client_tool_call' && completed.status === 'completed');
    assert.ok(after?.kind === 'assistant_message');

    const attachment = await conversation.upload(
      { name: 'a.pdf', mimeType: 'application/pdf', bytes: Buffer.from('x') },
      signal,
    );
    await conversation.deleteAttachment(attachment.id, signal);

    await source.deleteThread(id, signal);
    await assert.rejects(source.getThread(id, signal), (error) => isSourceError(error, 'notFound'));
    await assert.rejects(source.deleteThread(id, signal), (error) => isSourceError(error, 'notFound'));
    assert.deepEqual(lines, []);
  });

  for (const detailed of [true, false]) {
    test(`${detailed ? 'an error that names a missing command hides it' : 'an error without a cause hides no command'}`, async (t) => {
      const { url } = await startNodePort(t, detailed);
      const { source, conversation } = sourceAt(t, url);
      const audio = { name: 'a', mimeType: 'audio/mp4', bytes: Buffer.from('abc') };
      await assert.rejects(conversation.transcribe(audio, signal));
      assert.equal(conversation.supports('transcribe'), !detailed);
      assert.deepEqual([source.capabilities.customActions, source.capabilities.feedback], [true, true]);
    });
  }

  test('retrying, and stopping in the middle', async (t) => {
    const { url } = await startNodePort(t, true);
    const { source, conversation } = sourceAt(t, url);
    const { thread, items } = await run(conversation, { type: 'createThread', input: say('one') });
    const id = thread?.id ?? '';
    const [question, reply] = items;
    const again = await run(conversation, { type: 'retryAfter', threadId: id, itemId: question?.id ?? '' });
    assert.equal(again.fault, null);
    // This port sends a new answer and keeps the old one too.
    assert.deepEqual(
      again.items.map(({ kind }) => kind),
      ['assistant_message'],
    );
    assert.notEqual(again.items[0]?.id, reply?.id);
    const stored = (await itemsOf(source, id)).length;
    let came = 0;
    for await (const event of eventsOf(
      conversation.send({ type: 'addUserMessage', threadId: id, input: say('two') }, signal),
    )) {
      came += 1;
      if (event.type === 'itemUpdated') break;
    }
    assert.ok(came > 1);
    assert.ok((await itemsOf(source, id)).length > stored, 'the message that was sent is there');
  });

  test('an agent that fails in the middle', async (t) => {
    const { url } = await startNodePort(t, true);
    const { conversation } = sourceAt(t, url);
    const state = await run(conversation, { type: 'createThread', input: say('fail') });
    assert.deepEqual(
      state.items.map(({ kind }) => kind),
      ['user_message'],
    );
    assert.notEqual(state.fault, null);
  });
});

describe('streamed responses in a saved event log', () => {
  async function recorded(conversation: ConversationApi, command: StreamCommand): Promise<ResponseRecorder> {
    const kept = new ResponseRecorder('1', { command: 'threads.create', threadId: null, startedAt: 0 });
    try {
      for await (const received of conversation.send(command, signal)) kept.add(received);
      kept.finish({ kind: 'closed', at: 60_000, reason: null });
    } catch (error) {
      kept.finish({ kind: 'failed', at: 60_000, reason: String(error) });
    }
    return kept;
  }

  function assertSaved(kept: ResponseRecorder): void {
    const lines = eventLogLines(kept, { connection: null, savedAt: 0, redact: (text) => text });
    const { response: read, stoppedAt } = readEventLog([...lines].join(''));
    assert.equal(stoppedAt, null);
    assert.ok(read.events.length > 0);
    assert.deepEqual([read.events, read.end, read.latencies], [kept.events, kept.end, kept.latencies]);
  }

  test('of the sandbox, with every command and after a crash', async (t) => {
    const server = await startSandbox({ seed: 7, pace: 0 });
    t.after(() => server.close());
    const { conversation } = sourceAt(t, server.serverUrl, server.apiKey);
    for (const text of ['/all', '/crash', '/unknown']) {
      assertSaved(await recorded(conversation, { type: 'createThread', input: say(text) }));
    }
  });

  test('of the Node port', async (t) => {
    const { url } = await startNodePort(t, true);
    const { conversation } = sourceAt(t, url);
    const kept = await recorded(conversation, { type: 'createThread', input: say('one') });
    assertSaved(kept);
    assert.ok(kept.latencies.firstText !== null && kept.threadId !== null);
  });
});
