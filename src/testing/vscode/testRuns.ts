import { keepNewest } from '../../base/common/lists.ts';
import * as vscode from 'vscode';
import type { Json } from '../../base/common/json.ts';
import { visible } from '../../base/common/plainText.ts';
import type { ThreadRef } from '../../chatkit/common/model/thread.ts';
import type { TestFailure } from '../../conversation/common/tests/evaluate.ts';
import type { FilePlace } from '../../conversation/common/tests/readTestFile.ts';
import type { Services } from '../../connections/vscode/services.ts';
import type { EventLogs } from '../../eventLog/common/responseRecorder.ts';
import { type Evaluate, type TestOutcome, type TestRun, runTest } from '../../conversation/common/tests/runTests.ts';
import { spreadLines } from '../../conversation/common/tests/reports.ts';
import { systemClock } from '../node/systemClock.ts';
import { type TestThread, evaluationOf } from '../node/testThread.ts';
import { serverResponds } from '../../connections/vscode/serverResponds.ts';
import { type TestPlace, type TestTree, rangeOf } from './testTree.ts';
import { type FileProblem, type FileRun, prepareFile, readStepFile, recordRun } from './fileRun.ts';
import { TestValues } from './testValues.ts';

/** The part of `vscode.TestRun` that runs report to. */
export type RunReport = Pick<
  vscode.TestRun,
  'enqueued' | 'started' | 'passed' | 'failed' | 'errored' | 'skipped' | 'appendOutput'
>;

interface TestRunsOptions {
  readonly services: Services;
  readonly logs: EventLogs;
  readonly thread: TestThread;
  readonly tree: TestTree;
  readonly failures: Failures;
}

export interface RunOptions {
  /** Runs each test so often. */
  readonly repeat?: number | undefined;
  /** A file was saved: the server may restart first. */
  readonly afterChange?: boolean;
}

interface PlannedTest {
  readonly item: vscode.TestItem;
  readonly place: TestPlace;
}

/** Runs tests of the Testing view and reports their results. */
export class TestRuns {
  readonly #options: TestRunsOptions;
  readonly #values = new TestValues();
  readonly #chosen = new Map<string, string>();

  constructor(options: TestRunsOptions) {
    this.#options = options;
  }

