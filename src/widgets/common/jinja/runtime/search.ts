import { allowText, spend } from '../core/budget.ts';
import { typeError, valueError } from '../core/errors.ts';
import type { Bound } from './signature.ts';
import { isNarrow, pointIndex, textLength, textSlice } from '../text/points.ts';
import { isText, PyTuple, textOf, typeName, type Value } from '../values/model.ts';
import { searchBounds, textArgument } from './arguments.ts';
import { methods } from './method.ts';

interface Part {
  /** The searched part of the text. */
  readonly text: string;
  /** Code points before it. */
  readonly from: number;
  /** The bounds exclude each other, so that not even an empty text is found. */
  readonly empty: boolean;
}

function partOf(text: string, start: Value | undefined, end: Value | undefined): Part {
  spend(text.length >> 4);
  const length = textLength(text);
  const { from, to } = searchBounds(start, end, length);
  if (from > to) return { text: '', from, empty: true };
  return { text: textSlice(text, from, to), from, empty: false };
}

const needle = (value: Value | undefined) => textArgument(value, (type) => `must be str, not ${type}`);

function find(text: string, [sub, start, end]: Bound, last: boolean): number {
  const wanted = needle(sub);
  const part = partOf(text, start, end);
  if (part.empty) return -1;
  const index = last ? part.text.lastIndexOf(wanted) : part.text.indexOf(wanted);
  return index === -1 ? -1 : part.from + pointIndex(part.text, index);
}

function index(text: string, args: Bound, last: boolean): bigint {
  const found = find(text, args, last);
  if (found === -1) throw valueError('substring not found');
  return BigInt(found);
}

function count(text: string, [sub, start, end]: Bound): bigint {
  const wanted = needle(sub);
  const part = partOf(text, start, end);
  if (part.empty) return 0n;
  if (wanted === '') return BigInt(textLength(part.text) + 1);
  return BigInt(part.text.split(wanted).length - 1);
}

/** The texts of a str or of a tuple, each checked when it is its turn. */
function* affixes(value: Value | undefined, name: string): Generator<string> {
  const given = value ?? null;
  if (isText(given)) return yield textOf(given);
  if (!(given instanceof PyTuple)) {
    throw typeError(`${name} first arg must be str or a tuple of str, not ${typeName(given)}`);
  }
  for (const item of given.items) {
    yield textArgument(item, (type) => `tuple for ${name} must only contain str, not ${type}`);
  }
}

function hasAffix(text: string, [affix, start, end]: Bound, atEnd: boolean): boolean {
  const part = partOf(text, start, end);
  for (const wanted of affixes(affix, atEnd ? 'endswith' : 'startswith')) {
    if (!part.empty && (atEnd ? part.text.endsWith(wanted) : part.text.startsWith(wanted))) return true;
  }
  return false;
}

/** Methods of str that look for other texts. */
export const searchMethods = methods<string>('str', {
  count: ['sub, start=, end=', count],
  find: ['sub, start=, end=', (text, args) => BigInt(find(text, args, false))],
  rfind: ['sub, start=, end=', (text, args) => BigInt(find(text, args, true))],
  index: ['sub, start=, end=', (text, args) => index(text, args, false)],
  rindex: ['sub, start=, end=', (text, args) => index(text, args, true)],
  startswith: ['prefix, start=, end=', (text, args) => hasAffix(text, args, false)],
  endswith: ['suffix, start=, end=', (text, args) => hasAffix(text, args, true)],
});

/** Replaces up to `limit` occurrences; a negative limit means all of them. */
export function replaceText(text: string, old: string, replacement: string, limit: number): string {
  spend(text.length >> 4);
  if (limit === 0) return text;
  // Between code points, not between the halves of one.
  const parts = old === '' && !isNarrow(text) ? ['', ...text, ''].slice(1, -1) : text.split(old);
  const pieces = old === '' ? ['', ...parts, ''] : parts;
  if (old === '' && text === '') return replacement;
  const times = limit < 0 ? pieces.length - 1 : Math.min(limit, pieces.length - 1);
  allowText(text.length + times * (replacement.length - old.length));
  const head = pieces.slice(0, times + 1).join(replacement);
  return [head, ...pieces.slice(times + 1)].join(old);
}
