import { allowText, spend } from '../core/budget.ts';
import { TemplateError, valueError } from '../core/errors.ts';
import { concatenate, isPrintable } from '../text/unicode.ts';
import { DictView, PyDict, PySet } from './dictionary.ts';
import {
  Markup,
  PyBytes,
  PyComplex,
  PyFunction,
  PyIterator,
  PyList,
  type PyObject,
  PyRange,
  PyTuple,
  PyType,
  Undefined,
  type Value,
  isCustom,
  textOf,
} from './model.ts';
import { failUndefined } from './protocols.ts';

/** A stand-in for the address that Python shows: it differs from run to run. */
const address = '0x7f0000000000';

const escapes: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\\': '\\\\' };

/** `repr()` of a str. @param ascii as `ascii()` does: every other character is escaped */
export function reprText(text: string, ascii = false): string {
  allowText(text.length);
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  if (!ascii && /^[ !#-&(-[\]-~]*$/.test(text)) return quote + text + quote;
  let body = '';
  for (const character of text) {
    if (character === quote) body += `\\${quote}`;
    else body += escapes[character] ?? (shown(character, ascii) ? character : escapePoint(character));
  }
  return quote + body + quote;
}

function shown(character: string, ascii: boolean): boolean {
  return character >= ' ' && character < '\x7f' ? true : !ascii && isPrintable(character);
}

function escapePoint(character: string): string {
  const point = character.codePointAt(0) ?? 0;
  const hex = point.toString(16);
  if (point < 0x100) return `\\x${hex.padStart(2, '0')}`;
  return point < 0x10000 ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}

/** `str(int)`. @throws {TemplateError} ValueError when it has more digits than Python converts */
export function integerText(value: bigint): string {
  const text = value.toString();
  const digits = text.startsWith('-') ? text.length - 1 : text.length;
  if (digits > 4300) {
    throw valueError(
      'Exceeds the limit (4300 digits) for integer string conversion; use sys.set_int_max_str_digits() to increase the limit',
    );
  }
  return text;
}

/** `repr(value)`. */
export function repr(value: Value): string {
  return reprWithin(value, new Set());
}

/** `ascii(value)`. */
export function asciiRepr(value: Value): string {
  const text = repr(value);
  return Array.from(text, (character) => (character < '\x80' ? character : escapePoint(character))).join('');
}

function reprWithin(value: Value, open: Set<PyObject>): string {
  spend(1);
  switch (typeof value) {
    case 'string':
      return reprText(value);
    case 'bigint':
      return integerText(value);
    case 'number':
      return reprFloat(value);
    case 'boolean':
      return value ? 'True' : 'False';
    default:
      return value === null ? 'None' : reprObject(value, open);
  }
}

function reprObject(value: PyObject, open: Set<PyObject>): string {
  if (value instanceof Markup) return `Markup(${reprText(value.text)})`;
  if (value instanceof PyList || value instanceof PyTuple || value instanceof PyDict) {
    return reprContainer(value, open);
  }
  if (value instanceof Undefined) return 'Undefined';
  if (value instanceof PyBytes) return reprBytes(value);
  if (value instanceof PyComplex) return reprComplex(value);
  if (value instanceof PyRange) {
    const ends = `${value.start}, ${value.stop}`;
    return value.step === 1n ? `range(${ends})` : `range(${ends}, ${value.step})`;
  }
  if (value instanceof DictView) return `dict_${value.kind}([${reprItems(value, open)}])`;
  if (value instanceof PySet) return value.members.size === 0 ? 'set()' : `{${reprItems(value.members.keys(), open)}}`;
  if (value instanceof PyIterator) {
    const name = value.label === '' ? '' : ` ${value.label}`;
    return `<${value.typeName} object${name} at ${address}>`;
  }
  if (value instanceof PyType) {
    return `<class '${value.module === 'builtins' ? '' : `${value.module}.`}${value.name}'>`;
  }
  if (value instanceof PyFunction) return reprFunction(value, open);
  if (isCustom(value)) return value.describe((inner) => reprWithin(inner, open));
  return `<${value.qualifiedName} object at ${address}>`;
}

/** Methods that are bound to the type even if they are taken from an object. */
const classMethods: ReadonlySet<string> = new Set(['fromkeys', 'maketrans', 'from_bytes', 'fromhex']);

function reprFunction({ name, typeName, self }: PyFunction, open: Set<PyObject>): string {
  if (self === undefined)
    return `<${typeName === 'function' ? 'function' : 'built-in function'} ${name} at ${address}>`;
  if (classMethods.has(name)) return `<built-in method ${name} of type object at ${address}>`;
  if (typeName === 'method')
    return `<bound method ${self instanceof Markup ? 'Markup.' : ''}${name} of ${reprWithin(self, open)}>`;
  const type = typeof self === 'object' && self !== null ? self.typeName : reprTypeName(self);
  return `<built-in method ${name} of ${type} object at ${address}>`;
}

function reprTypeName(value: Exclude<Value, PyObject>): string {
  return { string: 'str', bigint: 'int', number: 'float', boolean: 'bool' }[typeof value as string] ?? 'NoneType';
}

function reprItems(items: Iterable<Value>, open: Set<PyObject>): string {
  return concatenate(
    Array.from(items, (item) => reprWithin(item, open)),
    ', ',
  );
}

function reprContainer(value: PyList | PyTuple | PyDict, open: Set<PyObject>): string {
  const list = value instanceof PyList;
  if (open.has(value)) return list ? '[...]' : value instanceof PyDict ? '{...}' : '(...)';
  open.add(value);
  try {
    if (value instanceof PyDict) {
      const entries = Array.from(value.entries(), ([key, item]) => {
        return `${reprWithin(key, open)}: ${reprWithin(item, open)}`;
      });
      return `{${concatenate(entries, ', ')}}`;
    }
    const items = reprItems(value.items, open);
    if (list) return `[${items}]`;
    return value.items.length === 1 ? `(${items},)` : `(${items})`;
  } finally {
    open.delete(value);
  }
}

function reprBytes({ bytes }: PyBytes): string {
  const quote = bytes.includes(39) && !bytes.includes(34) ? '"' : "'";
  const body = bytes.map((byte) => {
    const character = String.fromCharCode(byte);
    if (character === quote) return `\\${quote}`;
    const known = escapes[character];
    return known ?? (byte >= 32 && byte < 127 ? character : `\\x${byte.toString(16).padStart(2, '0')}`);
  });
  return `b${quote}${body.join('')}${quote}`;
}

function reprComplex({ real, imaginary }: PyComplex): string {
  const part = (value: number) => reprFloat(value).replace(/\.0$/, '');
  if (real === 0 && !Object.is(real, -0)) return `${part(imaginary)}j`;
  const sign = Object.is(imaginary, -0) || imaginary < 0 ? '' : '+';
  return `(${part(real)}${sign}${part(imaginary)}j)`;
}

/** `str(value)`. @throws {TemplateError} UndefinedError */
export function str(value: Value): string {
  if (typeof value === 'string') return value;
  if (value instanceof Markup) return textOf(value);
  if (value instanceof Undefined) return value.strict ? failUndefined(value) : '';
  return repr(value);
}

/** The key of a failed look-up, as the message of KeyError shows it. */
export function keyError(key: Value): TemplateError {
  return new TemplateError('KeyError', repr(key));
}

/** `repr()` of a float: the shortest text that reads back as the same number. */
export function reprFloat(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (value === Infinity) return 'inf';
  if (value === -Infinity) return '-inf';
  const size = Math.abs(value);
  if (size === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  // JavaScript writes numbers of this range without an exponent.
  if (size >= 1e-4 && size < 1e16) return Number.isInteger(value) ? `${value}.0` : String(value);
  const [digits = '', exponent = ''] = value.toExponential().split('e');
  return `${digits}e${exponentText(Number(exponent))}`;
}

/** An exponent with its sign and at least two digits. */
function exponentText(exponent: number): string {
  return `${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

const bits = new DataView(new ArrayBuffer(8));

/** A finite float that is not negative as `mantissa * 2 ** exponent`, exactly. */
export function decompose(value: number): { mantissa: bigint; exponent: number } {
  bits.setFloat64(0, value);
  const whole = bits.getBigUint64(0);
  const fraction = whole & 0xfffffffffffffn;
  const biased = Number((whole >> 52n) & 0x7ffn);
  return biased === 0
    ? { mantissa: fraction, exponent: -1074 }
    : { mantissa: fraction | 0x10000000000000n, exponent: biased - 1075 };
}

/** A quotient of positive integers, rounded to the nearest and halves to even. */
export function divideToEven(numerator: bigint, denominator: bigint): bigint {
  const quotient = numerator / denominator;
  const twice = (numerator - quotient * denominator) * 2n;
  if (twice < denominator || (twice === denominator && (quotient & 1n) === 0n)) return quotient;
  return quotient + 1n;
}

/** `value * 10 ** places` for a value that is not negative, correctly rounded. */
function scaled(value: number, places: number): bigint {
  const { mantissa, exponent } = decompose(value);
  let numerator = mantissa;
  let denominator = 1n;
  if (places >= 0) numerator *= 10n ** BigInt(places);
  else denominator *= 10n ** BigInt(-places);
  if (exponent >= 0) numerator <<= BigInt(exponent);
  else denominator <<= BigInt(-exponent);
  return divideToEven(numerator, denominator);
}

/** `%f` of a value that is not negative. */
export function fixedText(value: number, places: number): string {
  allowText(places + 310);
  const digits = scaled(value, places)
    .toString()
    .padStart(places + 1, '0');
  return places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

/** The digits of a value that is not negative, `count` of them, and the exponent of the first. */
function significantDigits(value: number, count: number): { digits: string; exponent: number } {
  allowText(count + 310);
  if (value === 0) return { digits: '0'.repeat(count), exponent: 0 };
  // Fewer digits could round up to the next power of ten.
  let exponent = Number(value.toExponential().split('e')[1]);
  for (;;) {
    const digits = scaled(value, count - 1 - exponent).toString();
    if (digits.length === count) return { digits, exponent };
    exponent += digits.length > count ? 1 : -1;
  }
}

/** `%e` of a value that is not negative. */
export function exponentialText(value: number, places: number): string {
  const { digits, exponent } = significantDigits(value, places + 1);
  return `${withPoint(digits)}e${exponentText(exponent)}`;
}

function withPoint(digits: string): string {
  return digits.length === 1 ? digits : `${digits.charAt(0)}.${digits.slice(1)}`;
}

/**
 * `%g` of a value that is not negative.
 * @param keepZeros the alternate form, which keeps trailing zeros
 * @param alwaysPoint as `format()` without a type: there is a digit after the point, and exponents start one earlier
 */
export function generalText(value: number, precision: number, keepZeros: boolean, alwaysPoint = false): string {
  const count = Math.max(1, precision);
  const { digits, exponent } = significantDigits(value, count);
  const shown = keepZeros ? digits : digits.replace(/0+$/, '') || '0';
  if (exponent < -4 || exponent >= count - (alwaysPoint ? 1 : 0)) {
    const mantissa = withPoint(shown);
    return `${keepZeros && shown.length === 1 ? `${mantissa}.` : mantissa}e${exponentText(exponent)}`;
  }
  if (exponent < 0) return `0.${'0'.repeat(-exponent - 1)}${shown}`;
  const whole = shown.slice(0, exponent + 1).padEnd(exponent + 1, '0');
  const fraction = shown.slice(exponent + 1);
  if (fraction !== '') return `${whole}.${fraction}`;
  return keepZeros ? `${whole}.` : alwaysPoint ? `${whole}.0` : whole;
}
