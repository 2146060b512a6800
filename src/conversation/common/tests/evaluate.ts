import * as l10n from '@vscode/l10n';
import type { Json, JsonPath } from '../../../base/common/json.ts';
import type { ThreadItem } from '../../../chatkit/common/model/item.ts';
import type { Thread } from '../../../chatkit/common/model/thread.ts';
import { NormalItems, toNormalThread } from '../../../threads/common/compare/normalForm.ts';
import type { ScriptResult } from '../script/types.ts';
import { type CheckedStep, type Outcome, matchStep, matchThread } from './expect/matchStep.ts';
import { type Mismatch, forDiff, under } from './expect/matchValue.ts';
import { type Snapshots, compareSnapshot, firstDifference, snapshotKey } from './snapshots.ts';
import type { TestCase } from './schema/testFileSchema.ts';

/** A mismatch with its path from the root of the test file. */
export interface TestFailure extends Mismatch {
  /** Index of the step it belongs to; null for the thread as a whole. */
  readonly step: number | null;
  /** The snapshot that differs or is missing, so that it can be accepted. */
  readonly snapshot: string | null;
}

export interface Evaluation {
  readonly failures: readonly TestFailure[];
  /** Every snapshot that was compared, as it is now. */
  readonly snapshots: Snapshots;
}

/** Thread and items as the server has stored them, for the expectation of the test itself. */
export interface StoredThread {
  readonly thread: Thread | null;
  readonly items: readonly ThreadItem[];
}

/** The data of a script that expectations check. A `ScriptResult` is one. */
export type CheckedResult = Omit<ScriptResult, 'steps' | 'failure'> & {
  readonly steps: readonly CheckedStep[];
  readonly failure: { readonly step: number; readonly error: Pick<Error, 'message'> } | null;
};

/**
 * Compares the result of a script with the expectations of a test. `stored`: the thread, read after the last step; null
 * if the test has no expectations of it. A step that could not be done is one failure, and later steps are not checked.
 */
export function evaluate(
  test: TestCase,
  result: CheckedResult,
  stored: StoredThread | null,
  saved: Snapshots,
): Evaluation {
  const evaluator = new Evaluator(test, result, saved);
  for (const [index, step] of test.steps.entries()) evaluator.step(index, step);
  if (stored !== null && result.failure === null) evaluator.thread(stored);
  return { failures: evaluator.failures, snapshots: evaluator.snapshots };
}

class Evaluator {
  readonly failures: TestFailure[] = [];
  readonly snapshots = new Map<string, Json>();
  readonly #test: TestCase;
  readonly #result: CheckedResult;
  readonly #saved: Snapshots;

  constructor(test: TestCase, result: CheckedResult, saved: Snapshots) {
    this.#test = test;
    this.#result = result;
    this.#saved = saved;
  }

  step(index: number, { expect, path }: TestCase['steps'][number]): void {
    const { failure, steps, items, thread } = this.#result;
    const result = steps[index];
    if (result === undefined) return;
    if (failure?.step === index) {
      // Later mismatches are consequences of this failure.
      const message = failure.error.message.replace(/\.$/, '');
      const mismatches = result.error === null ? [{ path: [], message, expected: '', actual: message }] : [];
      return this.#fail(index, under(path, [...mismatches, ...matchStep(null, result).mismatches]));
    }
    const outcome = matchStep(expect, result);
    this.#record(index, expect === null ? path : [...path, 'expect'], outcome, { thread, items });
    if (expect?.snapshot !== undefined) {
      const content = { thread: result.thread, items: result.items };
      const place = `step ${index + 1}`;
      this.#compare(index, [...path, 'expect', 'snapshot'], expect.snapshot, place, toNormalThread(content));
    }
  }

  thread(stored: StoredThread): void {
    const { expect, path } = this.#test;
    if (expect === null) return;
    const outcome = matchThread(expect, stored.thread, stored.items, this.#result.problems);
    this.#record(null, [...path, 'expect'], outcome, stored);
    if (expect.snapshot !== undefined) {
      this.#compare(null, [...path, 'expect', 'snapshot'], expect.snapshot, 'thread', toNormalThread(stored));
    }
  }

  #record(step: number | null, path: JsonPath, { mismatches, matched }: Outcome, content: StoredThread): void {
    this.#fail(step, under(path, mismatches));
    for (const one of matched) {
      if (one.expected.kind !== 'widget' || one.expected.snapshot === undefined) continue;
      const normal = new NormalItems(content).of(one.item);
      const place = `${step === null ? 'thread' : `step ${step + 1}`} ${one.path.join(' ')}`;
      this.#compare(step, [...path, ...one.path, 'snapshot'], one.expected.snapshot, place, normal);
    }
  }

  #compare(step: number | null, path: JsonPath, name: true | string, place: string, actual: Json): void {
    const key = snapshotKey(this.#test.name, name, place);
    this.snapshots.set(key, actual);
    const saved = this.#saved.get(key);
    const difference = compareSnapshot(saved, actual);
    if (difference?.change === 'equal') return;
    const message =
      difference === null
        ? l10n.t(
            'No snapshot "{0}" is saved yet: use Accept Snapshot in the editor, or --update-snapshots on the command line',
            key,
          )
        : l10n.t('The snapshot "{0}" differs: {1}', key, firstDifference(difference));
    this.failures.push({ path, message, expected: forDiff(saved), actual: forDiff(actual), step, snapshot: key });
  }

  #fail(step: number | null, mismatches: readonly Mismatch[]): void {
    this.failures.push(...mismatches.map((mismatch) => ({ ...mismatch, step, snapshot: null })));
  }
}
