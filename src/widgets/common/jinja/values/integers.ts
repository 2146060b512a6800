import { allowBits, spend } from '../core/budget.ts';
import { overflowError, type TemplateError, typeError, valueError } from '../core/errors.ts';
import { characters, digitValue, trim } from '../text/unicode.ts';
import { decompose, repr } from './repr.ts';
import {
  type Markup,
  PyBytes,
  Undefined,
  type Value,
  integerOf,
  isInteger,
  isText,
  textOf,
  typeName,
} from './model.ts';
import { failUndefined } from './protocols.ts';

/** Number of bits of the absolute value. */
export function bitLength(value: bigint): number {
  const hex = (value < 0n ? -value : value).toString(16);
  return value === 0n ? 0 : (hex.length - 1) * 4 + (32 - Math.clz32(Number.parseInt(hex.charAt(0), 16)));
}

/** Accounts for an integer that was computed. */
export function bounded(value: bigint): bigint {
  if (value > 0x7fffffffffffffffn || value < -0x8000000000000000n) allowBits(bitLength(value));
  return value;
}

/** `float(int)`. @throws {TemplateError} OverflowError */
export function toFloat(value: bigint | boolean): number {
  const result = Number(integerOf(value));
  if (!Number.isFinite(result)) throw overflowError('int too large to convert to float');
  return result;
}

/** `int(float)`: drops the fraction. @throws {TemplateError} ValueError, OverflowError */
export function truncate(value: number): bigint {
  if (Number.isNaN(value)) throw valueError('cannot convert float NaN to integer');
  if (!Number.isFinite(value)) throw overflowError('cannot convert float infinity to integer');
  return BigInt(Math.trunc(value));
}

const prefixes: Readonly<Record<string, bigint>> = { b: 2n, o: 8n, x: 16n };

function invalidInteger(text: Value, base: bigint): TemplateError {
  return valueError(`invalid literal for int() with base ${base}: ${repr(text)}`);
}

/** `int(text, base)`. @throws {TemplateError} ValueError */
export function parseInteger(source: string | Markup | PyBytes, base = 10n): bigint {
  if (base !== 0n && (base < 2n || base > 36n)) throw valueError('int() base must be >= 2 and <= 36, or 0');
  const text = trim(source instanceof PyBytes ? String.fromCharCode(...source.bytes) : textOf(source));
  spend(text.length);
  const [, sign = '', body = ''] = /^([+-]?)(.*)$/su.exec(text) ?? [];
  const prefix = prefixes[body.charAt(0) === '0' ? body.charAt(1).toLowerCase() : ''];
  const actual = base === 0n ? (prefix ?? 10n) : base;
  const prefixed = prefix !== undefined && prefix === actual;
  const value = digitsOf(prefixed ? body.slice(2).replace(/^_/, '') : body, actual);
  const leadingZero = base === 0n && !prefixed && body.startsWith('0') && value !== 0n;
  if (value === undefined || leadingZero) throw invalidInteger(source, base);
  return sign === '-' ? -value : value;
}

function digitsOf(text: string, base: bigint): bigint | undefined {
  if (!/^[^_]+(_[^_]+)*$/u.test(text)) return undefined;
  const digits = characters(text.replaceAll('_', '')).map(digitOf);
  if (digits.some((digit) => digit === undefined || digit >= base)) return undefined;
  if (digits.length > 4300 && (base & (base - 1n)) !== 0n) {
    throw valueError(
      `Exceeds the limit (4300 digits) for integer string conversion: value has ${digits.length} digits; use sys.set_int_max_str_digits() to increase the limit`,
    );
  }
  allowBits(digits.length * 5);
  return digits.reduce<bigint>((sum, digit) => sum * base + (digit ?? 0n), 0n);
}

function digitOf(character: string): bigint | undefined {
  const value = digitValue(character);
  if (value !== undefined) return BigInt(value);
  return /^[a-z]$/i.test(character) ? BigInt(Number.parseInt(character, 36)) : undefined;
}

const floatSyntax = /^[+-]?((\d+(_\d+)*)(\.(\d+(_\d+)*)?)?|\.\d+(_\d+)*)(e[+-]?\d+(_\d+)*)?$/i;
const floatNames = /^([+-]?)(inf(?:inity)?|nan)$/i;

/** `float(text)`. @throws {TemplateError} ValueError */
function parseFloatText(source: string | Markup | PyBytes): number {
  const text = trim(source instanceof PyBytes ? String.fromCharCode(...source.bytes) : textOf(source));
  const ascii = characters(text)
    .map((character) => String(digitValue(character) ?? character))
    .join('');
  const named = floatNames.exec(ascii);
  if (named) {
    const value = named[2]?.toLowerCase() === 'nan' ? NaN : Infinity;
    return named[1] === '-' ? -value : value;
  }
  if (!floatSyntax.test(ascii)) throw valueError(`could not convert string to float: ${repr(source)}`);
  return Number(ascii.replaceAll('_', ''));
}

/** `int(value)` without a base. @throws {TemplateError} TypeError, ValueError, OverflowError, UndefinedError */
export function toInteger(value: Value): bigint {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'boolean') return integerOf(value);
  if (typeof value === 'number') return truncate(value);
  if (isText(value) || value instanceof PyBytes) return parseInteger(value);
  if (value instanceof Undefined) return failUndefined(value);
  throw typeError(`int() argument must be a string, a bytes-like object or a real number, not '${typeName(value)}'`);
}

/** `float(value)`. @throws {TemplateError} TypeError, ValueError, OverflowError, UndefinedError */
export function toFloatValue(value: Value): number {
  if (typeof value === 'number') return value;
  if (isInteger(value)) return toFloat(value);
  if (isText(value) || value instanceof PyBytes) return parseFloatText(value);
  if (value instanceof Undefined) return failUndefined(value);
  throw typeError(`float() argument must be a string or a real number, not '${typeName(value)}'`);
}

/** `float.as_integer_ratio()`. */
export function integerRatio(value: number): readonly [bigint, bigint] {
  if (Number.isNaN(value)) throw valueError('cannot convert NaN to integer ratio');
  if (!Number.isFinite(value)) throw overflowError('cannot convert Infinity to integer ratio');
  const { mantissa, exponent } = decompose(Math.abs(value));
  const signed = value < 0 ? -mantissa : mantissa;
  if (exponent >= 0 || mantissa === 0n) return [exponent >= 0 ? signed << BigInt(exponent) : 0n, 1n];
  let [numerator, shift] = [signed, -exponent];
  while (shift > 0 && (numerator & 1n) === 0n) {
    numerator /= 2n;
    shift -= 1;
  }
  return [numerator, 1n << BigInt(shift)];
}
