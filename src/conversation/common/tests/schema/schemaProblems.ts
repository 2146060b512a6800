import * as l10n from '@vscode/l10n';
import type * as z from 'zod';
import { type JsonPath, typeWord, valueAt } from '../../../../base/common/json.ts';
import { itemKinds } from '../../../../chatkit/common/model/item.ts';
import { propertyNames } from './propertyNames.ts';
import { stepNames, testFile } from './testFileSchema.ts';

/** One thing that is wrong with the content of a test file. */
interface ContentProblem {
  readonly path: JsonPath;
  /** Without the path: "must be text". */
  readonly message: string;
  /** Marks the name of the property rather than its value. */
  readonly atName: boolean;
  /** Only that some property is missing. */
  readonly needsMore?: true;
}

/** The problems of a failed parse, in words that name what to write instead. */
export function problemsOfError(error: z.ZodError, value: unknown): readonly ContentProblem[] {
  const problems = error.issues.flatMap((issue) => problemsOf(issue, value, []));
  // A misspelled property is what is wrong, not that the right one is missing.
  const misspelled = new Set(problems.flatMap(({ path, atName }) => (atName ? JSON.stringify(path.slice(0, -1)) : [])));
  return problems.filter(({ path, needsMore }) => needsMore !== true || !misspelled.has(JSON.stringify(path)));
}

type Issue = z.core.$ZodIssue;

function problemsOf(issue: Issue, root: unknown, base: JsonPath): readonly ContentProblem[] {
  const path = [...base, ...issue.path.map((key) => (typeof key === 'number' ? key : String(key)))];
  const value = valueAt(root, path);
  const one = (message: string, at: JsonPath = path, atName = false): readonly ContentProblem[] => [
    { path: at, message, atName },
  ];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.flatMap((key) => one(unknownProperty(key, root, path), [...path, key], true));
    case 'invalid_type':
      return one(value === undefined ? l10n.t('is missing') : mustBe(typeWord(issue.expected)));
    case 'invalid_value': {
      const values = issue.values.map((word) => JSON.stringify(word)).join(', ');
      if (value === undefined) return one(l10n.t('is missing'));
      return one(issue.values.length > 1 ? l10n.t('must be one of {0}', values) : mustBe(values));
    }
    case 'too_small':
      return one(smallMessage(issue));
    case 'too_big':
      return one(l10n.t('must be at most {0}', String(issue.maximum)));
    case 'invalid_union':
      return unionProblems(issue, root, path, value);
    case 'invalid_key':
      return one(l10n.t('has a name that is not valid'));
    case 'custom':
      return [{ path, message: issue.message, atName: false, needsMore: true }];
    default:
      return one(issue.code === 'invalid_format' ? l10n.t('has a form that is not valid') : l10n.t('is not valid'));
  }
}

function smallMessage({ origin, minimum }: Extract<Issue, { code: 'too_small' }>): string {
  if (origin === 'string' || (origin === 'array' && minimum === 1)) return l10n.t('must not be empty');
  return origin === 'array'
    ? l10n.t('must have at least {0} entries', String(minimum))
    : l10n.t('must be at least {0}', String(minimum));
}

function unionProblems(
  issue: Extract<Issue, { code: 'invalid_union' }>,
  root: unknown,
  path: JsonPath,
  value: unknown,
): readonly ContentProblem[] {
  const isStep = path.at(-2) === 'steps' && typeof path.at(-1) === 'number';
  if (isStep) return stepProblems(issue, root, path, value);
  if (issue.errors.length === 0 && issue.discriminator !== undefined) {
    if (value === undefined) {
      const item = path.slice(0, -1);
      const near = Object.keys(valueAt(root, item) ?? {})
        .map(nearestKind)
        .find((kind) => kind !== null);
      const message = l10n.t('needs {0}: what the item is', issue.discriminator);
      const hint = near === undefined ? null : `"${issue.discriminator}": "${near}"`;
      return [
        {
          path: item,
          message: hint === null ? withList(message, itemKinds) : didYouMean(message, hint),
          atName: false,
        },
      ];
    }
    const near = typeof value === 'string' ? nearestKind(value) : null;
    const message = l10n.t('is {0}, which is no kind of item', JSON.stringify(value));
    return [{ path, message: near === null ? withList(message, itemKinds) : didYouMean(message, near), atName: false }];
  }
  // Report the problems of the alternative that fits best.
  const best = issue.errors
    .map((issues) => ({ issues, cost: costOf(issues, value) }))
    .sort((a, b) => a.cost - b.cost)[0];
  if (best === undefined || best.cost >= wrongType) {
    return [{ path, message: mustBe(alternatives(issue.errors)), atName: false }];
  }
  return best.issues.flatMap((inner) => problemsOf(inner, root, path));
}

