import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import {
  type MakeTestInput,
  type MakeTestOptions,
  makeTest,
} from '../../../src/conversation/common/tests/make/makeTest.ts';
import { readTestFile } from '../../../src/conversation/common/tests/readTestFile.ts';
import { evaluate } from '../../../src/conversation/common/tests/evaluate.ts';
import { runTest } from '../../../src/conversation/common/tests/runTests.ts';
import type { TestCase } from '../../../src/conversation/common/tests/schema/testFileSchema.ts';
import type { ThreadSource } from '../../../src/chatkit/common/threadSource.ts';
import { realClock, sandboxSource, signal } from './bench.ts';
import { faults } from './faults.ts';
import { record, repeatingSource, varied } from './recording.ts';
import { act, answerForm, answerTool, say } from './steps.ts';

const conversation = [
  say('/tool get_location'),
  answerTool({ city: 'Oslo' }),
  say('/widget'),
  act({ label: 'Press' }),
  say('/form'),
  answerForm({ 'How urgent is it?': 'Today', channels: ['Mail', 'Chat'] }),
  say('/workflow'),
  say('/notice'),
  say('/effect'),
];

/** Small, fast and the same in every run. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

/** The rows of the table in docs/testing.md: fault, found by default, found with texts. */
function documented(): readonly (readonly string[])[] {
  const text = readFileSync(new URL('../../../docs/testing.md', import.meta.url), 'utf8');
  return [...text.matchAll(/^\| (?!Fault|---)([^|]+) \| ([^|]+) \| ([^|]+) \|$/gm)].map(([, ...cells]) =>
    cells.map((cell) => cell.trim()),
  );
}

test('a test made from a correct conversation passes with it, and finds faults', async (t) => {
  const source = await sandboxSource(t);
  const good = await record(source, conversation);
  const made = (options: MakeTestOptions = {}, input: MakeTestInput = good.input): TestCase => {
    const file = readTestFile(makeTest(input, options));
    assert.deepEqual(file.problems, []);
    const [only] = file.resolve(() => undefined).tests;
    assert.ok(only);
    return only;
  };
  const run = async (server: ThreadSource, test: TestCase): Promise<readonly string[]> => {
    const { failures } = await runTest(evaluate, server, test, { signal, clock: realClock, snapshots: new Map() });
    return failures.map(({ path, message }) => `${path.join('.')}: ${message}`);
  };
  /** The expectations that failed, each once; a step that failed as a whole is one too. */
  const finders = (failures: readonly string[]): string => {
    const names = failures.map((failure) => /\.expect\.(\w+)/.exec(failure)?.[1] ?? 'step');
    return [...new Set(names)].join(', ') || 'no';
  };
  const plain = made();
  const exact = made({ texts: true });
  // Without its streams, a thread does not show what a user did in a widget.
  const upToAction = await record(source, conversation.slice(0, 3));
  const fromThread = made({}, { ...upToAction.input, responses: null });

  await t.test('passes 100 times against the same server, whatever its ids and times', async () => {
    const random = randomFrom(7);
    for (let index = 0; index < 100; index++) {
      const server = repeatingSource(varied(good.recording, index, random));
      assert.deepEqual(await run(server, index % 2 === 0 ? plain : exact), [], `run ${index}`);
    }
  });

  await t.test('passes against the real server again', async () => {
    for (const one of [plain, exact, fromThread]) assert.deepEqual(await run(source, one), []);
  });

  await t.test('finds at least 38 of 41 faults by default, and all with texts', async () => {
    assert.equal(faults.length, 41);
    assert.equal(new Set(faults.map(({ name }) => name)).size, 41);
    const random = randomFrom(11);
    const rows: (readonly string[])[] = [];
    const found = { plain: 0, exact: 0 };
    for (const [index, { name, apply }] of faults.entries()) {
      const recording = varied(good.recording, index, random);
      const before = JSON.stringify(recording);
      apply(recording);
      assert.notEqual(JSON.stringify(recording), before, `"${name}" changes nothing`);
      const byDefault = finders(await run(repeatingSource(recording), plain));
      const withTexts = finders(await run(repeatingSource(recording), exact));
      if (byDefault !== 'no') found.plain += 1;
      if (withTexts !== 'no') found.exact += 1;
      rows.push([name, byDefault, withTexts]);
    }
    assert.ok(found.plain >= 38, `found ${found.plain}: ${JSON.stringify(rows.filter(([, one]) => one === 'no'))}`);
    assert.equal(found.exact, 41, JSON.stringify(rows.filter(([, , one]) => one === 'no')));
    assert.deepEqual(documented(), rows, 'docs/testing.md shows the same');
  });
});
