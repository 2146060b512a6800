import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ReceivedEvent } from '../../../src/chatkit/common/stream/events.ts';
import type { Thread } from '../../../src/chatkit/common/model/thread.ts';
import type { StreamCommand } from '../../../src/chatkit/common/stream/conversationApi.ts';
import type { ThreadSource } from '../../../src/chatkit/common/threadSource.ts';
import { readThread, runScript } from '../../../src/conversation/common/script/runScript.ts';
import type { RunScriptOptions, ScriptStep } from '../../../src/conversation/common/script/types.ts';
import { textOf } from '../../support/conversationText.ts';
import { assistant, delta, received, thread } from '../eventLog/events.ts';
import { ManualClock, answeringSource, realClock, sandboxSource, signal } from './bench.ts';
import { act, answerForm, answerTool, retry, say, wait } from './steps.ts';

const options: RunScriptOptions = { signal, clock: realClock };
const kinds = (items: readonly { readonly kind: string }[]) => items.map(({ kind }) => kind);

/** A source whose every response is the same; gives the commands that reached it. */
function repeating(events: readonly ReceivedEvent[], commands: StreamCommand[] = []) {
  return answeringSource(async function* (command) {
    commands.push(command);
    yield events;
  });
}

const greeting = [
  { type: 'thread.created', thread },
  { type: 'thread.item.added', item: assistant('msg_1', '') },
  delta('msg_1', 'Hello'),
  { type: 'thread.item.done', item: assistant('msg_1', 'Hello') },
].map((raw, index) => received(raw, index * 10));

describe('reading a thread again', () => {
  test('a server whose pages repeat is an error, not an endless list', async () => {
    let pages = 0;
    const source = {
      ...repeating([]),
      getThread: async () => thread as unknown as Thread,
      listItems: async () => {
        pages += 1;
        return { data: [], hasMore: true, next: 'again' };
      },
    } as Partial<ThreadSource> as ThreadSource;
    await assert.rejects(readThread(source, 'thr_1', signal), { kind: 'invalidResponse' });
    assert.equal(pages, 2);
  });
});

describe('a script against the sandbox', () => {
  test('runs every kind of step, and returns its result', async (t) => {
    const source = await sandboxSource(t);
    const steps: readonly ScriptStep[] = [
      say('/tool get_location'),
      answerTool({ city: 'Oslo' }, 'get_location'),
      say('/form', { quote: 'a quote', model: 'gpt-x', tool: 'search' }),
      answerForm({ 'How urgent is it?': 'Today', channels: ['Mail', 'Chat'] }),
      say('/widget'),
      act({ label: 'Thank the driver' }),
      act({ component: 'Button', label: 'Press' }),
      act({ label: 'Press in sync' }),
      { type: 'feedback', kind: 'positive' },
      retry('/form'),
      answerForm('skip'),
      { type: 'rename', title: 'Renamed' },
      say('', { files: [{ name: 'note.txt', mimeType: 'text/plain', text: 'hello' }] }),
      wait(1),
    ];
    const result = await runScript(source, steps, options);
    assert.equal(result.failure, null, result.failure?.error.message);
    assert.deepEqual(
      result.steps.map(({ items }) => kinds(items)),
      [
        ['user_message', 'assistant_message', 'client_tool_call'],
        ['assistant_message'],
        ['user_message', 'structured_input'],
        ['structured_input', 'assistant_message'],
        ['user_message', 'widget', 'widget'],
        ['widget', 'assistant_message'],
        ['widget', 'assistant_message'],
        ['widget'],
        [],
        ['structured_input'],
        ['structured_input', 'assistant_message'],
        [],
        ['user_message', 'assistant_message'],
        [],
      ],
    );
    // The retry has deleted the widgets and all that followed.
    assert.deepEqual(kinds(result.items), [
      'user_message',
      'assistant_message',
      'client_tool_call',
      'assistant_message',
      'user_message',
      'structured_input',
      'assistant_message',
      'user_message',
      'assistant_message',
    ]);
    assert.equal(result.thread?.title, 'Renamed');
    assert.deepEqual(result.problems, []);
    const first = result.steps[0];
    assert.ok(first && first.events.length > 5 && first.firstEventMs !== null && first.firstTextMs !== null);
    assert.ok(first.firstEventMs <= first.firstTextMs && first.openItems.length === 0);
    const stored = await source.listItems(result.threadId ?? '', { limit: 100, order: 'asc' }, signal);
    const visible = stored.data.filter(({ kind }) => kind !== 'unknown');
    assert.deepEqual(kinds(visible), kinds(result.items));
    const call = result.items[2];
    assert.ok(call?.kind === 'client_tool_call' && call.status === 'completed');
  });

  test('continues a thread that exists', async (t) => {
    const source = await sandboxSource(t);
    const { threadId } = await runScript(source, [say('/tool')], options);
    assert.ok(threadId);
    const result = await runScript(source, [answerTool(7)], { ...options, threadId });
    assert.equal(result.failure, null);
    assert.equal(result.items.at(-1)?.kind, 'assistant_message');
    assert.deepEqual(kinds(result.steps[0]?.items ?? []), ['assistant_message']);
  });

  test('collects progress, notices, effects and faults', async (t) => {
    const source = await sandboxSource(t);
    const result = await runScript(
      source,
      ['/progress', '/notice', '/effect', '/error custom'].map((text) => say(text)),
      options,
    );
    const [progress, notice, effect, error] = result.steps;
    assert.deepEqual(
      progress?.progress.map(({ text }) => text),
      ['Opening the document', 'Reading 48 pages', 'Almost there'],
    );
    assert.deepEqual(
      notice?.notices.map(({ level }) => level),
      ['info', 'warning', 'danger'],
    );
    assert.deepEqual(
      effect?.effects.map(({ name }) => name),
      ['open_cart', 'confetti'],
    );
    assert.equal(error?.outcome, 'fault');
    assert.equal(result.failure, null, 'an error event is a result, not a failure of the script');
  });

  test('a stream that breaks ends the script, unless the step may fail', async (t) => {
    const source = await sandboxSource(t);
    const steps = [say('/crash'), say('/text')];
    const broken = await runScript(source, steps, options);
    assert.equal(broken.failure?.step, 0);
    assert.equal(broken.failure.error.kind, 'source');
    assert.equal(broken.steps[0]?.outcome, 'failed');
    assert.equal(textOf(broken.items.at(-1)), 'This sentence will nev');
    assert.equal(broken.steps[0].openItems.length, 1);
    const going = await runScript(source, steps, { ...options, mayFail: (index) => index === 0 });
    assert.equal(going.failure, null);
    assert.equal(going.steps.length, 2);
  });
});

