import { allowText, spend } from '../core/budget.ts';
import { TemplateError, typeError, valueError } from '../core/errors.ts';
import { characters, concatenate, isSpace, spaces, wordCharacters } from '../text/unicode.ts';
import { escape, stripTags } from '../runtime/markupMethods.ts';
import { replaceText, strip } from '../runtime/split.ts';
import { attribute } from '../runtime/attributes.ts';
import { type TemplateFunction, call, define } from '../runtime/signature.ts';
import { percent } from '../runtime/formatMethods.ts';
import { arithmetic } from '../values/arithmetic.ts';
import { ordered } from '../values/compare.ts';
import { PyDict } from '../values/dictionary.ts';
import {
  type Keywords,
  Markup,
  PyList,
  PyTuple,
  Undefined,
  type Value,
  isText,
  textOf,
  typeName,
} from '../values/model.ts';
import { failUndefined, indexArgument, length, slice, truth } from '../values/protocols.ts';
import { str } from '../values/repr.ts';

interface WrapOptions {
  readonly width: number;
  /** Whether the width is a float, which Python accepts unless a word has to be broken. */
  readonly isFloat: boolean;
  readonly breakLongWords: boolean;
  readonly breakOnHyphens: boolean;
}

const blank = ' \\t\\n\\v\\f\\r';
const inWord = `[${wordCharacters}!"'&.,?]`;
const letter = `(?:(?![\\p{Nd}_])[${wordCharacters}])`;
const notBlank = `[^${blank}]`;
/** White space, dashes between words, or a word that may end with a hyphen. */
const chunks = new RegExp(
  `([${blank}]+|(?<=${inWord})-{2,}(?=[${wordCharacters}])|` +
    `${notBlank}+?(?:-(?:(?<=${letter}{2}-)|(?<=${letter}-${letter}-))(?=${letter}-?${letter})|` +
    `(?=[${blank}]|$)|(?<=${inWord})(?=-{2,}[${wordCharacters}])))`,
  'u',
);
const plainChunks = new RegExp(`([${blank}]+)`);

/** Lines longer than this are split at white space only: the search for hyphens takes too long. */
const maxLine = 8_000;

/** A part of a line: white space or a word, from an index of its characters on. */
interface Chunk {
  readonly all: readonly string[];
  readonly from: number;
}

const sizeOf = ({ all, from }: Chunk): number => all.length - from;

/** The lines of a paragraph, as Python's `textwrap.wrap` breaks them without changing white space. */
export function wrapLine(text: string, options: WrapOptions): string[] {
  if (options.width <= 0) throw valueError(`invalid width ${options.width} (must be > 0)`);
  spend(text.length);
  const pattern = options.breakOnHyphens && text.length <= maxLine ? chunks : plainChunks;
  const rest: Chunk[] = text
    .split(pattern)
    .filter((part) => part !== '')
    .map((part) => ({ all: characters(part), from: 0 }))
    .reverse();
  const lines: string[] = [];
  while (rest.length > 0) {
    const next = rest.at(-1);
    if (lines.length > 0 && next !== undefined && isSpace(next.all[next.from] ?? ' ')) rest.pop();
    const line = takeLine(rest, options);
    const last = line.at(-1);
    if (last !== undefined && isBlank(last)) line.pop();
    if (line.length > 0) lines.push(line.map((part) => part.join('')).join(''));
  }
  return lines;
}

function isBlank(part: readonly string[]): boolean {
  return part.every(isSpace);
}

function takeLine(rest: Chunk[], options: WrapOptions): (readonly string[])[] {
  const line: (readonly string[])[] = [];
  let length = 0;
  for (let next = rest.at(-1); next !== undefined; next = rest.at(-1)) {
    const size = sizeOf(next);
    if (length + size > options.width) {
      if (size > options.width) breakWord(rest, line, length, options);
      break;
    }
    line.push(next.all.slice(next.from));
    length += size;
    rest.pop();
  }
  return line;
}

