import * as l10n from '@vscode/l10n';
import { toSourceError } from '../../../chatkit/common/errors.ts';
import type { ThreadSource } from '../../../chatkit/common/threadSource.ts';
import { stableText } from '../../../threads/common/compare/compareJson.ts';
import { readThread, runScript } from '../script/runScript.ts';
import type { RunScriptOptions, ScriptResult } from '../script/types.ts';
import type { Evaluation, StoredThread, TestFailure } from './evaluate.ts';
import { type Snapshots, mergeSnapshots, redactSnapshots } from './snapshots.ts';
import type { FilePlace, TestFile } from './readTestFile.ts';
import type { TestCase } from './schema/testFileSchema.ts';

/** One run of a test. */
export interface TestRun {
  readonly passed: boolean;
  readonly failures: readonly TestFailure[];
  readonly ms: number;
  readonly script: ScriptResult;
}

/** All runs of a test, and what follows from them. */
export interface TestOutcome {
  readonly verdict: 'passed' | 'failed' | 'skipped' | 'cancelled';
  readonly runs: readonly TestRun[];
  /** Of the first run that failed; empty where the test passed. */
  readonly failures: readonly TestFailure[];
  /** Of all runs together. */
  readonly ms: number;
  /** Why it was skipped; null where it was not. */
  readonly skip: string | null;
  /** Every snapshot that was compared, as the last run has it. */
  readonly snapshots: Snapshots;
}

export type RunTestOptions = Omit<RunScriptOptions, 'mayFail' | 'threadId' | 'timeoutMs'> & {
  readonly snapshots: Snapshots;
  /** A snapshot that differs or is missing is no failure: the new one replaces it. */
  readonly acceptSnapshots?: boolean | undefined;
  /** Runs the test so often instead; all must pass. */
  readonly repeat?: number | undefined;
  /** Takes values of the environment, and other secrets, out of what is reported. */
  readonly redact?: (text: string) => string;
  readonly onRun?: (run: TestRun, index: number) => void;
  /** Ends as soon as the verdict is certain. Without it, all runs are done, which shows the spread. */
  readonly early?: boolean;
};

/**
 * Compares the result of a run with the expectations of its test: `evaluate`, or a function that runs it elsewhere. The
 * patterns of test files are untrusted, so the extension host evaluates them in a thread that it can end.
 */
export type Evaluate = (
  test: TestCase,
  result: ScriptResult,
  stored: StoredThread | null,
  saved: Snapshots,
) => Evaluation | Promise<Evaluation>;

/** Runs a test in new threads, as often as it asks for. Rejects only where `evaluate` does. */
export async function runTest(
  evaluate: Evaluate,
  source: ThreadSource,
  test: TestCase,
  options: RunTestOptions,
): Promise<TestOutcome> {
  const { repeat, signal, early = false, onRun } = options;
  if (test.skip !== null) return { ...nothing, verdict: 'skipped', skip: test.skip };
  const wanted = repeat ?? test.runs;
  const atLeast = repeat ?? test.atLeast;
  const runs: TestRun[] = [];
  let snapshots: Snapshots = new Map();
  const passed = (): number => runs.filter((run) => run.passed).length;
  while (runs.length < wanted && !signal.aborted) {
    const { run, taken } = await runOnce(evaluate, source, test, options);
    if (run.script.failure?.error.kind === 'cancelled') break;
    snapshots = mergeSnapshots(snapshots, taken);
    onRun?.(run, runs.length);
    runs.push(run);
    if (early && (passed() >= atLeast || runs.length - passed() > wanted - atLeast)) break;
  }
  const isCertain = passed() >= atLeast || runs.length - passed() > wanted - atLeast;
  const verdict = passed() >= atLeast ? 'passed' : isCertain ? 'failed' : 'cancelled';
  const failed = runs.find((run) => !run.passed);
  return {
    verdict,
    runs,
    failures: verdict === 'passed' ? [] : (failed?.failures ?? []),
    ms: runs.reduce((sum, { ms }) => sum + ms, 0),
    skip: null,
    snapshots,
  };
}

const nothing = { runs: [], failures: [], ms: 0, snapshots: new Map() } as const;

async function runOnce(
  evaluate: Evaluate,
  source: ThreadSource,
  test: TestCase,
  options: RunTestOptions,
): Promise<{ readonly run: TestRun; readonly taken: Snapshots }> {
  const { clock, snapshots, acceptSnapshots = false, redact, signal } = options;
  const startedAt = clock.now();
  const script = await runScript(
    source,
    test.steps.map((step) => step.script),
    {
      ...options,
      timeoutMs: test.timeoutMs,
      stepTimeoutMs: options.stepTimeoutMs ?? test.timeoutMs,
      mayFail: (index) => expectsErrors(test, index),
    },
  );
  const failures: TestFailure[] = [];
  let stored: StoredThread | null = null;
  if (test.expect !== null && script.failure === null) {
    const fail = (message: string): void => {
      failures.push({ path: [...test.path, 'expect'], message, expected: '', actual: '', step: null, snapshot: null });
    };
    if (script.threadId === null) fail(l10n.t('There is no thread to compare: no response contained its ID'));
    else {
      try {
        stored = await readThread(source, script.threadId, signal);
      } catch (thrown) {
        fail(l10n.t('The thread could not be read again: {0}', toSourceError(thrown).message));
      }
    }
  }
  const evaluation = await evaluate(test, script, stored, snapshots);
  const taken: Snapshots = redact === undefined ? evaluation.snapshots : redactSnapshots(evaluation.snapshots, redact);
  const all = [...evaluation.failures, ...failures]
    .filter(({ snapshot }) => snapshot === null || !(acceptSnapshots || isSaved(snapshot, snapshots, taken)))
    .map((failure) => redacted(failure, redact));
  const ms = clock.now() - startedAt;
  return { run: { passed: all.length === 0, failures: all, ms, script }, taken };
}

/** Whether a snapshot differs only by secrets, which are never saved. */
function isSaved(key: string, saved: Snapshots, taken: Snapshots): boolean {
  const [before, actual] = [saved.get(key), taken.get(key)];
  return before !== undefined && actual !== undefined && stableText(before) === stableText(actual);
}

function expectsErrors(test: TestCase, index: number): boolean {
  const errors = test.steps[index]?.expect?.errors;
  return Array.isArray(errors) && errors.length > 0;
}

function redacted(failure: TestFailure, redact: RunTestOptions['redact']): TestFailure {
  if (redact === undefined) return failure;
  const { message, expected, actual } = failure;
  return { ...failure, message: redact(message), expected: redact(expected), actual: redact(actual) };
}

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

/** Returns the tests whose name matches `grep`, and that have one of the tags if there are any. */
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
