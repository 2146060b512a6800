import type { ThreadSource } from '../../../chatkit/common/threadSource.ts';
import { evaluate } from './evaluate.ts';
import { runTestWith, type RunTestOptions, type TestOutcome } from './runTestWith.ts';
import type { TestCase } from './testCase.ts';

/** Runs a test in new threads, as often as it asks for, and evaluates it in this thread. Never rejects. */
export function runTest(source: ThreadSource, test: TestCase, options: RunTestOptions): Promise<TestOutcome> {
  return runTestWith(evaluate, source, test, options);
}