/**
 * A word that is longer than a line is broken, or gets a separate line. If the line is full, Python adds an empty part,
 * which keeps white space at the end of the line.
 */
function breakWord(rest: Chunk[], line: (readonly string[])[], length: number, options: WrapOptions): void {
  const whole = rest.pop() ?? { all: [], from: 0 };
  if (!options.breakLongWords) {
    if (line.length === 0) line.push(whole.all.slice(whole.from));
    else rest.push(whole);
    return;
  }
  if (options.isFloat) {
    throw typeError('slice indices must be integers or None or have an __index__ method');
  }
  const room = whole.all.slice(whole.from, whole.from + options.width - length);
  const end = options.breakOnHyphens ? hyphenEnd(room) : room.length;
  line.push(room.slice(0, end));
  rest.push({ all: whole.all, from: whole.from + end });
}

/** Where a long word is broken: after its last hyphen that fits, if something else is in front of it. */
function hyphenEnd(room: readonly string[]): number {
  const hyphen = room.lastIndexOf('-');
  return hyphen > 0 && room.slice(0, hyphen).some((character) => character !== '-') ? hyphen + 1 : room.length;
}

/** `soft_str`: Markup stays Markup. */
export function softText(value: Value): string | Markup {
  return isText(value) ? value : str(value);
}

/** Calls a method of a value as Python code does. @throws {TemplateError} AttributeError where there is none */
export function callMethod(value: Value, name: string, ...args: readonly Value[]): Value {
  const found = attribute(value, name);
  if (found !== undefined) return call(found, args);
  throw new TemplateError('AttributeError', `'${typeName(value)}' object has no attribute '${name}'`);
}

/** A filter that is a method of the value's text. */
const textMethod = (name: string, method: string) =>
  define(name, 's', ([value = null]) => callMethod(softText(value), method));

const wordStart = new RegExp(`([-${spaces}({\\[<]+)`);

function title(value: Value): string {
  const parts = textOf(softText(value)).split(wordStart);
  return parts
    .map((part) => {
      const [first = ''] = part;
      // A sigma at the end of the rest is final only within the rest.
      return first.toUpperCase() + part.slice(first.length).toLowerCase();
    })
    .join('');
}

function indent(value: Value, width: Value, first: Value, blank: Value): Value {
  const text = isText(width) ? textOf(width) : textOf(softText(arithmetic('*', ' ', width)));
  const safe = value instanceof Markup;
  const wrap = (plain: string): Value => (safe ? new Markup(plain) : plain);
  if (!isText(value)) throw notConcatenated(value);
  const lines = callMethod(`${textOf(value)}\n`, 'splitlines');
  const items = lines instanceof PyList ? lines.items.map((line) => textOf(softText(line))) : [];
  const head = items[0] ?? '';
  const rest = items.slice(1).map((line) => (line === '' && !truth(blank) ? '\n' : `\n${text}${line}`));
  allowText(items.length * text.length + textOf(value).length);
  return wrap((truth(first) ? text : '') + concatenate([head, ...rest]));
}

function notConcatenated(value: Value): TemplateError {
  if (value instanceof Undefined) failUndefined(value);
  if (value instanceof PyList) {
    // `+=` extends the list by the characters before the list turns out to have no lines.
    value.items.push('\n');
    return new TemplateError('AttributeError', "'list' object has no attribute 'splitlines'");
  }
  if (value instanceof PyTuple) return typeError('can only concatenate tuple (not "str") to tuple');
  return typeError(`unsupported operand type(s) for +=: '${typeName(value)}' and 'str'`);
}

function truncate(value: Value, size: Value, kill: Value, end: Value, leeway: Value): Value {
  const slack = leeway === null ? 5n : leeway;
  const tail = length(end);
  if (!ordered(size, BigInt(tail), '>=')) throw assertion(`expected length >= ${tail}, got ${str(size)}`);
  if (!ordered(slack, 0n, '>=')) throw assertion(`expected leeway >= 0, got ${str(slack)}`);
  if (ordered(BigInt(length(value)), arithmetic('+', size, slack), '<=')) return value;
  const stop = arithmetic('-', size, BigInt(tail));
  const cut = slice(value, { start: null, stop, step: null });
  if (truth(kill)) return arithmetic('+', cut, end);
  const words = callMethod(cut, 'rsplit', ' ', 1n);
  return arithmetic('+', words instanceof PyList ? (words.items[0] ?? null) : null, end);
}

