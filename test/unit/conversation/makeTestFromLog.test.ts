import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { eventLogLines, readEventLog } from '../../../src/eventLog/common/readEventLog.ts';
import { ResponseRecorder } from '../../../src/eventLog/common/responseRecorder.ts';
import type { Json, JsonObject } from '../../../src/base/common/json.ts';
import type { StreamCommand } from '../../../src/chatkit/common/stream/conversationApi.ts';
import { toWireCommand } from '../../../src/chatkit/common/wire/server/command.ts';
import { makeTest } from '../../../src/conversation/common/tests/make/makeTest.ts';
import type { RecordedResponse } from '../../../src/conversation/common/tests/make/responseDrafts.ts';
import { scriptOfThread } from '../../../src/conversation/common/tests/make/threadDrafts.ts';
import { readTestFile } from '../../../src/conversation/common/tests/readTestFile.ts';
import { evaluate } from '../../../src/conversation/common/tests/evaluate.ts';
import { runTest } from '../../../src/conversation/common/tests/runTests.ts';
import { runScript } from '../../../src/conversation/common/script/runScript.ts';
import { compareThreads } from '../../../src/threads/common/compare/compareThreads.ts';
import { realClock, sandboxSource, signal } from './bench.ts';
import { record } from './recording.ts';
import { act, answerForm, answerTool, retry, say } from './steps.ts';

/** A response as it is after its event log was saved and read again. */
function savedAndRead({ command, received }: RecordedResponse): RecordedResponse {
  const name = typeof command === 'string' ? command : toWireCommand(command as StreamCommand).type;
  const run = new ResponseRecorder('1', { command: name, threadId: 'thr_1', startedAt: 0 });
  run.add(received.filter((event) => event !== null));
  const text = [...eventLogLines(run, { connection: null, savedAt: 0, redact: (line) => line })].join('');
  const saved = readEventLog(text);
  return { command: saved.response.command, received: saved.received };
}

const stepsOf = (text: string): readonly JsonObject[] => {
  const file = JSON.parse(text) as { tests: [{ steps: JsonObject[] }] };
  return file.tests[0].steps.map(({ expect: _expect, ...step }) => step as JsonObject);
};

describe('makeTest from recorded responses', () => {
  test('contains the messages of the user unchanged, and the fields and the target of an action', async (t) => {
    const source = await sandboxSource(t);
    const good = await record(source, [
      say('/widget form', { quote: 'Lisbon', model: 'gpt-x', tool: 'search' }),
      act({ action: 'table.book' }, { 'guest.name': 'Ada', remind: false }),
      say('/text'),
      retry('/widget form'),
      retry(),
    ]);
    const text = makeTest(good.input);
    assert.deepEqual(stepsOf(text)[1], { act: { label: 'Book' }, values: { 'guest.name': 'Ada', remind: false } });
    assert.deepEqual(stepsOf(text).slice(2), [{ say: '/text' }, { retry: '/widget form' }, { retry: true }]);
    assert.deepEqual(stepsOf(text)[0], { say: '/widget form', quote: 'Lisbon', model: 'gpt-x', tool: 'search' });
    const [only] = readTestFile(text).resolve(() => undefined).tests;
    assert.ok(only);
    const outcome = await runTest(evaluate, source, only, { signal, clock: realClock, snapshots: new Map() });
    assert.deepEqual(outcome.failures, []);
  });

  test('from saved event logs, with the stored thread for what a log does not contain', async (t) => {
    const source = await sandboxSource(t);
    const good = await record(source, [
      say('/tool'),
      answerTool({ city: 'Oslo' }),
      say('/form'),
      answerForm({ urgency: 'Today' }),
    ]);
    const responses = (good.input.responses ?? []).map(savedAndRead);
    const text = makeTest({ ...good.input, responses });
    assert.deepEqual(stepsOf(text), [
      { say: '/tool' },
      { answerTool: 'get_location', output: { city: 'Oslo' } },
      { say: '/form' },
      { answerForm: { 'How urgent is it?': 'Today', 'How may we reach you?': null, 'Anything else?': null } as Json },
    ]);
    const [only] = readTestFile(text).resolve(() => undefined).tests;
    assert.ok(only);
    assert.deepEqual(
      (await runTest(evaluate, source, only, { signal, clock: realClock, snapshots: new Map() })).failures,
      [],
    );
  });

  test('skips a test that lacks data of the user, and names what to fill in', async (t) => {
    const source = await sandboxSource(t);
    const good = await record(source, [say('/tool'), answerTool(1), say('/widget'), act({ label: 'Press' })]);
    const text = makeTest({ ...good.input, items: [], responses: (good.input.responses ?? []).map(savedAndRead) });
    const file = readTestFile(text);
    assert.deepEqual(file.problems, []);
    const [only] = file.resolve(() => undefined).tests;
    assert.equal(
      only?.skip,
      'Fill in step 2: the output of get_location; step 4: the action, which the log does not contain.',
    );
  });
});

describe('scriptOfThread', () => {
  test('repeats a thread in a new one, with the same result', async (t) => {
    const source = await sandboxSource(t);
    const steps = [say('/tool'), answerTool({ city: 'Oslo' }), say('/form'), answerForm('skip'), say('/workflow')];
    const first = await runScript(source, steps, { signal, clock: realClock });
    const script = scriptOfThread(first.items);
    assert.deepEqual(
      script.steps.map(({ type }) => type),
      ['say', 'answerTool', 'say', 'answerForm', 'say'],
    );
    const second = await runScript(source, script.steps, { signal, clock: realClock });
    assert.equal(second.failure, null);
    assert.equal(compareThreads(first, second).differences, 0);
  });

  test('up to an item, for a fork', async (t) => {
    const source = await sandboxSource(t);
    const { items } = await runScript(source, [say('/tool'), answerTool(1), say('/text')], {
      signal,
      clock: realClock,
    });
    const until = items.findLast(({ kind }) => kind === 'user_message')?.id ?? '';
    assert.deepEqual(
      scriptOfThread(items, until).steps.map(({ type }) => type),
      ['say', 'answerTool', 'say'],
    );
    assert.deepEqual(
      scriptOfThread(items, items[0]?.id).steps.map(({ type }) => type),
      ['say'],
    );
    assert.throws(() => scriptOfThread([]), RangeError);
  });
});
