import {
  asciiRepr,
  exponentialText,
  fixedText,
  generalText,
  integerText,
  repr,
  reprFloat,
  str,
} from '../values/repr.ts';
import { allowText } from '../core/budget.ts';
import { overflowError, type TemplateError, typeError, valueError } from '../core/errors.ts';
import { toFloatValue, toInteger } from '../values/integers.ts';
import { PyTuple, Undefined, type Value, isInteger, isText, textOf, typeName } from '../values/model.ts';
import { failUndefined } from '../values/protocols.ts';
import { concatenate, pad, textSlice } from '../text/unicode.ts';
import { withPoint } from './formatSpec.ts';

interface Directive {
  readonly flags: string;
  readonly width: number;
  readonly precision: number | undefined;
  readonly type: string;
}

/** Gives the values of the right operand in turn. */
interface Source {
  readonly next: () => Value;
  readonly named: (key: string) => Value;
  readonly rest: () => boolean;
}

/**
 * `text % value`.
 * @param isMapping whether the value counts as one: it has `__getitem__` and is no tuple or str
 * @param item `value[key]`
 * @param shown `str()` of a value; Markup escapes here
 * @throws {TemplateError} TypeError, ValueError, KeyError, OverflowError, UndefinedError
 */
export function percentFormat(
  text: string,
  value: Value,
  isMapping: boolean,
  item: (value: Value, key: Value) => Value,
  shown: (value: Value) => string = str,
  quoted: (value: Value) => string = repr,
): string {
  const source = sourceOf(value, isMapping, item);
  const parts: string[] = [];
  let offset = 0;
  for (;;) {
    const percent = text.indexOf('%', offset);
    if (percent === -1) break;
    parts.push(text.slice(offset, percent));
    offset = directive(text, percent + 1, source, parts, shown, quoted);
  }
  parts.push(text.slice(offset));
  if (source.rest()) throw typeError('not all arguments converted during string formatting');
  return concatenate(parts);
}

function sourceOf(value: Value, isMapping: boolean, item: (value: Value, key: Value) => Value): Source {
  const values = value instanceof PyTuple ? value.items : [value];
  let used = 0;
  let byName = false;
  return {
    next() {
      const next = values[used];
      used += 1;
      if (next === undefined || (byName && isMapping)) throw typeError('not enough arguments for format string');
      return next;
    },
    named(key) {
      if (!isMapping) throw typeError('format requires a mapping');
      byName = true;
      return item(value, key);
    },
    rest: () => !isMapping && used < values.length,
  };
}

const incomplete = () => valueError('incomplete format');

