import { overflowError, TemplateError, typeError, valueError } from '../core/errors.ts';
import { decode, encode } from '../text/encodings.ts';
import {
  PyBytes,
  PyList,
  PyTuple,
  type Value,
  integerOf,
  isInteger,
  isText,
  textOf,
  typeName,
} from '../values/model.ts';
import {
  capitalize,
  caseFold,
  characters,
  concatenate,
  isLower,
  isPrintable,
  isSpace,
  isTitle,
  isUpper,
  pad,
  swapCase,
  textLength,
  textTests,
  title,
} from '../text/unicode.ts';
import { PyDict } from '../values/dictionary.ts';
import { allowText } from '../core/budget.ts';
import { each, indexArgument } from '../values/protocols.ts';
import { type Bound, type Methods, methods, optionalIndex, textArgument } from './signature.ts';
import { replaceText, searchMethods, splitMethods, splitText, strip } from './split.ts';

/** Bytes as a text of the first 256 characters, on which the methods of str work. */
const asText = ({ bytes }: PyBytes): string => String.fromCharCode(...bytes);
const fromText = (text: string): PyBytes => new PyBytes(Array.from(text, (character) => character.charCodeAt(0)));

function bytesText(value: Value | undefined): string {
  if (value instanceof PyBytes) return asText(value);
  throw typeError(`a bytes-like object is required, not '${typeName(value ?? null)}'`);
}

/** The searched value: bytes, or the number of one byte. */
function needle(value: Value | undefined): string {
  const given = value ?? null;
  if (!isInteger(given)) return bytesText(given);
  const byte = integerOf(given);
  if (byte < 0n || byte > 255n) throw valueError('byte must be in range(0, 256)');
  return String.fromCharCode(Number(byte));
}

function count(text: string, wanted: string): bigint {
  return BigInt(wanted === '' ? text.length + 1 : text.split(wanted).length - 1);
}

const upper = (text: string) => text.replace(/[a-z]/g, (letter) => letter.toUpperCase());
const lower = (text: string) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

function hex({ bytes }: PyBytes, separator: string): string {
  return bytes.map((byte) => byte.toString(16).padStart(2, '0')).join(separator);
}

/** The methods of bytes that a template is likely to use on what `encode` gave it. */
export const bytesMethods = methods<PyBytes>('bytes', {
  count: ['sub', (self, [sub]) => count(asText(self), needle(sub))],
  decode: [
    '*encoding=, errors=',
    ({ bytes }, [encoding, errors]) => {
      const name = (value: Value | undefined, otherwise: string) =>
        value === undefined ? otherwise : textArgument(value, (type) => `decode() argument must be str, not ${type}`);
      return decode(bytes, name(encoding, 'utf-8'), name(errors, 'strict'));
    },
  ],
  endswith: ['suffix', (self, [suffix]) => asText(self).endsWith(bytesText(suffix))],
  find: ['sub', (self, [sub]) => BigInt(asText(self).indexOf(needle(sub)))],
  hex: [
    '*sep=',
    (self, [separator]) =>
      hex(self, separator === undefined ? '' : textArgument(separator, () => 'sep must be str or bytes.')),
  ],
  index: [
    'sub',
    (self, [sub]) => {
      const found = asText(self).indexOf(needle(sub));
      if (found === -1) throw valueError('subsection not found');
      return BigInt(found);
    },
  ],
  join: [
    'iterable',
    (self, [values]) =>
      fromText(values instanceof PyList ? values.items.map(bytesText).join(asText(self)) : bytesText(values)),
  ],
  lower: ['', (self) => fromText(lower(asText(self)))],
  replace: [
    'old, new, count=',
    (self, [old, replacement, count]) =>
      fromText(replaceText(asText(self), bytesText(old), bytesText(replacement), optionalIndex(count, -1))),
  ],
  split: [
    '*sep=, maxsplit=',
    (self, [separator, limit]) => {
      const by = separator === undefined || separator === null ? undefined : bytesText(separator);
      return new PyList(splitText(asText(self), by, optionalIndex(limit, -1)).map(fromText));
    },
  ],
  startswith: ['prefix', (self, [prefix]) => asText(self).startsWith(bytesText(prefix))],
  strip: ['', (self) => fromText(strip(asText(self), undefined, true, true))],
  upper: ['', (self) => fromText(upper(asText(self)))],
});

