import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readTestFile } from '../../../src/conversation/common/tests/readTestFile.ts';
import { evaluate } from '../../../src/conversation/common/tests/evaluate.ts';
import {
  type RunTestOptions,
  runTest,
  runTests,
  selectTests,
} from '../../../src/conversation/common/tests/runTests.ts';
import { readSnapshots, writeSnapshots } from '../../../src/conversation/common/tests/snapshots.ts';
import { exactRedactor } from '../../../src/base/common/redact.ts';
import type { TestCase } from '../../../src/conversation/common/tests/schema/testFileSchema.ts';
import { assistant, received, thread } from '../eventLog/events.ts';
import { answeringSource, realClock, sandboxSource, signal } from './bench.ts';
import { outcomeOf, selectedTests } from './outcomes.ts';

const options: RunTestOptions = { signal, clock: realClock, snapshots: new Map() };

function testOf(test: object): TestCase {
  const [only] = readTestFile(JSON.stringify({ tests: [{ name: 'a', ...test }] })).resolve(() => undefined).tests;
  assert.ok(only);
  return only;
}

/** Answers with one of the texts after the other. */
function answering(...texts: readonly string[]) {
  let serial = 0;
  return answeringSource(async function* () {
    const text = texts[serial % texts.length] ?? '';
    serial += 1;
    yield [
      { type: 'thread.created', thread },
      { type: 'thread.item.done', item: assistant(`msg_${serial}`, text) },
    ].map((raw) => received(raw, 5));
  });
}
const says = (text: string) => ({ steps: [{ say: 'Hi', expect: { exactly: [{ kind: 'assistant_message', text }] } }] });

describe('runTest', () => {
  test('passes, or fails with the place of the mismatch', async () => {
    assert.equal((await runTest(evaluate, answering('yes'), testOf(says('yes')), options)).verdict, 'passed');
    const failed = await runTest(evaluate, answering('no'), testOf(says('yes')), options);
    assert.equal(failed.verdict, 'failed');
    assert.deepEqual(
      failed.failures.map(({ path, step, expected, actual }) => [path.join('.'), step, expected, actual]),
      [['tests.0.steps.0.expect.exactly.0.text', 0, 'yes', 'no']],
    );
  });

  test('secrets are neither saved in snapshots nor reported, also where a text is cut', async () => {
    const secret = 'hunter2-abcdef';
    const redact = exactRedactor([secret]);
    const snapshot = testOf({ steps: [{ say: 'Hi', expect: { snapshot: true } }] });
    const taken = await runTest(evaluate, answering(`it is ${secret}`), snapshot, {
      ...options,
      redact,
      acceptSnapshots: true,
    });
    assert.equal(taken.verdict, 'passed');
    const saved = writeSnapshots(taken.snapshots);
    assert.match(saved, /it is •••/);
    assert.doesNotMatch(saved, /hunter2/);
    const again = await runTest(evaluate, answering(`it is ${secret}`), snapshot, {
      ...options,
      redact,
      snapshots: readSnapshots(saved),
    });
    assert.deepEqual([again.verdict, again.failures], ['passed', []]);
    for (let before = 100; before < 125; before += 1) {
      const text = `${'x'.repeat(before)}${secret}`;
      const { failures } = await runTest(evaluate, answering(text), testOf(says('yes')), { ...options, redact });
      assert.doesNotMatch(JSON.stringify(failures), /hunt/, `after ${before} characters`);
    }
  });

  const spreads: readonly (readonly [string, object, number | undefined, readonly string[], string, number])[] = [
    ['all of its runs', { runs: 3 }, undefined, ['yes', 'yes', 'no'], 'failed', 3],
    ['at least so many', { runs: 3, atLeast: 2 }, undefined, ['yes', 'no', 'yes'], 'passed', 3],
    ['too few', { runs: 3, atLeast: 2 }, undefined, ['no', 'no', 'yes'], 'failed', 3],
    ['repeated, all must pass', { runs: 1 }, 4, ['yes', 'yes', 'yes', 'no'], 'failed', 4],
  ];
  for (const [title, settings, repeat, texts, verdict, runs] of spreads) {
    test(`counts runs: ${title}`, async () => {
      const outcome = await runTest(evaluate, answering(...texts), testOf({ ...settings, ...says('yes') }), {
        ...options,
        repeat,
      });
      assert.deepEqual([outcome.verdict, outcome.runs.length], [verdict, runs]);
    });
  }

  test('ends early if the verdict is certain and the option is set', async () => {
    const source = answering('no');
    const outcome = await runTest(evaluate, source, testOf({ runs: 5, atLeast: 4, ...says('yes') }), {
      ...options,
      early: true,
    });
    assert.deepEqual([outcome.verdict, outcome.runs.length], ['failed', 2]);
  });

  test('a skipped test does not run', async () => {
    const outcome = await runTest(evaluate, answering('x'), testOf({ skip: 'later', ...says('yes') }), options);
    assert.deepEqual([outcome.verdict, outcome.skip, outcome.runs], ['skipped', 'later', []]);
  });

  test('when cancelled, it is neither passed nor failed', async () => {
    const stop = new AbortController();
    const test = testOf({ runs: 3, ...says('yes') });
    const outcome = await runTest(evaluate, answering('yes'), test, {
      ...options,
      signal: stop.signal,
      onRun: () => stop.abort(),
    });
    assert.deepEqual([outcome.verdict, outcome.runs.length], ['cancelled', 1]);
  });

  test('a step that cannot be done is the only failure', async () => {
    const test = testOf({
      steps: [{ say: 'Hi' }, { answerTool: 'x', output: 1, expect: { exactly: [{ kind: 'widget' }] } }],
    });
    const { failures } = await runTest(evaluate, answering('yes'), test, options);
    assert.deepEqual(
      failures.map(({ path, message }) => [path.join('.'), message]),
      [['tests.0.steps.1', 'No tool call "x" waits for its output']],
    );
  });

  test('expectations of the thread fail if there is no thread', async () => {
    const test = testOf({ steps: [{ wait: 1 }], expect: { contains: [{ kind: 'widget' }] } });
    const { verdict, failures } = await runTest(evaluate, answering('yes'), test, options);
    assert.equal(verdict, 'failed');
    assert.deepEqual(
      failures.map(({ path, message }) => [path.join('.'), message]),
      [['tests.0.expect', 'There is no thread to compare: no response contained its ID']],
    );
  });

  test('reports contain no secrets', async () => {
    const { failures } = await runTest(evaluate, answering('token-123'), testOf(says('yes')), {
      ...options,
      redact: (text) => text.replaceAll('token-123', '•••'),
    });
    assert.ok(!JSON.stringify(failures).includes('token-123'));
    assert.equal(failures[0]?.actual, '•••');
  });

  test('checks the stored thread, and compares snapshots', async (t) => {
    const source = await sandboxSource(t);
    const test = testOf({
      steps: [
        { say: '/tool', expect: { snapshot: true } },
        { answerTool: 'get_location', output: { city: 'Oslo' } },
      ],
      expect: {
        exactly: [
          { kind: 'user_message' },
          { kind: 'assistant_message' },
          { kind: 'client_tool_call', status: 'completed', output: { city: 'Oslo' } },
          { kind: 'assistant_message', text: { contains: 'Oslo' } },
        ],
        title: 'Tool',
        status: 'active',
        openItems: 'none',
        problems: 'none',
        snapshot: 'whole',
      },
    });
    const first = await runTest(evaluate, source, test, options);
    assert.deepEqual(
      first.failures.map(({ message, snapshot }) => [message, snapshot]),
      [
        [
          'No snapshot "a › step 1" is saved yet: use Accept Snapshot in the editor, or --update-snapshots on the command line',
          'a › step 1',
        ],
        [
          'No snapshot "a › whole" is saved yet: use Accept Snapshot in the editor, or --update-snapshots on the command line',
          'a › whole',
        ],
      ],
    );
    const second = await runTest(evaluate, source, test, { ...options, snapshots: first.snapshots });
    assert.deepEqual([second.verdict, second.failures], ['passed', []]);
    const other = testOf({ steps: [{ say: '/tool get_time', expect: { snapshot: true } }] });
    const third = await runTest(evaluate, source, other, { ...options, snapshots: first.snapshots });
    assert.match(
      third.failures[0]?.message ?? '',
      /^The snapshot "a › step 1" differs: title changed from "Tool" to "Tool get_time"/,
    );
  });

  test('a widget alone may be a snapshot', async (t) => {
    const source = await sandboxSource(t);
    const test = testOf({
      steps: [{ say: '/widget order', expect: { exactly: [{ kind: 'widget', snapshot: true }] } }],
    });
    const { snapshots } = await runTest(evaluate, source, test, options);
    assert.deepEqual([...snapshots.keys()], ['a › step 1 exactly 0']);
    assert.equal((await runTest(evaluate, source, test, { ...options, snapshots })).verdict, 'passed');
  });
});