describe('a step that cannot be done', () => {
  const cases: readonly (readonly [string, readonly ScriptStep[], string, RegExp])[] = [
    ['a retry before any thread', [retry()], 'noThread', /send a message first/],
    ['an output without a tool call', [say('Hi'), answerTool(1, 'get_x')], 'notFound', /No tool call "get_x" waits/],
    ['answers without a form', [say('Hi'), answerForm({})], 'notFound', /No form waits/],
    ['an action without a widget', [say('Hi'), act({ label: 'Go' })], 'notFound', /No widget has an action for "Go"\./],
    ['a retry from a message that is not there', [say('Hi'), retry('bye')], 'notFound', /contains "bye"/],
    ['a file where none can be read', [say('', { files: [{ path: 'a.png' }] })], 'file', /"a\.png"/],
  ];
  for (const [title, steps, kind, message] of cases) {
    test(title, async () => {
      const { failure, steps: done } = await runScript(repeating(greeting), steps, options);
      assert.equal(failure?.error.kind, kind);
      assert.match(failure.error.message, message);
      assert.equal(failure.step, steps.length - 1);
      assert.equal(done.length, steps.length);
    });
  }

  test('errors about a wrong tool, question or label name what exists', async (t) => {
    const source = await sandboxSource(t);
    const failing = async (text: string, step: ScriptStep) =>
      (await runScript(source, [say(text), step], options)).failure?.error.message;
    assert.equal(
      await failing('/tool', answerTool(1, 'other')),
      'No tool call "other" waits for its output; found "get_location".',
    );
    assert.match(
      (await failing('/form', answerForm({ Why: 'x' }))) ?? '',
      /no question "Why"; found "How urgent is it\?"/,
    );
    assert.match(
      (await failing('/widget order', act({ label: 'Nope' }))) ?? '',
      /No widget has an action for "Nope"; found Card "Got it"/,
    );
  });

  test('a connection that can only read', async () => {
    const { conversation: _conversation, ...reading } = repeating(greeting);
    const { failure } = await runScript(reading, [say('Hi')], options);
    assert.equal(failure?.error.kind, 'unsupported');
  });
});

