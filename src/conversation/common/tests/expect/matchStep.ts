import * as l10n from '@vscode/l10n';
import type { Json } from '../../../../base/common/json.ts';
import type { Thread } from '../../../../chatkit/common/model/thread.ts';
import { pendingActionAt } from '../../../../threads/common/summary/waiting.ts';
import type { ThreadItem } from '../../../../chatkit/common/model/item.ts';
import type { SourceError } from '../../../../chatkit/common/errors.ts';
import { type ScriptProblem, type StepResult, problemSeverities } from '../../script/types.ts';
import type { StepExpectation, ThreadExpectation } from '../schema/testFileSchema.ts';
import type { TextExpectation } from '../schema/itemSchema.ts';
import { type MatchedItem, describeItem, matchItems } from './matchItems.ts';
import { type Mismatch, describeText, matchText, matchValue, textMismatch } from './matchValue.ts';

export interface Outcome {
  readonly mismatches: readonly Mismatch[];
  /** Items that fulfil an expectation, for their snapshots. */
  readonly matched: readonly MatchedItem[];
}

/**
 * The data of a step that expectations check. Plain data, which can be sent to another thread. A `StepResult` is one.
 */
export type CheckedStep = Omit<StepResult, 'events' | 'command' | 'error'> & {
  readonly error: Pick<SourceError, 'kind' | 'message'> | null;
};

/** Checks the result of a step. Without an expectation, an error of the response is one mismatch. */
export function matchStep(expected: StepExpectation | null, result: CheckedStep): Outcome {
  const errors = matchErrors(expected?.errors, result);
  if (expected === null) return { mismatches: errors, matched: [] };
  const { mismatches, matched } = matchItems(expected, result.items, result.answered);
  return {
    mismatches: [
      ...errors,
      ...mismatches,
      ...matchThreadState(expected, result.thread, result.problems),
      ...(expected.openItems === undefined ? [] : matchFinished(result)),
      ...matchNotices(expected.notices, result),
      ...matchProgress(expected.progress, result),
      ...matchEffects(expected.effects, result),
      ...matchTime('firstEventWithinMs', l10n.t('the first event'), expected.firstEventWithinMs, result.firstEventMs),
      ...matchTime('firstTextWithinMs', l10n.t('the first text'), expected.firstTextWithinMs, result.firstTextMs),
      ...matchTime('endWithinMs', l10n.t('the end of the response'), expected.endWithinMs, result.endMs),
    ],
    matched,
  };
}

/** Checks the stored thread after the last step. */
export function matchThread(
  expected: ThreadExpectation,
  thread: Thread | null,
  items: readonly ThreadItem[],
  problems: readonly ScriptProblem[],
): Outcome {
  const { mismatches, matched } = matchItems(expected, items);
  const waiting =
    expected.openItems === undefined ? [] : items.filter((_item, index) => pendingActionAt(items, index) !== null);
  return {
    mismatches: [
      ...mismatches,
      ...matchThreadState(expected, thread, problems),
      ...waiting.map((item): Mismatch => {
        const message = l10n.t('{0} still waits', describeItem(item));
        return { path: ['openItems'], message, expected: 'none', actual: describeItem(item) };
      }),
    ],
    matched,
  };
}

function matchThreadState(
  { title, status, problems: accepted }: Pick<StepExpectation, 'title' | 'status' | 'problems'>,
  thread: Thread | null,
  problems: readonly ScriptProblem[],
): readonly Mismatch[] {
  const word = thread === null ? 'unknown' : thread.status.type === 'unknown' ? thread.status.name : thread.status.type;
  const wrongStatus = l10n.t('the status of the thread is {0}, expected {1}', word, status ?? '');
  return [
    ...matchTitle(title, thread?.title ?? null),
    ...(status === undefined || status === word
      ? []
      : [{ path: ['status'], message: wrongStatus, expected: status, actual: word }]),
    ...(accepted === undefined ? [] : matchProblems(accepted, problems)),
  ];
}

function matchTitle(expected: TextExpectation | null | undefined, title: string | null): readonly Mismatch[] {
  if (expected === undefined) return [];
  if (expected !== null) {
    return matchText('title', expected, title).map((one) => ({
      ...one,
      message: l10n.t('the thread: {0}', one.message),
    }));
  }
  if (title === null) return [];
  const message = l10n.t('the thread has the title "{0}", expected none', title);
  return [{ path: ['title'], message, expected: '', actual: title }];
}

function matchProblems(
  accepted: NonNullable<StepExpectation['problems']>,
  problems: readonly ScriptProblem[],
): readonly Mismatch[] {
  const highest = accepted === 'none' ? -1 : problemSeverities.indexOf(accepted);
  const severe = problems.filter(({ severity }) => problemSeverities.indexOf(severity) > highest);
  const [first] = severe;
  if (first === undefined) return [];
  const list = severe.map(({ rule, severity, message }) => `${severity} ${rule}: ${message}`);
  const words = first.message.replace(/\.$/, '');
  const message =
    severe.length === 1
      ? l10n.t('protocol problem {0}: {1}', first.rule, words)
      : l10n.t('protocol problem {0}: {1} (and {2} more)', first.rule, words, severe.length - 1);
  return [{ path: ['problems'], message, expected: accepted, actual: list.join('\n') }];
}