describe('runTests', () => {
  const base = { signal, workers: 2, bail: false, now: () => 0 };

  test('selects by name and by tag', () => {
    const names = (selection: Parameters<typeof selectTests>[1]) =>
      selectTests(selectedTests(), selection).map(({ test }) => test.name);
    assert.deepEqual(names({ grep: null, tags: [] }), ['one', 'two <b>', 'three']);
    assert.deepEqual(names({ grep: (name) => name.includes('t'), tags: [] }), ['two <b>', 'three']);
    assert.deepEqual(names({ grep: null, tags: ['slow', 'smoke'] }), ['one', 'two <b>']);
  });

  test('runs at most one test per worker, and reports in the order of the tests', async () => {
    let running = 0;
    let most = 0;
    const ends: string[] = [];
    const summary = await runTests(selectedTests(), {
      ...base,
      run: async ({ test }) => {
        most = Math.max(most, (running += 1));
        await new Promise((resolve) => setImmediate(resolve));
        if (test.name === 'one') await new Promise((resolve) => setImmediate(resolve));
        running -= 1;
        return outcomeOf(test.skip === null ? 'passed' : 'skipped');
      },
      onEnd: ({ test }) => ends.push(test.name),
    });
    assert.equal(most, 2);
    assert.deepEqual(
      summary.tests.map(({ test }) => test.name),
      ['one', 'two <b>', 'three'],
    );
    assert.deepEqual([summary.passed, summary.failed, summary.skipped, summary.notRun], [2, 0, 1, 0]);
    assert.equal(ends.length, 3);
  });

  test('stops at the first failure if the option is set', async () => {
    const summary = await runTests(selectedTests(), {
      ...base,
      workers: 1,
      bail: true,
      run: async () => outcomeOf('failed'),
    });
    assert.deepEqual([summary.failed, summary.notRun], [1, 2]);
  });

  test('when cancelled, counts the tests that did not run', async () => {
    const stop = new AbortController();
    const summary = await runTests(selectedTests(), {
      ...base,
      workers: 1,
      signal: stop.signal,
      run: async () => {
        stop.abort();
        return outcomeOf('cancelled');
      },
    });
    assert.deepEqual([summary.passed, summary.notRun], [0, 3]);
  });
});