describe('time and memory', () => {
  /** Yields one batch, then hangs, whether or not the signal fires. */
  const hanging = () =>
    answeringSource(async function* () {
      yield greeting;
      await new Promise<void>(() => undefined);
    });
  /** Moves the clock once the first events are there. */
  const moving = (clock: ManualClock, ms: number): Pick<RunScriptOptions, 'clock' | 'onEvents'> => ({
    clock,
    onEvents: () => queueMicrotask(() => clock.move(ms)),
  });

  test('a step that takes too long ends the script, also where the source ignores that', async () => {
    const clock = new ManualClock();
    const result = await runScript(hanging(), [say('Hi')], {
      ...options,
      ...moving(clock, 5_000),
      stepTimeoutMs: 5_000,
    });
    assert.equal(result.failure?.error.kind, 'timeout');
    assert.equal(result.failure.error.message, 'Step 1 took longer than 5000 ms.');
    assert.deepEqual(kinds(result.items), ['assistant_message'], 'what arrived is there');
    assert.equal(result.steps[0]?.outcome, 'stopped');
    assert.equal(clock.pending, 0, 'no timer is left');
  });

  test('the time limit of the script applies to all steps together', async () => {
    const clock = new ManualClock();
    const result = await runScript(hanging(), [wait(0), say('Hi')], {
      ...options,
      ...moving(clock, 900),
      timeoutMs: 800,
      onStepStart: () => queueMicrotask(() => clock.move(0)),
    });
    assert.equal(result.failure?.error.message, 'The script took longer than 800 ms.');
  });

  test('when cancelled, it ends at once with the events that arrived', async () => {
    const stop = new AbortController();
    const result = await runScript(hanging(), [say('Hi'), say('Never')], {
      ...options,
      signal: stop.signal,
      onEvents: () => stop.abort(),
    });
    assert.equal(result.failure?.error.kind, 'cancelled');
    assert.equal(result.steps.length, 1);
    assert.equal(textOf(result.items[0]), 'Hello');
  });

  test('an aborted signal starts nothing', async () => {
    const commands: StreamCommand[] = [];
    const result = await runScript(repeating(greeting, commands), [say('Hi')], {
      ...options,
      signal: AbortSignal.abort(),
    });
    assert.equal(result.failure?.error.kind, 'cancelled');
    assert.deepEqual(commands, []);
  });

  test('events beyond the limit are counted, and still applied', async () => {
    const result = await runScript(repeating(greeting), [say('Hi')], { ...options, limits: { events: 2 } });
    const [step] = result.steps;
    assert.deepEqual([step?.events.length, step?.droppedEvents], [2, 2]);
    assert.equal(textOf(result.items[0]), 'Hello');
  });

  test('a thread that grows beyond the limit ends the script', async () => {
    let serial = 0;
    const source = answeringSource(async function* () {
      yield [
        { type: 'thread.created', thread },
        { type: 'thread.item.done', item: assistant(`msg_${(serial += 1)}`, 'x') },
      ].map((raw) => received(raw, 0));
    });
    const steps = Array.from({ length: 5 }, () => say('Hi'));
    const result = await runScript(source, steps, { ...options, limits: { items: 3 } });
    assert.equal(result.failure?.step, 3);
    assert.match(result.failure.error.message, /more than 3 items/);
  });

  test('reports steps and events as they happen', async () => {
    const log: string[] = [];
    await runScript(repeating(greeting), [say('Hi'), wait(0)], {
      ...options,
      onStepStart: (index, { type }) => log.push(`start ${index} ${type}`),
      onEvents: (index, events) => log.push(`events ${index} ${events.length}`),
      onStepEnd: ({ index, outcome }) => log.push(`end ${index} ${outcome}`),
    });
    assert.deepEqual(log, ['start 0 say', 'events 0 4', 'end 0 done', 'start 1 wait', 'end 1 none']);
  });

  test('a checker of the protocol receives each response and the items before it', async () => {
    const seen: string[] = [];
    const result = await runScript(repeating(greeting), [say('Hi'), say('Again')], {
      ...options,
      checkProtocol: ({ command, events, before }) => {
        seen.push(`${command.type} ${events.length} ${before.length}`);
        return [{ rule: 'r', severity: 'warning', message: 'odd' }];
      },
    });
    assert.deepEqual(seen, ['createThread 4 0', 'addUserMessage 4 1']);
    assert.equal(result.problems.length, 2);
  });
});