/** The kind with the fewest changes, or the only one that contains the word: `assistant`, `tool`. */
function nearestKind(word: string): string | null {
  const containing = itemKinds.filter((kind) => kind.split('_').includes(word.toLowerCase()));
  return nearest(word, itemKinds) ?? (containing.length === 1 ? (containing[0] ?? null) : null);
}

const wrongType = 1_000;

function costOf(issues: readonly Issue[], value: unknown): number {
  return issues.reduce((sum, { code, path }) => {
    const isRoot = path.length === 0;
    if (isRoot && (code === 'invalid_type' || code === 'invalid_value')) return sum + wrongType;
    return sum + (valueAt(value, path) === undefined ? 10 : 1);
  }, 0);
}

function alternatives(errors: readonly (readonly Issue[])[]): string {
  const words = errors.flatMap(([first]) => {
    if (first?.code === 'invalid_type') return typeWord(first.expected);
    return first?.code === 'invalid_value' ? first.values.map((word) => JSON.stringify(word)) : [];
  });
  return [...new Set(words)].reduce((before, word) => (before === '' ? word : l10n.t('{0} or {1}', before, word)), '');
}

/** A step is known by the one property that only steps of its kind have. */
function stepProblems(
  issue: Extract<Issue, { code: 'invalid_union' }>,
  root: unknown,
  path: JsonPath,
  value: unknown,
): readonly ContentProblem[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return [{ path, message: mustBe(l10n.t('an object')), atName: false }];
  }
  const named = stepNames.filter((name) => Object.hasOwn(value, name));
  const [name, second] = named;
  if (name === undefined) {
    const near = Object.keys(value).map((key) => ({ key, near: nearest(key, stepNames) }));
    const typo = near.find((one) => one.near !== null && one.key !== 'expect');
    if (typo?.near != null) {
      return [{ path: [...path, typo.key], message: didYouMean(notKnown(), typo.near), atName: true }];
    }
    return [{ path, message: l10n.t('needs one of {0}', stepNames.join(', ')), atName: false }];
  }
  if (second !== undefined) {
    const message = l10n.t('is not possible together with {0}: make two steps of it', name);
    return [{ path: [...path, second], message, atName: true }];
  }
  return (issue.errors[stepNames.indexOf(name)] ?? []).flatMap((inner) => problemsOf(inner, root, path));
}

/** `path`: of the object that has the property. */
function unknownProperty(key: string, root: unknown, path: JsonPath): string {
  const known = propertyNames(testFile, root, path);
  const near = nearest(key, known);
  if (near !== null) return didYouMean(notKnown(), near);
  const object = valueAt(root, path) ?? {};
  return withList(
    notKnown(),
    known.filter((name) => !Object.hasOwn(object, name)),
  );
}

function notKnown(): string {
  return l10n.t('is not a property that is known here');
}

function didYouMean(message: string, near: string): string {
  return l10n.t('{0}; did you mean {1}?', message, near);
}

/** Maximum number of names in a message. */
const maxNames = 8;

function withList(message: string, names: readonly string[]): string {
  if (names.length === 0) return message;
  const more = names.length > maxNames ? ', …' : '';
  return l10n.t('{0}; known are {1}', message, `${names.slice(0, maxNames).join(', ')}${more}`);
}

function mustBe(what: string): string {
  return l10n.t('must be {0}', what);
}

/** Returns the known word that is most similar to a word; null where none is similar. */
export function nearest(word: string, known: readonly string[]): string | null {
  const best = known
    .filter((name) => name !== word)
    .map((name) => ({ name, distance: distance(word.toLowerCase(), name.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance)[0];
  return best !== undefined && best.distance <= Math.max(1, Math.floor(word.length / 4)) ? best.name : null;
}

/** Edits between two short words; two letters in the wrong order are one edit. */
function distance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, index) => index)];
  const at = (i: number, j: number): number => rows[i]?.[j] ?? 0;
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    rows.push(row);
    for (let j = 1; j <= b.length; j++) {
      const change = at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row[j] = Math.min(change, at(i - 1, j) + 1, (row[j - 1] ?? 0) + 1, swapped ? at(i - 2, j - 2) + 1 : change);
    }
  }
  return at(a.length, b.length);
}
