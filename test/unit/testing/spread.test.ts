import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestRun } from '../../../src/conversation/common/tests/runTests.ts';
import { spreadLines } from '../../../src/conversation/common/tests/reports.ts';

const run = (passed: boolean, ms: number): TestRun => ({
  passed,
  ms,
  failures: passed ? [] : [{ path: [], message: 'No widget', expected: '', actual: '', step: 0, snapshot: null }],
  script: { threadId: `thr_${ms}`, thread: null, items: [], steps: [], problems: [], failure: null, durationMs: ms },
});

test('the spread of runs: verdicts, times and how often each failure occurred', () => {
  assert.deepEqual(spreadLines({ runs: [run(true, 100)] }), []);
  assert.deepEqual(spreadLines({ runs: [run(true, 100), run(false, 300), run(false, 200)] }), [
    '1 of 3 runs passed',
    '  ✓ run 1  100 ms  thr_100',
    '  ✗ run 2  300 ms  thr_300',
    '  ✗ run 3  200 ms  thr_200',
    '  time: 100 ms to 300 ms, median 200 ms',
    '  2× No widget',
  ]);
});
