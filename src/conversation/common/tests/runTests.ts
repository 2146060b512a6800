import type { FilePlace, TestFile } from './readTestFile.ts';
import type { TestOutcome } from './runTestWith.ts';
import type { TestCase } from './testCase.ts';

/** A test with the file that it is from. */
export interface SelectedTest {
  /** As it is shown: a path. */
  readonly file: string;
  readonly test: TestCase;
  readonly place: FilePlace;
  /** Where a failure is shown. */
  readonly placeOf: TestFile['placeOf'];
}

export interface Selection {
  /** Matches anywhere in the name; see `patternFinds`. Null: all. */
  readonly grep: ((name: string) => boolean) | null;
  /** One of these tags; empty: all. */
  readonly tags: readonly string[];
}

/** A test that is over. */
export interface FinishedTest extends SelectedTest {
  readonly outcome: TestOutcome;
}

export interface TestSummary {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** Tests that were not started or not finished, because the run was cancelled or stopped at the first failure. */
  readonly notRun: number;
  readonly ms: number;
  readonly tests: readonly FinishedTest[];
}

interface RunTestsOptions {
  readonly signal: AbortSignal;
  /** Tests at the same time. */
  readonly workers: number;
  /** Starts no test after the first failure. */
  readonly bail: boolean;
  readonly now: () => number;
  readonly run: (test: SelectedTest, signal: AbortSignal) => Promise<TestOutcome>;
  readonly onEnd?: (test: FinishedTest) => void;
}

export function selectTests(tests: readonly SelectedTest[], { grep, tags }: Selection): readonly SelectedTest[] {
  return tests.filter(
    ({ test }) =>
      (grep === null || grep(test.name)) && (tags.length === 0 || tags.some((tag) => test.tags.includes(tag))),
  );
}

/** Runs tests, several at a time; their results are in the order of the tests. Never rejects for a test that fails. */
export async function runTests(tests: readonly SelectedTest[], options: RunTestsOptions): Promise<TestSummary> {
  const { signal, workers, bail, now, run, onEnd } = options;
  const startedAt = now();
  const finished: (FinishedTest | undefined)[] = tests.map(() => undefined);
  let next = 0;
  let stop = false;
  const work = async (): Promise<void> => {
    while (!stop && !signal.aborted) {
      const index = next;
      next += 1;
      const test = tests[index];
      if (test === undefined) return;
      const outcome = await run(test, signal);
      const done = { ...test, outcome };
      finished[index] = done;
      onEnd?.(done);
      if (bail && outcome.verdict === 'failed') stop = true;
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, workers) }, work));
  const done = finished.filter((one) => one !== undefined);
  const count = (verdict: TestOutcome['verdict']): number =>
    done.filter(({ outcome }) => outcome.verdict === verdict).length;
  return {
    passed: count('passed'),
    failed: count('failed'),
    skipped: count('skipped'),
    notRun: tests.length - done.length + count('cancelled'),
    ms: now() - startedAt,
    tests: done,
  };
}