  /** Runs the tests among `items`, file by file, one after the other. Never rejects. */
  async run(
    items: readonly vscode.TestItem[],
    exclude: ReadonlySet<vscode.TestItem>,
    report: RunReport,
    signal: AbortSignal,
    { repeat, afterChange = false }: RunOptions = {},
  ): Promise<void> {
    const files = await this.#plan(items, exclude);
    for (const { tests } of files) for (const { item } of tests) report.enqueued(item);
    for (const { uri, tests } of files) {
      if (signal.aborted) return;
      try {
        const file = await prepareFile({ ...this.#options, values: this.#values, chosen: this.#chosen }, uri);
        if (file === null) for (const { item } of tests) report.skipped(item);
        else if ('tests' in file) {
          // Without a response, the tests fail and show why.
          if (afterChange) await serverResponds(file.source, signal);
          await this.#runFile(file, tests, report, signal, repeat);
        } else for (const { item } of tests) report.errored(item, messageOf(uri, file));
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        this.#options.services.log.error('Could not run tests', error);
        for (const { item } of tests) report.errored(item, new vscode.TestMessage(visible(message)));
      }
    }
  }

  async #plan(items: readonly vscode.TestItem[], exclude: ReadonlySet<vscode.TestItem>) {
    const files = new Map<string, { readonly uri: vscode.Uri; readonly tests: PlannedTest[] }>();
    const { tree } = this.#options;
    for (const item of items) {
      if (exclude.has(item)) continue;
      for (const test of await tree.testsIn(item)) {
        const place = tree.placeOf(test);
        if (place === undefined || exclude.has(test)) continue;
        const key = place.uri.toString();
        const file = files.get(key) ?? { uri: place.uri, tests: [] };
        files.set(key, file);
        if (!file.tests.some((known) => known.item === test)) file.tests.push({ item: test, place });
      }
    }
    return [...files.values()];
  }

  async #runFile(
    file: FileRun,
    tests: readonly PlannedTest[],
    report: RunReport,
    signal: AbortSignal,
    repeat: number | undefined,
  ): Promise<void> {
    if (file.note !== null) report.appendOutput(lines([file.note]));
    for (const { item, place } of tests) {
      if (signal.aborted) return;
      const test = file.tests[place.index];
      if (test === undefined) {
        report.skipped(item);
        continue;
      }
      report.started(item);
      this.#options.failures.startTest(file.uri, item.id);
      const startedAt: number[] = [Date.now()];
      const outcome = await runTest(this.#evaluate, file.source, test, {
        signal,
        clock: systemClock,
        snapshots: file.snapshots,
        repeat,
        redact: file.redact,
        // The thread that evaluates the result finds them.
        checkProtocol: () => [],
        readFile: (path) => readStepFile(file.uri, path),
        ...(file.connection.uploadUrl === undefined ? {} : { uploadUrl: file.connection.uploadUrl }),
        onRun: () => void startedAt.push(Date.now()),
      });
      await this.#report(file, item, outcome, startedAt, report);
    }
  }

  async #report(
    file: FileRun,
    item: vscode.TestItem,
    outcome: TestOutcome,
    startedAt: readonly number[],
    report: RunReport,
  ): Promise<void> {
    const { verdict, ms, runs, skip } = outcome;
    const isSpread = runs.length > 1;
    item.description = isSpread ? `${runs.filter(({ passed }) => passed).length}/${runs.length}` : '';
    const spread = spreadLines(outcome).map(file.redact);
    if (verdict === 'skipped' || verdict === 'cancelled') {
      if (skip !== null && skip !== '') report.appendOutput(lines([`${item.label}: ${skip}`]), undefined, item);
      return report.skipped(item);
    }
    report.appendOutput(lines([`${verdict === 'passed' ? '✓' : '✗'} ${item.label}`, ...spread]), undefined, item);
    if (verdict === 'passed') return report.passed(item, ms);
    const at = runs.findIndex(({ passed }) => !passed);
    const failed = runs[at];
    const messages =
      failed === undefined ? [] : await this.#messages(file, item.id, failed, startedAt[at] ?? Date.now(), outcome);
    // The spread names each failure once.
    if (!isSpread) report.appendOutput(lines(outcome.failures.map(({ message }) => `  ${message}`)), undefined, item);
    report.failed(item, messages, ms);
  }

  async #messages(
    { uri, text, connection }: FileRun,
    test: string,
    run: TestRun,
    startedAt: number,
    { failures, snapshots }: TestOutcome,
  ): Promise<vscode.TestMessage[]> {
    const { script } = run;
    const responses = recordRun(this.#options.logs, connection.id, script, startedAt);
    const thread = script.threadId === null ? null : { connectionId: connection.id, threadId: script.threadId };
    const places = await this.#options.thread.run('places', { text, paths: failures.map(({ path }) => path) });
    return failures.flatMap((failure, index) => {
      const place = places[index];
      if (place === undefined) return [];
      const actual = failure.snapshot === null ? undefined : snapshots.get(failure.snapshot);
      return this.#options.failures.messageOf(failure, place, {
        thread,
        responseId: (failure.step === null ? responses.findLast((id) => id !== null) : responses[failure.step]) ?? null,
        file: uri,
        test,
        snapshot: failure.snapshot === null || actual === undefined ? null : { key: failure.snapshot, actual },
      });
    });
  }

  readonly #evaluate: Evaluate = (...params) => this.#options.thread.run('evaluate', evaluationOf(...params));
}

function messageOf(uri: vscode.Uri, { message, line, column }: FileProblem): vscode.TestMessage {
  const shown = new vscode.TestMessage(visible(message));
  shown.location = new vscode.Location(uri, rangeOf({ line, column, offset: 0, length: 1 }));
  return shown;
}

/** Lines for the output, which is a terminal. */
function lines(texts: readonly string[]): string {
  return texts.map((text) => `${visible(text).replaceAll('\n', '\r\n')}\r\n`).join('');
}