function matchErrors(expected: StepExpectation['errors'], { fault, error }: CheckedStep): readonly Mismatch[] {
  const actual =
    error !== null
      ? { code: error.kind, message: error.message }
      : fault !== null
        ? { code: fault.code, message: fault.message ?? '' }
        : null;
  const words = actual === null ? '' : `${actual.code}${actual.message === '' ? '' : `: ${actual.message}`}`;
  if (expected === undefined || expected === 'none' || expected.length === 0) {
    if (actual === null) return [];
    const path = expected === undefined ? [] : ['errors'];
    const message = l10n.t('the response failed: {0}', words);
    return [{ path, message, expected: l10n.t('no error'), actual: words }];
  }
  return expected.flatMap((wanted, index) => {
    if (actual === null) {
      const message = l10n.t('the response did not fail');
      return [{ path: ['errors', index], message, expected: JSON.stringify(wanted), actual: '' }];
    }
    const wrong = [
      ...matchText('code', wanted.code, actual.code),
      ...matchText('message', wanted.message, actual.message),
    ];
    return wrong.map((one) => ({
      ...one,
      path: ['errors', index, ...one.path],
      message: l10n.t('the error: {0}', one.message),
    }));
  });
}

function matchFinished({ openItems, items }: CheckedStep): readonly Mismatch[] {
  return openItems.map((id) => {
    const item = items.find((one) => one.id === id);
    const what = item === undefined ? id : describeItem(item);
    return { path: ['openItems'], message: l10n.t('{0} was never finished', what), expected: 'none', actual: what };
  });
}

function matchNotices(expected: StepExpectation['notices'], { notices }: CheckedStep): readonly Mismatch[] {
  const line = ({ level, title, message }: (typeof notices)[number]): string =>
    `${level}: ${title === null ? '' : `${title} — `}${message}`;
  return matchSequence('notices', expected, notices, line, (wanted, notice) => [
    ...(wanted.level === undefined ? [] : matchText('level', wanted.level, notice.level)),
    ...matchText('title', wanted.title, notice.title),
    ...matchText('message', wanted.message, notice.message),
  ]);
}

function matchProgress(expected: StepExpectation['progress'], { progress }: CheckedStep): readonly Mismatch[] {
  const line = ({ text }: (typeof progress)[number]): string => text;
  return matchSequence('progress', expected, progress, line, (wanted, { text }) => {
    const mismatch = textMismatch('text', wanted, text);
    return mismatch === null ? [] : [{ path: [], ...mismatch, actual: text }];
  });
}

function matchEffects(expected: StepExpectation['effects'], { effects }: CheckedStep): readonly Mismatch[] {
  const line = ({ name, data }: (typeof effects)[number]): string => `${name} ${JSON.stringify(data)}`;
  return matchSequence('effects', expected, effects, line, (wanted, effect) => [
    ...matchText('name', wanted.name, effect.name),
    ...(wanted.data === undefined ? [] : matchValue('data', wanted.data as Json, effect.data)),
  ]);
}

/** Elements in order, others between them; `exactly`: no others; `none`: there must be none. */
function matchSequence<Expected, Actual>(
  what: string,
  expected: 'none' | readonly Expected[] | { readonly exactly: readonly Expected[] } | undefined,
  actual: readonly Actual[],
  line: (actual: Actual) => string,
  match: (expected: Expected, actual: Actual) => readonly Mismatch[],
): readonly Mismatch[] {
  if (expected === undefined) return [];
  const found = actual.map(line).join('\n');
  if (expected === 'none') {
    const [first] = actual;
    if (first === undefined) return [];
    const message = l10n.t('unexpected {0}: {1}', what, line(first));
    return [{ path: [what], message, expected: 'none', actual: found }];
  }
  const isExact = 'exactly' in expected;
  const list = isExact ? expected.exactly : expected;
  const path = isExact ? [what, 'exactly'] : [what];
  let from = 0;
  let surplus = actual;
  const missing = list.flatMap((wanted, index): readonly Mismatch[] => {
    const at = actual.findIndex((one, place) => place >= from && match(wanted, one).length === 0);
    if (at >= 0) {
      from = at + 1;
      surplus = surplus.filter((one) => one !== actual[at]);
      return [];
    }
    const nearest = actual
      .slice(from)
      .map((one) => match(wanted, one))
      .toSorted((a, b) => a.length - b.length)[0];
    const words =
      typeof wanted === 'string' || 'contains' in (wanted as object)
        ? describeText(wanted as TextExpectation)
        : JSON.stringify(wanted);
    const none = actual.length === 0 ? l10n.t('there is none') : l10n.t('there are no more');
    const why = nearest?.[0]?.message ?? none;
    return [
      {
        path: [...path, index],
        message: l10n.t('{0} {1} did not arrive: {2}', `${what}[${index}]`, words, why),
        expected: words,
        actual: found,
      },
    ];
  });
  // A missing element may be among the others, changed.
  const [more] = surplus;
  if (!isExact || missing.length > 0 || more === undefined) return missing;
  const expectedLines = list.map((one) => JSON.stringify(one)).join('\n');
  const message = l10n.t('unexpected {0}: {1}', what, line(more));
  return [{ path, message, expected: expectedLines, actual: found }];
}

function matchTime(
  name: 'firstEventWithinMs' | 'firstTextWithinMs' | 'endWithinMs',
  what: string,
  limit: number | undefined,
  actual: number | null,
): readonly Mismatch[] {
  if (limit === undefined || (actual !== null && actual <= limit)) return [];
  const message =
    actual === null
      ? l10n.t('{0} never arrived', what)
      : l10n.t('{0} took {1} ms, expected at most {2} ms', what, Math.round(actual), limit);
  return [
    {
      path: [name],
      message,
      expected: l10n.t('at most {0} ms', limit),
      actual: actual === null ? l10n.t('never') : `${Math.round(actual)} ms`,
    },
  ];
}
