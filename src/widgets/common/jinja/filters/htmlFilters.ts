import { allowText, spend } from '../core/budget.ts';
import { TemplateError, isKind, typeError, valueError } from '../core/errors.ts';
import { concatenate, spaces, textLength, wordCharacters } from '../text/unicode.ts';
import { ordered, pythonSort } from '../values/compare.ts';
import { PyDict } from '../values/dictionary.ts';
import {
  Markup,
  PyBytes,
  PyList,
  PyObject,
  PyTuple,
  Undefined,
  type Value,
  escapeText,
  isText,
  textOf,
  typeName,
} from '../values/model.ts';
import { repr, reprText, str } from '../values/repr.ts';
import { splitLines } from '../runtime/split.ts';
import { each, lengthOrNone, slice, toArray, truth, unpack } from '../values/protocols.ts';
import { escape } from '../runtime/markupMethods.ts';
import { encode } from '../text/encodings.ts';
import { htmlSafeDumps } from '../values/json.ts';
import { type TemplateFunction, define } from '../runtime/signature.ts';
import { callMethod } from './textFilters.ts';

const width = 80;

/** `pprint.pformat(value)`: several lines where one is too long, with the keys of dictionaries sorted. */
function prettyRepr(value: Value): string {
  return new Printer().format(value, 0, 0, 0);
}

/** What `pprint` sorts by: values without an order are sorted by their types. */
function before(a: Value, b: Value): boolean {
  try {
    return ordered(a, b, '<');
  } catch (error) {
    if (!isKind(error, 'TypeError')) throw error;
    return typeText(a) < typeText(b);
  }
}

function typeText(value: Value): string {
  return `<class '${typeName(value)}'>`;
}

class Printer {
  readonly #open = new Set<PyObject>();

  /** @param indent columns before the value @param allowance columns that follow it */
  format(value: Value, indent: number, allowance: number, level: number): string {
    spend(1);
    if (value instanceof PyObject && this.#open.has(value)) return `<Recursion on ${value.typeName} with id=0>`;
    const short = this.#sortedRepr(value);
    if (textLength(short) <= width - indent - allowance) return short;
    return this.#long(value, indent, allowance, level + 1) ?? short;
  }

  #long(value: Value, indent: number, allowance: number, level: number): string | undefined {
    if (typeof value === 'string') return formatText(value, indent, allowance, level);
    if (!(value instanceof PyList || value instanceof PyTuple || value instanceof PyDict)) return undefined;
    if (value instanceof PyTuple && value.fields !== undefined) return undefined;
    this.#open.add(value);
    const text =
      value instanceof PyDict
        ? this.#dict(value, indent, allowance + 1, level)
        : this.#sequence(value, indent, allowance + 1, level);
    this.#open.delete(value);
    return text;
  }