/** What the actions of a failure need. */
interface Failure {
  /** Null when no thread was created. */
  readonly thread: ThreadRef | null;
  /** The recorded response of the failed step; null when there is none. */
  readonly responseId: string | null;
  readonly file: vscode.Uri;
  /** ID of the test in its file. */
  readonly test: string;
  /** The snapshot that differs, as it is now; null for other failures. */
  readonly snapshot: { readonly key: string; readonly actual: Json } | null;
}

/** Maximum number of failures whose actions work; the oldest is forgotten first. */
const maxFailures = 2_000;

/**
 * The failures of this window. The editor passes a copy of a message to its actions, so the messages carry an id in their
 * context value, after words that the menus select by: `chatkit thread snapshot #12`.
 */
export class Failures {
  readonly #failures = new Map<string, Failure & { readonly isLatest: boolean }>();
  #lastId = 0;

  messageOf({ message, expected, actual }: TestFailure, place: FilePlace, failure: Failure): vscode.TestMessage {
    const hasDiff = expected !== '' || actual !== '';
    const text = visible(message);
    const shown = hasDiff
      ? vscode.TestMessage.diff(text, visible(expected), visible(actual))
      : new vscode.TestMessage(text);
    shown.location = new vscode.Location(failure.file, rangeOf(place));
    shown.contextValue = this.#add(failure);
    return shown;
  }

  /**
   * Returns the failures that an action was chosen on; none if they were forgotten. The editor shows a test with a single
   * failure as one row, and its actions always receive the test: then they are the failures of its last run, in order. In the
   * Testing view, it can also be a file.
   */
  find(argument: unknown): readonly Failure[] {
    const { id: test, uri } = (argument ?? {}) as Partial<Pick<vscode.TestItem, 'id' | 'uri'>>;
    if (test !== undefined && uri !== undefined)
      return this.#latest(uri, test === uri.toString() ? null : test).map(([, failure]) => failure);
    const value = (argument as { readonly message?: { readonly contextValue?: unknown } } | undefined)?.message
      ?.contextValue;
    const key = typeof value === 'string' ? value.split('#').at(-1) : undefined;
    const failure = key === undefined ? undefined : this.#failures.get(key);
    return failure === undefined ? [] : [failure];
  }

  /** The snapshots of the failures that an action was chosen on. */
  acceptable(argument: unknown): ReadonlyMap<string, Json> {
    return new Map(
      this.find(argument).flatMap(({ snapshot }) => (snapshot === null ? [] : [[snapshot.key, snapshot.actual]])),
    );
  }

  /** Notes that a test runs again. Its earlier messages still open their threads; their snapshots are out of date. */
  startTest(file: vscode.Uri, test: string): void {
    for (const [id, failure] of this.#latest(file, test)) {
      this.#failures.set(id, { ...failure, snapshot: null, isLatest: false });
    }
  }

  /** `test`: null for all tests of the file. */
  #latest(uri: vscode.Uri, test: string | null) {
    const file = uri.toString();
    return [...this.#failures].filter(
      ([, failure]) => failure.isLatest && (test === null || failure.test === test) && failure.file.toString() === file,
    );
  }

  /** The latest failures of a file whose snapshot differs, each snapshot once. */
  snapshotsOf(file: vscode.Uri): ReadonlyMap<string, Json> {
    const uri = file.toString();
    return new Map(
      [...this.#failures.values()].flatMap(({ file: from, snapshot }) =>
        snapshot !== null && from.toString() === uri ? [[snapshot.key, snapshot.actual] as const] : [],
      ),
    );
  }

  /** Forgets the snapshots of a test file that were accepted. */
  forgetSnapshots(file: vscode.Uri, keys: ReadonlySet<string>): void {
    for (const [id, failure] of this.#failures) {
      if (failure.snapshot === null || !keys.has(failure.snapshot.key)) continue;
      if (failure.file.toString() === file.toString()) this.#failures.set(id, { ...failure, snapshot: null });
    }
  }

  #add(failure: Failure): string {
    this.#lastId += 1;
    const id = String(this.#lastId);
    this.#failures.set(id, { ...failure, isLatest: true });
    keepNewest(this.#failures, maxFailures);
    const words = ['chatkit', failure.thread && 'thread', failure.responseId && 'log', failure.snapshot && 'snapshot'];
    return `${words.filter(Boolean).join(' ')} #${id}`;
  }
}