const point = (character: string): bigint => BigInt(character.codePointAt(0) ?? 0);

/** `str.maketrans(…)`. @throws {TemplateError} TypeError, ValueError */
export function makeTranslation([from, to, removed]: Bound): PyDict {
  if (to === undefined) return fromDict(from ?? null);
  const keys = characters(
    textArgument(from, () => 'first maketrans argument must be a string if there is a second argument'),
  );
  const values = characters(textArgument(to, (type) => `maketrans() argument 2 must be str, not ${type}`));
  if (keys.length !== values.length) {
    throw valueError('the first two maketrans arguments must have equal length');
  }
  const table = PyDict.of(keys.map((key, index) => [point(key), point(values[index] ?? '')] as const));
  if (removed !== undefined) {
    const text = textArgument(removed, (type) => `maketrans() argument 3 must be str, not ${type}`);
    for (const character of characters(text)) table.set(point(character), null);
  }
  return table;
}

function fromDict(value: Value): PyDict {
  if (!(value instanceof PyDict)) {
    throw typeError('if you give only one argument to maketrans it must be a dict');
  }
  return PyDict.of(
    Array.from(value.entries(), ([key, item]) => {
      if (isInteger(key)) return [integerOf(key), item] as const;
      if (!isText(key)) throw typeError('keys in translate table must be strings or integers');
      const text = textOf(key);
      if (textLength(text) !== 1) throw valueError('string keys in translate table must be of length 1');
      return [point(text), item] as const;
    }),
  );
}

/** `text.translate(table)`. @throws {TemplateError} TypeError, ValueError */
function translate(text: string, table: Value): string {
  return concatenate(characters(text).map((character) => translated(character, table)));
}

function translated(character: string, table: Value): string {
  const value = entry(table, point(character));
  if (value === undefined) return character;
  if (value === null) return '';
  if (isText(value)) return textOf(value);
  if (!isInteger(value)) throw typeError('character mapping must return integer, None or str');
  const code = integerOf(value);
  if (code < 0n || code > 0x10ffffn) throw valueError('character mapping must be in range(0x110000)');
  return String.fromCodePoint(Number(code));
}

/** If a look-up fails, the character is unchanged. */
function entry(table: Value, key: bigint): Value | undefined {
  if (table instanceof PyDict) return table.get(key);
  if (table instanceof PyList || table instanceof PyTuple) return table.items[Number(key)];
  if (isText(table)) return characters(textOf(table))[Number(key)];
  if (typeof table === 'object' && table !== null && 'message' in table) {
    throw new TemplateError('UndefinedError', String(table.message));
  }
  throw typeError(`'${typeName(table)}' object is not subscriptable`);
}

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

function tabSize(value: Value | undefined): number {
  const size = optionalIndex(value, 8);
  if (Math.abs(size) <= 0x7fffffff) return size;
  throw overflowError('Python int too large to convert to C int');
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
  capitalize: ['', capitalize],
  casefold: ['', caseFold],
  center: ['width, fillchar=', (text, args) => justify(text, args, '^')],
  encode: ['*encoding=, errors=', encodeText],
  expandtabs: ['*tabsize=', (text, [size]) => expandTabs(text, tabSize(size))],
  isalnum: ['', (text) => textTests.isalnum.test(text)],
  isalpha: ['', (text) => textTests.isalpha.test(text)],
  isascii: ['', (text) => characters(text).every((character) => character < '\x80')],
  isdecimal: ['', (text) => textTests.isdecimal.test(text)],
  isdigit: ['', (text) => textTests.isdigit.test(text)],
  isidentifier: ['', (text) => textTests.isidentifier.test(text)],
  islower: ['', isLower],
  isnumeric: ['', (text) => textTests.isnumeric.test(text)],
  isprintable: ['', (text) => characters(text).every(isPrintable)],
  isspace: ['', isSpace],
  istitle: ['', isTitle],
  isupper: ['', isUpper],
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
  swapcase: ['', swapCase],
  title: ['', title],
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