function directive(
  text: string,
  start: number,
  source: Source,
  parts: string[],
  shown: (value: Value) => string,
  quoted: (value: Value) => string,
): number {
  let offset = start;
  // Only `%%` is a percent sign; with a key, flags or a size, `%` is no conversion.
  if (text.charAt(offset) === '%') {
    parts.push('%');
    return offset + 1;
  }
  let keyed: Value | undefined;
  if (text.charAt(offset) === '(') {
    const end = keyEnd(text, offset);
    keyed = source.named(text.slice(offset + 1, end));
    offset = end + 1;
  }
  const flags = /^[-+ #0]*/.exec(text.slice(offset, offset + 64))?.[0] ?? '';
  offset += flags.length;
  const width = size(text, offset, source, 'width');
  offset = width.end;
  let precision: number | undefined;
  if (text.charAt(offset) === '.') {
    const read = size(text, offset + 1, source, 'prec');
    precision = Math.max(0, read.value);
    offset = read.end;
  }
  if (/[hlL]/.test(text.charAt(offset))) offset += 1;
  const type = Array.from(text.slice(offset, offset + 2))[0];
  if (type === undefined) throw incomplete();
  const left = width.value < 0 ? `${flags}-` : flags;
  const form = { flags: left, width: Math.abs(width.value), precision, type };
  const value = keyed === undefined ? source.next() : keyed;
  if (!/^[sracdiuoxXeEfFgG]$/.test(type)) throw unknownType(type, offset);
  parts.push(format(value, form, shown, quoted));
  return offset + type.length;
}

function unknownType(type: string, index: number): TemplateError {
  const code = (type.codePointAt(0) ?? 0).toString(16);
  const name = type >= ' ' && type < '\x7f' ? type : '?';
  return valueError(`unsupported format character '${name}' (0x${code}) at index ${index}`);
}

function keyEnd(text: string, start: number): number {
  let open = 0;
  for (let offset = start; offset < text.length; offset += 1) {
    const character = text.charAt(offset);
    if (character === '(') open += 1;
    if (character === ')' && --open === 0) return offset;
  }
  throw valueError('incomplete format key');
}

function size(text: string, start: number, source: Source, what: string): { value: number; end: number } {
  if (text.charAt(start) === '*') {
    const value = source.next();
    if (!isInteger(value)) throw typeError('* wants int');
    const number = Number(value);
    if (Math.abs(number) > 0x7fffffff) {
      throw overflowError('Python int too large to convert to C int');
    }
    allowText(Math.abs(number));
    return { value: number, end: start + 1 };
  }
  const digits = /^\d*/.exec(text.slice(start, start + 32))?.[0] ?? '';
  const value = Number(digits);
  if (value >= 2 ** 63 || digits.length > 19) throw valueError(`${what} too big`);
  allowText(value);
  return { value, end: start + digits.length };
}

function format(
  value: Value,
  form: Directive,
  shown: (value: Value) => string,
  quoted: (value: Value) => string,
): string {
  const { type, flags, width, precision } = form;
  const align = flags.includes('-') ? '<' : '>';
  if (/[sra]/.test(type)) {
    const text = type === 's' ? shown(value) : type === 'r' ? quoted(value) : asciiRepr(value);
    return pad(precision === undefined ? text : textSlice(text, 0, precision), width, align);
  }
  if (type === 'c') return pad(character(value), width, align);
  return layout(/[eEfFgG]/.test(type) ? floatText(value, form) : integerParts(value, form), form);
}

function character(value: Value): string {
  if (isText(value)) {
    const characters = Array.from(textOf(value));
    if (characters.length === 1) return characters.join('');
    throw typeError('%c requires int or char');
  }
  if (!isInteger(value)) throw typeError('%c requires int or char');
  const point = Number(value);
  if (point < 0 || point > 0x10ffff) {
    throw overflowError('%c arg not in range(0x110000)');
  }
  return String.fromCodePoint(point);
}

interface NumberText {
  readonly negative: boolean;
  readonly prefix: string;
  readonly text: string;
}

function integerParts(value: Value, { type, flags, precision }: Directive): NumberText {
  const integer = integerFor(value, type);
  const digits = integer < 0n ? -integer : integer;
  const radix = { o: 8, x: 16, X: 16 }[type];
  const bare = radix === undefined ? integerText(digits) : digits.toString(radix);
  const text = (type === 'X' ? bare.toUpperCase() : bare).padStart(precision ?? 0, '0');
  const prefix = flags.includes('#') && radix !== undefined ? `0${type}` : '';
  return { negative: integer < 0n, prefix, text };
}

function integerFor(value: Value, type: string): bigint {
  if (isInteger(value)) return toInteger(value);
  const real = /[diu]/.test(type);
  if (typeof value === 'number' && real) return toInteger(value);
  if (value instanceof Undefined && real) failUndefined(value);
  throw typeError(`%${type} format: ${real ? 'a real number' : 'an integer'} is required, not ${typeName(value)}`);
}

function floatText(value: Value, { type, flags, precision = 6 }: Directive): NumberText {
  if (isText(value)) throw typeError('must be real number, not str');
  const number = realNumber(value);
  const size = Math.abs(number);
  const alternate = flags.includes('#');
  const negative = number < 0 || Object.is(number, -0);
  if (!Number.isFinite(size)) {
    const name = reprFloat(size);
    return { negative, prefix: '', text: /[EFG]/.test(type) ? name.toUpperCase() : name };
  }
  const lower = type.toLowerCase();
  const text =
    lower === 'e'
      ? withPoint(exponentialText(size, precision), alternate)
      : lower === 'f'
        ? withPoint(fixedText(size, precision), alternate)
        : generalText(size, precision, alternate);
  return { negative, prefix: '', text: type === lower ? text : text.toUpperCase() };
}

function realNumber(value: Value): number {
  if (typeof value === 'number' || isInteger(value)) return toFloatValue(value);
  if (value instanceof Undefined) failUndefined(value);
  throw typeError(`must be real number, not ${typeName(value)}`);
}

function layout({ negative, prefix, text }: NumberText, { flags, width }: Directive): string {
  const sign = negative ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
  const lead = sign + prefix;
  if (flags.includes('-')) return pad(lead + text, width, '<');
  if (flags.includes('0')) return lead + pad(text, width - lead.length, '>', '0');
  return pad(lead + text, width, '>');
}
