// Tests that are over, for reports.
import { readTestFile } from '../../../src/conversation/common/tests/readTestFile.ts';
import type {
  FinishedTest,
  SelectedTest,
  TestOutcome,
  TestRun,
} from '../../../src/conversation/common/tests/runTests.ts';

export const fileText = `{
  "tests": [
    { "name": "one", "tags": ["smoke"], "steps": [{ "say": "a" }] },
    { "name": "two <b>", "tags": ["slow"], "steps": [
      { "say": "b", "expect": { "exactly": [{ "kind": "widget" }] } }
    ] },
    { "name": "three", "skip": "later", "steps": [{ "say": "c" }] }
  ]
}`;

export function selectedTests(file = 'tests/orders.chatkit-test.json', text = fileText): readonly SelectedTest[] {
  const read = readTestFile(text);
  return read
    .resolve(() => undefined)
    .tests.map((test, index) => ({
      file,
      test,
      place: read.outline[index]?.place ?? { offset: 0, length: 0, line: 1, column: 1 },
      placeOf: read.placeOf,
    }));
}

export function testRun(passed: boolean, ms = 12.4): TestRun {
  const script = {
    threadId: 'thr_1',
    thread: null,
    items: [],
    steps: [],
    problems: [],
    failure: null,
    durationMs: ms,
  };
  return { passed, failures: [], ms, script };
}

export function outcomeOf(verdict: TestOutcome['verdict'], more: Partial<TestOutcome> = {}): TestOutcome {
  return { verdict, runs: [], failures: [], ms: 12.4, skip: null, snapshots: new Map(), ...more };
}

export function finishedTests(): readonly FinishedTest[] {
  const failure = {
    path: ['tests', 1, 'steps', 0, 'expect', 'exactly', 0],
    message: 'No widget; found "a\u001B[31m" & more',
    expected: 'Card\n  Row',
    actual: 'Card\n  Col',
    step: 0,
    snapshot: null,
  };
  const outcomes = [
    outcomeOf('passed', { runs: [testRun(true)] }),
    outcomeOf('failed', { runs: [testRun(true), testRun(false)], failures: [failure], ms: 1500 }),
    outcomeOf('skipped', { skip: 'later', ms: 0 }),
  ];
  return selectedTests().map((test, index) => ({ ...test, outcome: outcomes[index] ?? outcomeOf('passed') }));
}
