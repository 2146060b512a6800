import { allowText } from '../core/budget.ts';
import { TemplateError, typeError } from '../core/errors.ts';
import type { Bound } from './signature.ts';
import * as cases from '../text/cases.ts';
import { encode } from '../text/encodings.ts';
import { characters, concatenate, pad, textLength } from '../text/points.ts';
import { isPrintable, isSpace, textTests } from '../text/unicode.ts';
import { isText, PyBytes, textOf, typeName, type Value } from '../values/model.ts';
import { each, indexArgument } from '../values/protocols.ts';
import { optionalIndex, textArgument } from './arguments.ts';
import { methods, type Methods } from './method.ts';
import { replaceText, searchMethods } from './search.ts';
import { splitMethods } from './split.ts';
import { translate } from './translate.ts';

function justify(text: string, [width, fill]: Bound, align: '<' | '>' | '^'): string {
  const by = fill === undefined ? ' ' : fillCharacter(fill);
  const total = indexArgument(width ?? null);
  const missing = total - textLength(text);
  if (align !== '^' || missing <= 0) return pad(text, total, align, by);
  allowText(total);
  // Python puts the odd character to the left where the width is odd.
  const left = Math.floor(missing / 2) + (missing & total & 1);
  return by.repeat(left) + text + by.repeat(missing - left);
}

function fillCharacter(value: Value): string {
  const text = textArgument(value, (type) => `The fill character must be a unicode character, not ${type}`);
  if (textLength(text) !== 1) throw typeError('The fill character must be exactly one character long');
  return text;
}

/** `separator.join(values)`. @throws {TemplateError} TypeError for items that are no str */
export function joinTexts(separator: string, values: Value): string {
  const parts: string[] = [];
  for (const item of joinable(values)) {
    if (!isText(item)) {
      throw typeError(`sequence item ${parts.length}: expected str instance, ${typeName(item)} found`);
    }
    parts.push(textOf(item));
  }
  return concatenate(parts, separator);
}

function joinable(values: Value): Iterable<Value> {
  try {
    return each(values);
  } catch (error) {
    if (error instanceof TemplateError && error.kind === 'TypeError') throw typeError('can only join an iterable');
    throw error;
  }
}

function zeroFill(text: string, width: number): string {
  const sign = /^[+-]/.exec(text)?.[0] ?? '';
  return sign + pad(text.slice(sign.length), width - sign.length, '>', '0');
}

function expandTabs(text: string, size: number): string {
  let column = 0;
  const parts: string[] = [];
  for (const character of characters(text)) {
    if (character === '\t') {
      const width = size > 0 ? size - (column % size) : 0;
      column += width;
      allowText(column);
      parts.push(' '.repeat(width));
    } else {
      parts.push(character);
      column = character === '\n' || character === '\r' ? 0 : column + 1;
    }
  }
  return concatenate(parts);
}

function encodeText(text: string, [encoding, errors]: Bound): PyBytes {
  const name =
    encoding === undefined
      ? 'utf-8'
      : textArgument(encoding, (type) => `encode() argument 'encoding' must be str, not ${type}`);
  const handling =
    errors === undefined
      ? 'strict'
      : textArgument(errors, (type) => `encode() argument 'errors' must be str, not ${type}`);
  return new PyBytes(encode(text, name, handling));
}

const affix = (name: string) => (value: Value | undefined) =>
  textArgument(value, (type) => `${name}() argument must be str, not ${type}`);

const replaceArgument = (index: number) => (type: string) => `replace() argument ${index} must be str, not ${type}`;

const plain: Methods<string> = methods('str', {
  capitalize: ['', cases.capitalize],
  casefold: ['', cases.caseFold],
  center: ['width, fillchar=', (text, args) => justify(text, args, '^')],
  encode: ['*encoding=, errors=', encodeText],
  expandtabs: ['*tabsize=', (text, [size]) => expandTabs(text, optionalIndex(size, 8))],
  isalnum: ['', (text) => textTests.isalnum.test(text)],
  isalpha: ['', (text) => textTests.isalpha.test(text)],
  isascii: ['', (text) => characters(text).every((character) => character < '\x80')],
  isdecimal: ['', (text) => textTests.isdecimal.test(text)],
  isdigit: ['', (text) => textTests.isdigit.test(text)],
  isidentifier: ['', (text) => textTests.isidentifier.test(text)],
  islower: ['', cases.isLower],
  isnumeric: ['', (text) => textTests.isnumeric.test(text)],
  isprintable: ['', (text) => characters(text).every(isPrintable)],
  isspace: ['', isSpace],
  istitle: ['', cases.isTitle],
  isupper: ['', cases.isUpper],
  join: ['iterable', (text, [values]) => joinTexts(text, values ?? null)],
  ljust: ['width, fillchar=', (text, args) => justify(text, args, '<')],
  lower: ['', (text) => text.toLowerCase()],
  removeprefix: [
    'prefix',
    (text, [prefix]) => {
      const removed = affix('removeprefix')(prefix);
      return text.startsWith(removed) ? text.slice(removed.length) : text;
    },
  ],
  removesuffix: [
    'suffix',
    (text, [suffix]) => {
      const removed = affix('removesuffix')(suffix);
      return removed !== '' && text.endsWith(removed) ? text.slice(0, -removed.length) : text;
    },
  ],
  replace: [
    'old, new, count=',
    (text, [old, replacement, limit]) => {
      const from = textArgument(old, replaceArgument(1));
      const to = textArgument(replacement, replaceArgument(2));
      return checked(replaceText(text, from, to, optionalIndex(limit, -1)));
    },
  ],
  rjust: ['width, fillchar=', (text, args) => justify(text, args, '>')],
  swapcase: ['', cases.swapCase],
  title: ['', cases.title],
  translate: ['table', (text, [table]) => translate(text, table ?? null)],
  upper: ['', (text) => text.toUpperCase()],
  zfill: ['width', (text, [width]) => zeroFill(text, indexArgument(width ?? null))],
});

function checked(text: string): string {
  allowText(text.length);
  return text;
}

/** Methods of str, except those that format. */
export const textMethods: Methods<string> = { ...plain, ...searchMethods, ...splitMethods };