  #dict(dict: PyDict, indent: number, allowance: number, level: number): string {
    const entries = pythonSort(Array.from(dict.entries()), ([a], [b]) => before(a, b));
    const lines = entries.map(([key, value], index) => {
      const shown = this.#sortedRepr(key);
      const last = index === entries.length - 1;
      const column = indent + 1 + textLength(shown) + 2;
      return `${shown}: ${this.format(value, column, last ? allowance : 1, level)}`;
    });
    return `{${lines.join(`,\n${' '.repeat(indent + 1)}`)}}`;
  }

  #sequence(value: PyList | PyTuple, indent: number, allowance: number, level: number): string {
    const [open, close] = value instanceof PyList ? ['[', ']'] : ['(', value.items.length === 1 ? ',)' : ')'];
    const end = value instanceof PyTuple && value.items.length === 1 ? allowance + 1 : allowance;
    const lines = value.items.map((item, index) =>
      this.format(item, indent + 1, index === value.items.length - 1 ? end : 1, level),
    );
    return open + lines.join(`,\n${' '.repeat(indent + 1)}`) + close;
  }

  /** `repr()` with the keys of dictionaries sorted. */
  #sortedRepr(value: Value): string {
    if (value instanceof PyDict) {
      if (this.#open.has(value)) return '<Recursion on dict with id=0>';
      this.#open.add(value);
      const entries = pythonSort(Array.from(value.entries()), ([a], [b]) => before(a, b));
      const text = entries.map(([key, item]) => `${this.#sortedRepr(key)}: ${this.#sortedRepr(item)}`).join(', ');
      this.#open.delete(value);
      return `{${text}}`;
    }
    if (!(value instanceof PyList || (value instanceof PyTuple && value.fields === undefined))) return repr(value);
    if (this.#open.has(value)) return `<Recursion on ${value.typeName} with id=0>`;
    this.#open.add(value);
    const items = value.items.map((item) => this.#sortedRepr(item)).join(', ');
    this.#open.delete(value);
    if (value instanceof PyList) return `[${items}]`;
    return value.items.length === 1 ? `(${items},)` : `(${items})`;
  }
}

/** A long text becomes several literals that Python joins. */
function formatText(text: string, column: number, endColumns: number, level: number): string {
  if (text === '') return "''";
  const [indent, allowance] = level === 1 ? [column + 1, endColumns + 1] : [column, endColumns];
  const lines = splitLines(text, true);
  const chunks: string[] = [];
  const maxWidth = width - indent;
  for (const [index, line] of lines.entries()) {
    const isLast = index === lines.length - 1;
    const limit = isLast ? maxWidth - allowance : maxWidth;
    const whole = reprText(line);
    if (textLength(whole) <= limit) chunks.push(whole);
    else chunks.push(...wrapped(line, maxWidth, isLast ? allowance : 0));
  }
  const [only = ''] = chunks;
  if (chunks.length === 1) return only;
  const joined = chunks.join(`\n${' '.repeat(indent)}`);
  return level === 1 ? `(${joined})` : joined;
}

function wrapped(line: string, maxWidth: number, allowance: number): string[] {
  const parts = Array.from(line.matchAll(/\S*\s*/g), ([part]) => part).filter((part) => part !== '');
  const chunks: string[] = [];
  let current = '';
  for (const [index, part] of parts.entries()) {
    const candidate = current + part;
    const limit = index === parts.length - 1 ? maxWidth - allowance : maxWidth;
    if (textLength(reprText(candidate)) > limit) {
      if (current !== '') chunks.push(reprText(current));
      current = part;
    } else {
      current = candidate;
    }
  }
  if (current !== '') chunks.push(reprText(current));
  return chunks;
}

/** Attributes of links, already escaped and with a space in front. */
interface LinkOptions {
  /** Characters of an address that are shown, null for all. */
  readonly limit: Value;
  readonly rel: string;
  readonly target: string;
  readonly schemes: readonly string[];
}

const label = `[${wordCharacters}%\\-]`;
const rest = `(?::\\p{Nd}{1,5})?(?:[/?#][^${spaces}]*)?\\n?$`;
const domain = new RegExp(
  `^(?:https?://|www\\.)(?:(?:${label}+\\.)+)?(?:[a-z]{2,63}|xn--[${wordCharacters}%]{2,59})${rest}`,
  'iu',
);
const basicDomain = new RegExp(`^(?:${label}{2,63}\\.)+(?:com|net|int|edu|gov|org|info|mil)${rest}`, 'iu');
const address = new RegExp(
  `^https?://(?:\\p{Nd}{1,3}(?:\\.\\p{Nd}{1,3}){3}|\\[(?:[\\p{Nd}a-f]{0,4}:){2}(?:[\\p{Nd}a-f]{0,4}:?){1,6}\\])${rest}`,
  'iu',
);
const email = new RegExp(`^[^${spaces}]+@[${wordCharacters}][${wordCharacters}.\\-]*\\.[${wordCharacters}]+\\n?$`, 'u');
const leading = /^(?:[(<]|&lt;)+/;
const closing = /(?:[)>.,\n]|&gt;)$/;
const pairs = [
  ['(', ')'],
  ['<', '>'],
  ['&lt;', '&gt;'],
] as const;

/** Longer words are not examined: the time for some of them grows with the square of their length. */
const maxWord = 4096;

const countOf = (text: string, part: string): number => text.split(part).length - 1;

/** Turns addresses in an escaped text into links. */
function urlize(text: string, options: LinkOptions): string {
  return text
    .split(new RegExp(`([${spaces}]+)`))
    .map((word) => (word.length > maxWord ? word : linkWord(word, options)))
    .join('');
}

function linkWord(word: string, options: LinkOptions): string {
  spend(1 + (word.length >> 2));
  const head = leading.exec(word)?.[0] ?? '';
  let middle = word.slice(head.length);
  let tail = '';
  for (let end = closing.exec(middle)?.[0]; end !== undefined; end = closing.exec(middle)?.[0]) {
    tail = end + tail;
    middle = middle.slice(0, -end.length);
  }
  for (const [open, close] of pairs) {
    const opened = countOf(middle, open);
    if (opened <= countOf(middle, close)) continue;
    for (let left = Math.min(opened, countOf(tail, close)); left > 0; left -= 1) {
      const end = tail.indexOf(close) + close.length;
      middle += tail.slice(0, end);
      tail = tail.slice(end);
    }
  }
  return head + link(middle, options) + tail;
}

function link(word: string, { limit, rel, target, schemes }: LinkOptions): string {
  if (domain.test(word) || basicDomain.test(word) || address.test(word)) {
    const href = word.startsWith('https://') || word.startsWith('http://') ? word : `https://${word}`;
    return `<a href="${href}"${rel}${target}>${shortened(word, limit)}</a>`;
  }
  if (word.startsWith('mailto:') && email.test(word.slice(7))) return `<a href="${word}">${word.slice(7)}</a>`;
  const isEmail = word.includes('@') && !word.startsWith('www.') && !word.startsWith('@') && !word.includes(':');
  if (isEmail && email.test(word)) return `<a href="mailto:${word}">${word}</a>`;
  let result = word;
  for (const scheme of schemes) {
    if (result !== scheme && result.startsWith(scheme)) result = `<a href="${result}"${rel}${target}>${result}</a>`;
  }
  return result;
}

function shortened(word: string, limit: Value): string {
  if (limit === null || !ordered(BigInt(textLength(word)), limit, '>')) return word;
  return `${str(slice(word, { start: null, stop: limit, step: null }))}...`;
}

const unreserved = /[A-Za-z0-9_.~-]/;

/** Percent-encodes a value's text. @param forQuery spaces become `+`, and `/` is encoded */
function quote(value: Value, forQuery: boolean): string {
  const bytes = value instanceof PyBytes ? value.bytes : encode(str(value), 'utf-8', 'strict');
  allowText(bytes.length * 3);
  return bytes
    .map((byte) => {
      const character = String.fromCharCode(byte);
      if (unreserved.test(character) || (character === '/' && !forQuery)) return character;
      return forQuery && character === ' ' ? '+' : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    })
    .join('');
}

function isIterable(value: Value): boolean {
  if (value instanceof Undefined) return true;
  return lengthOrNone(value) !== undefined || (typeof value === 'object' && value !== null && 'source' in value);
}

function urlEncode(value: Value): string {
  if (isText(value) || !isIterable(value)) return quote(value, false);
  const pairs =
    value instanceof PyDict ? Array.from(value.entries(), ([key, item]) => new PyTuple([key, item])) : each(value);
  return Array.from(pairs, (pair) => {
    const [key = null, item = null] = unpack(pair, 2);
    return `${quote(key, true)}=${quote(item, true)}`;
  }).join('&');
}

const invalidKey = /[ \t\n\r\f\v/>=]/;

function xmlAttributes(value: Value, autospace: Value, autoescape: boolean): Value {
  const parts: string[] = [];
  for (const pair of toArray(callMethod(value, 'items'))) {
    const [key = null, item = null] = unpack(pair, 2);
    if (item === null || item instanceof Undefined) continue;
    if (!isText(key)) throw typeError(`expected string or bytes-like object, got '${typeName(key)}'`);
    if (invalidKey.test(textOf(key))) throw valueError(`Invalid character in attribute name: ${repr(key)}`);
    parts.push(`${escape(key).text}="${escape(item).text}"`);
  }
  const joined = concatenate(parts, ' ');
  const text = truth(autospace) && joined !== '' ? ` ${joined}` : joined;
  return autoescape ? new Markup(text) : text;
}

const scheme = /^([\p{L}\p{N}_.+-]{2,}:(\/){0,2})\n?$/u;

interface UrlizeArguments {
  readonly value: Value;
  readonly limit: Value;
  readonly nofollow: Value;
  readonly target: Value;
  readonly rel: Value;
  readonly schemes: Value;
}

function links({ value, limit, nofollow, target, rel, schemes }: UrlizeArguments, autoescape: boolean): Value {
  const rels = new Set(truth(rel) ? toArray(callMethod(rel, 'split')).map(str) : []);
  if (truth(nofollow)) rels.add('nofollow');
  rels.add('noopener');
  const extra = schemes === null ? [] : toArray(schemes);
  for (const each_ of extra) {
    if (isText(each_) && scheme.test(textOf(each_))) continue;
    if (!isText(each_)) throw typeError(`expected string or bytes-like object, got '${typeName(each_)}'`);
    throw new TemplateError('FilterArgumentError', `${repr(each_)} is not a valid URI scheme prefix.`);
  }
  const text = escape(value).text;
  spend(text.length);
  const linked = urlize(text, {
    limit,
    rel: ` rel="${escapeText(Array.from(rels).sort().join(' '))}"`,
    target: truth(target) ? ` target="${escape(target).text}"` : '',
    schemes: extra.map(str),
  });
  return autoescape ? new Markup(linked) : linked;
}

/** Filters for HTML, addresses and JSON by name. */
export const htmlFilters: readonly (readonly [string, TemplateFunction])[] = [
  ['pprint', define('do_pprint', 'value', ([value = null]) => prettyRepr(value))],
  [
    'tojson',
    define('do_tojson', 'value, indent=', ([value = null, indent = null]) => new Markup(htmlSafeDumps(value, indent))),
  ],
  ['urlencode', define('do_urlencode', 'value', ([value = null]) => urlEncode(value))],
  [
    'urlize',
    define(
      'do_urlize',
      'value, trim_url_limit=, nofollow=, target=, rel=, extra_schemes=',
      ([value = null, limit = null, nofollow = false, target = null, rel = null, schemes = null], { autoescape }) =>
        links({ value, limit, nofollow, target, rel, schemes }, autoescape),
    ),
  ],
  [
    'xmlattr',
    define('do_xmlattr', 'd, autospace=', ([value = null, autospace = true], { autoescape }) =>
      xmlAttributes(value, autospace, autoescape),
    ),
  ],
];
