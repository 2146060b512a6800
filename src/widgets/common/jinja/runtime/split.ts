import { allowItems, allowText, spend } from '../core/budget.ts';
import { typeError, valueError } from '../core/errors.ts';
import {
  isNarrow,
  lineBreaks,
  pointIndex,
  textLength,
  textSlice,
  trim,
  trimEnd,
  trimStart,
  words,
} from '../text/unicode.ts';
import { PyList, PyTuple, type Value, isText, textOf, typeName } from '../values/model.ts';
import { flagArgument } from '../values/protocols.ts';
import { type Bound, methods, optionalIndex, searchBounds, textArgument } from './signature.ts';

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

/** `text.split(separator, limit)`; a negative limit means no limit. */
export function splitText(text: string, separator: string | undefined, limit: number, fromEnd = false): string[] {
  spend(text.length >> 4);
  const parts = separator === undefined ? splitWords(text, limit, fromEnd) : splitAt(text, separator, limit, fromEnd);
  allowItems(parts.length);
  return parts;
}

function splitAt(text: string, separator: string, limit: number, fromEnd: boolean): string[] {
  if (separator === '') throw valueError('empty separator');
  if (fromEnd) return splitFromEnd(text, separator, limit);
  const parts = text.split(separator);
  if (limit < 0 || parts.length - 1 <= limit) return parts;
  return [...parts.slice(0, limit), parts.slice(limit).join(separator)];
}

/** Overlapping separators are met from the end. */
function splitFromEnd(text: string, separator: string, limit: number): string[] {
  const parts: string[] = [];
  let rest = text;
  while (limit < 0 || parts.length < limit) {
    const at = rest.lastIndexOf(separator);
    if (at === -1) break;
    parts.unshift(rest.slice(at + separator.length));
    rest = rest.slice(0, at);
  }
  return [rest, ...parts];
}

function splitWords(text: string, limit: number, fromEnd: boolean): string[] {
  const parts = words(text);
  if (limit < 0 || parts.length <= limit) return parts;
  // The rest keeps its inner white space, and that on its outer side.
  let rest = fromEnd ? trimEnd(text) : trimStart(text);
  const taken = fromEnd ? parts.slice(parts.length - limit).reverse() : parts.slice(0, limit);
  for (const word of taken) {
    rest = fromEnd ? trimEnd(rest.slice(0, rest.length - word.length)) : trimStart(rest.slice(word.length));
  }
  return fromEnd ? [rest, ...taken.reverse()] : [...taken, rest];
}

function split(text: string, [separator, limit]: Bound, fromEnd: boolean): PyList {
  const by =
    separator === undefined || separator === null
      ? undefined
      : textArgument(separator, (type) => `must be str or None, not ${type}`);
  return new PyList(splitText(text, by, optionalIndex(limit, -1), fromEnd));
}

const lineBreak = new RegExp(lineBreaks, 'g');

/** Returns the lines of a text as `str.splitlines` does, with their ends if `keepEnds` is true. */
export function splitLines(text: string, keepEnds = false): string[] {
  spend(text.length >> 4);
  const lines: string[] = [];
  let start = 0;
  for (const match of text.matchAll(lineBreak)) {
    const end = match.index + match[0].length;
    lines.push(text.slice(start, keepEnds ? end : match.index));
    start = end;
  }
  if (start < text.length) lines.push(text.slice(start));
  return lines;
}

function partition(text: string, separator: Value | undefined, last: boolean): PyTuple {
  const by = textArgument(separator, (type) => `must be str, not ${type}`);
  if (by === '') throw valueError('empty separator');
  const at = last ? text.lastIndexOf(by) : text.indexOf(by);
  if (at === -1) return new PyTuple(last ? ['', '', text] : [text, '', '']);
  return new PyTuple([text.slice(0, at), by, text.slice(at + by.length)]);
}

/** Removes spaces, or the given characters, from the ends. */
export function strip(
  text: string,
  characters: Value | undefined,
  left: boolean,
  right: boolean,
  name = 'strip',
): string {
  if (characters === undefined || characters === null) {
    return left && right ? trim(text) : left ? trimStart(text) : trimEnd(text);
  }
  const set = new Set(textArgument(characters, () => `${name} arg must be None or str`));
  const all = Array.from(text);
  let start = 0;
  let end = all.length;
  while (left && start < end && set.has(all[start] ?? '')) start += 1;
  while (right && end > start && set.has(all[end - 1] ?? '')) end -= 1;
  return all.slice(start, end).join('');
}

/** Methods of str that take it apart. */
export const splitMethods = methods<string>('str', {
  split: ['*sep=, maxsplit=', (text, args) => split(text, args, false)],
  rsplit: ['*sep=, maxsplit=', (text, args) => split(text, args, true)],
  splitlines: ['*keepends=', (text, [keep]) => new PyList(splitLines(text, keep !== undefined && flagArgument(keep)))],
  partition: ['sep', (text, [separator]) => partition(text, separator, false)],
  rpartition: ['sep', (text, [separator]) => partition(text, separator, true)],
  strip: ['chars=', (text, [characters]) => strip(text, characters, true, true)],
  lstrip: ['chars=', (text, [characters]) => strip(text, characters, true, false, 'lstrip')],
  rstrip: ['chars=', (text, [characters]) => strip(text, characters, false, true, 'rstrip')],
});
