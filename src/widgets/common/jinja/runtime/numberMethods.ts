import { decompose, reprFloat } from '../values/repr.ts';
import { allowItems } from '../core/budget.ts';
import { overflowError, typeError, valueError } from '../core/errors.ts';
import { bitLength, integerRatio } from '../values/integers.ts';
import { PyBytes, PyComplex, PyTuple, type Value, isText, textOf } from '../values/model.ts';
import { indexArgument, toArray, truth } from '../values/protocols.ts';
import { type Bound, methods, textArgument } from './signature.ts';

function isBig(order: Value | undefined): boolean {
  const name =
    order === undefined
      ? 'big'
      : textArgument(order, (type) => `to_bytes() argument 'byteorder' must be str, not ${type}`);
  if (name !== 'big' && name !== 'little') throw valueError("byteorder must be either 'little' or 'big'");
  return name === 'big';
}

function toBytes(value: bigint, [length, order, signed]: Bound): PyBytes {
  const count = length === undefined ? 1 : indexArgument(length);
  const big = isBig(order);
  if (count < 0) throw valueError('length argument must be non-negative');
  allowItems(count);
  const hasSign = signed !== undefined && truth(signed);
  if (value < 0n && !hasSign) throw overflowError("can't convert negative int to unsigned");
  const bits = BigInt(count * 8);
  const fits = hasSign
    ? count === 0
      ? value === 0n
      : value >= -(1n << (bits - 1n)) && value < 1n << (bits - 1n)
    : value < 1n << bits;
  if (!fits) throw overflowError('int too big to convert');
  let rest = BigInt.asUintN(count * 8, value);
  const bytes: number[] = [];
  for (let index = 0; index < count; index += 1, rest >>= 8n) bytes.push(Number(rest & 255n));
  return new PyBytes(big ? bytes.reverse() : bytes);
}

/** `int.from_bytes(…)`. */
export function fromBytes([source, order, signed]: Bound): bigint {
  const given = source ?? null;
  const bytes = given instanceof PyBytes ? given.bytes : byteValues(given);
  const ordered = isBig(order) ? bytes : bytes.toReversed();
  const value = ordered.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  return signed !== undefined && truth(signed) ? BigInt.asIntN(bytes.length * 8, value) : value;
}

function byteValues(value: Value): number[] {
  if (isText(value)) throw typeError("cannot convert 'str' object to bytes");
  return toArray(value).map((item) => {
    const byte = indexArgument(item);
    if (byte < 0 || byte > 255) throw valueError('bytes must be in range(0, 256)');
    return byte;
  });
}

function bitCount(value: bigint): bigint {
  const ones = (value < 0n ? -value : value).toString(2).replaceAll('0', '');
  return BigInt(ones.length);
}

/** Methods of int, and of bool. */
export const integerMethods = methods<bigint>('int', {
  as_integer_ratio: ['', (value) => new PyTuple([value, 1n])],
  bit_count: ['', bitCount],
  bit_length: ['', (value) => BigInt(bitLength(value))],
  conjugate: ['', (value) => value],
  to_bytes: ['*length=, byteorder=, signed=', toBytes],
});

/** `float.hex()`. */
function hex(value: number): string {
  if (!Number.isFinite(value)) return reprFloat(value);
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  const { mantissa, exponent } = decompose(Math.abs(value));
  if (mantissa === 0n) return `${sign}0x0.0p+0`;
  const normal = (mantissa & 0x10000000000000n) !== 0n;
  const digits = (mantissa & 0xfffffffffffffn).toString(16).padStart(13, '0');
  const power = normal ? exponent + 52 : -1022;
  return `${sign}0x${normal ? 1 : 0}.${digits}p${power < 0 ? '' : '+'}${power}`;
}

const hexFloat = /^\s*([+-]?)(?:0x)?([\da-f]*)(?:\.([\da-f]*))?(?:p([+-]?\d+))?\s*$/i;

/** `float.fromhex(text)`. */
export function fromHex(value: Value): number {
  if (!isText(value)) throw typeError('fromhex() argument must be a string');
  const named = /^\s*([+-]?)(inf(?:inity)?|nan)\s*$/i.exec(textOf(value));
  if (named) return (named[1] === '-' ? -1 : 1) * (/^n/i.test(named[2] ?? '') ? NaN : Infinity);
  const [, sign, whole = '', fraction = '', exponent = '0'] = hexFloat.exec(textOf(value)) ?? [];
  if (whole + fraction === '') throw valueError('invalid hexadecimal floating-point string');
  const size = Number(BigInt(`0x${whole}${fraction}`)) * 2 ** (Number(exponent) - 4 * fraction.length);
  return sign === '-' ? -size : size;
}

/** Methods of float. */
export const floatMethods = methods<number>('float', {
  as_integer_ratio: ['', (value) => new PyTuple([...integerRatio(value)])],
  conjugate: ['', (value) => value],
  hex: ['', hex],
  is_integer: ['', (value) => Number.isInteger(value)],
});

/** Attributes of numbers that are no methods. */
export function numberAttribute(value: bigint | number | PyComplex, name: string): Value | undefined {
  if (value instanceof PyComplex) {
    return name === 'real' ? value.real : name === 'imag' ? value.imaginary : undefined;
  }
  if (name === 'real') return value;
  if (typeof value === 'number') return name === 'imag' ? 0 : undefined;
  if (name === 'imag') return 0n;
  return name === 'numerator' ? value : name === 'denominator' ? 1n : undefined;
}