function assertion(message: string): TemplateError {
  return new TemplateError('AssertionError', message);
}

function replace(value: Value, old: Value, replacement: Value, count: Value, autoescape: boolean): Value {
  const limit = count === null ? -1 : indexArgument(count);
  if (!autoescape) return checked(replaceText(str(value), str(old), str(replacement), limit));
  const markup = old instanceof Markup || (replacement instanceof Markup && !(value instanceof Markup));
  const subject = markup ? escape(value) : softText(value);
  return callMethod(subject, 'replace', softText(old), softText(replacement), BigInt(limit));
}

function checked(text: string): string {
  allowText(text.length);
  return text;
}

function format(args: readonly Value[], keywords: Keywords): Value {
  const [value = null, ...rest] = args;
  if (rest.length > 0 && keywords.size > 0) {
    throw new TemplateError('FilterArgumentError', "can't handle positional and keyword arguments at the same time");
  }
  return percent(softText(value), keywords.size > 0 ? PyDict.of(keywords) : new PyTuple(rest));
}

const word = new RegExp(`[${wordCharacters}]+`, 'gu');

function center(value: Value, width: Value): Value {
  return callMethod(softText(value), 'center', width);
}

function stripped(value: Value, characters: Value): Value {
  const text = softText(value);
  const plain = strip(textOf(text), characters, true, true);
  return text instanceof Markup ? new Markup(plain) : plain;
}

/** Filters of texts by name. */
export const textFilters: readonly (readonly [string, TemplateFunction])[] = [
  ['capitalize', textMethod('do_capitalize', 'capitalize')],
  ['center', define('do_center', 'value, width=', ([value = null, width = 80n]) => center(value, width))],
  ['escape', define('escape', '/s', ([value = null]) => escape(value))],
  ['e', define('escape', '/s', ([value = null]) => escape(value))],
  [
    'forceescape',
    define('do_forceescape', 'value', ([value = null]) => escape(value instanceof Markup ? value.text : str(value))),
  ],
  ['format', (_, args, keywords) => format(args, keywords)],
  [
    'indent',
    define('do_indent', 's, width=, first=, blank=', ([value = null, width = 4n, first = false, blank = false]) =>
      indent(value, width, first, blank),
    ),
  ],
  ['lower', textMethod('do_lower', 'lower')],
  [
    'replace',
    define('do_replace', 's, old, new, count=', ([value = null, old = null, by = null, count = null], { autoescape }) =>
      replace(value, old, by, count, autoescape),
    ),
  ],
  [
    'safe',
    define('do_mark_safe', 'value', ([value = null]) => (value instanceof Markup ? value : new Markup(str(value)))),
  ],
  ['string', define('soft_str', '/s', ([value = null]) => softText(value))],
  [
    'striptags',
    define('do_striptags', 'value', ([value = null]) => stripTags(value instanceof Markup ? value.text : str(value))),
  ],
  ['title', define('do_title', 's', ([value = null]) => title(value))],
  ['trim', define('do_trim', 'value, chars=', ([value = null, characters = null]) => stripped(value, characters))],
  [
    'truncate',
    define(
      'do_truncate',
      's, length=, killwords=, end=, leeway=',
      ([value = null, size = 255n, kill = false, end = '...', leeway = null]) =>
        truncate(value, size, kill, end, leeway),
    ),
  ],
  ['upper', textMethod('do_upper', 'upper')],
  [
    'wordcount',
    define('do_wordcount', 's', ([value = null]) => BigInt(textOf(softText(value)).match(word)?.length ?? 0)),
  ],
];
