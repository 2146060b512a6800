import { allowBits, allowItems, spend } from '../core/budget.ts';
import { overflowError, TemplateError, typeError } from '../core/errors.ts';
import { concatenate, repeat } from '../text/unicode.ts';
import {
  Markup,
  PyBytes,
  PyComplex,
  PyList,
  PyTuple,
  Undefined,
  type Value,
  escapeMarkup,
  integerOf,
  isInteger,
  isText,
  textOf,
  typeName,
} from './model.ts';
import { contains } from './compare.ts';
import { DictView, PySet } from './dictionary.ts';
import { bitLength, bounded, toFloat } from './integers.ts';
import { failUndefined, indexArgument, toArray } from './protocols.ts';
import { str } from './repr.ts';

/** The arithmetic operators except `%` of texts, which is formatting. */
export type ArithmeticOperator = '+' | '-' | '*' | '/' | '//' | '%' | '**';

function unsupported(operator: string, a: Value, b: Value): TemplateError {
  const shown = operator === '**' ? '** or pow()' : operator;
  return typeError(`unsupported operand type(s) for ${shown}: '${typeName(a)}' and '${typeName(b)}'`);
}

function division(message: string): TemplateError {
  return new TemplateError('ZeroDivisionError', message);
}

/** `a <operator> b` for everything but `text % value`. @throws {TemplateError} as Python does */
export function arithmetic(operator: ArithmeticOperator, a: Value, b: Value): Value {
  if (isInteger(a) && isInteger(b)) return integers(operator, integerOf(a), integerOf(b));
  const left = typeof a === 'number' ? a : isInteger(a) && typeof b === 'number' ? toFloat(a) : undefined;
  const right = typeof b === 'number' ? b : isInteger(b) && typeof a === 'number' ? toFloat(b) : undefined;
  if (left !== undefined && right !== undefined) return floats(operator, left, right);
  for (const value of [a, b]) if (value instanceof Undefined) failUndefined(value);
  if (operator === '+') return add(a, b);
  if (operator === '*') return multiply(a, b);
  if (operator === '-') return subtract(a, b);
  return complex(operator, a, b);
}

function integers(operator: ArithmeticOperator, a: bigint, b: bigint): Value {
  switch (operator) {
    case '+':
      return bounded(a + b);
    case '-':
      return bounded(a - b);
    case '*':
      allowBits((bitLengthEstimate(a) + bitLengthEstimate(b)) | 0);
      return a * b;
    case '/':
      return divide(a, b);
    case '//':
      return floorDivide(a, b);
    case '%':
      if (b === 0n) throw division('integer modulo by zero');
      return a - b * floorDivide(a, b);
    default:
      return power(a, b);
  }
}

function bitLengthEstimate(value: bigint): number {
  return value < 0x8000000000000000n && value > -0x8000000000000000n ? 0 : bitLength(value);
}

/** Divides integers as `//` does: rounds down. Throws TemplateError `ZeroDivisionError`. */
export function floorDivide(a: bigint, b: bigint): bigint {
  if (b === 0n) throw division('integer division or modulo by zero');
  const quotient = a / b;
  return quotient * b !== a && a < 0n !== b < 0n ? quotient - 1n : quotient;
}

const exact = 9007199254740992n;

/** `int / int`, correctly rounded also where the operands have no exact float. */
function divide(a: bigint, b: bigint): number {
  if (b === 0n) throw division('division by zero');
  if (-exact <= a && a <= exact && -exact <= b && b <= exact) return Number(a) / Number(b);
  const negative = a < 0n !== b < 0n;
  const top = a < 0n ? -a : a;
  const bottom = b < 0n ? -b : b;
  // A quotient of at least 66 bits whose last bit is set if there is a remainder rounds as the true quotient does.
  const shift = Math.max(0, 66 - (bitLength(top) - bitLength(bottom)));
  const scaled = top << BigInt(shift);
  const quotient = scaled / bottom;
  const sticky = quotient * bottom === scaled ? quotient : quotient | 1n;
  const value = shift > 1000 ? Number(sticky) / 2 ** 1000 / 2 ** (shift - 1000) : Number(sticky) / 2 ** shift;
  if (!Number.isFinite(value)) throw overflowError('integer division result too large for a float');
  return negative ? -value : value;
}

function power(a: bigint, b: bigint): Value {
  if (b < 0n) return floats('**', toFloat(a), toFloat(b));
  const size = a < 0n ? -a : a;
  if (size > 1n) allowBits(b > 0xffffffffn ? 0xffffffff : bitLength(size) * Number(b));
  // A bare bigint power of 0, 1 or -1 would still walk over a huge exponent.
  if (size <= 1n) return b === 0n ? 1n : a < 0n && (b & 1n) === 0n ? 1n : a;
  return a ** b;
}

function floats(operator: ArithmeticOperator, a: number, b: number): Value {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      if (b === 0) throw division('float division by zero');
      return a / b;
    case '//':
      if (b === 0) throw division('float floor division by zero');
      return floorQuotient(a, b);
    case '%':
      if (b === 0) throw division('float modulo');
      return modulo(a, b);
    default:
      return floatPower(a, b);
  }
}

/** The result has the sign of the divisor. */
export function modulo(a: number, b: number): number {
  const rest = a % b;
  if (rest === 0) return b < 0 ? -0 : 0;
  return rest < 0 !== b < 0 ? rest + b : rest;
}

function floorQuotient(a: number, b: number): number {
  const rest = a % b;
  const exact = (a - rest) / b;
  const quotient = rest !== 0 && b < 0 !== rest < 0 ? exact - 1 : exact;
  if (quotient === 0) return Math.sign(a) * Math.sign(b) < 0 || Object.is(a / b, -0) ? -0 : 0;
  const floor = Math.floor(quotient);
  return quotient - floor > 0.5 ? floor + 1 : floor;
}

function floatPower(a: number, b: number): Value {
  if (a === 1 || b === 0) return 1;
  if (a === 0 && b < 0 && Number.isFinite(b)) throw division('0.0 cannot be raised to a negative power');
  if (a === -1 && !Number.isFinite(b) && !Number.isNaN(b)) return 1;
  if (a < 0 && Number.isFinite(a) && Number.isFinite(b) && !Number.isInteger(b)) return complexPower(a, b);
  const result = a ** b;
  if (!Number.isFinite(result) && Number.isFinite(a) && Number.isFinite(b)) {
    throw overflowError("(34, 'Numerical result out of range')");
  }
  return result;
}

function complexPower(a: number, b: number): PyComplex {
  const size = Math.pow(Math.abs(a), b);
  const angle = Math.PI * b;
  return new PyComplex(size * Math.cos(angle), size * Math.sin(angle));
}

function complex(operator: ArithmeticOperator, a: Value, b: Value): Value {
  const left = complexOf(a);
  const right = complexOf(b);
  if (left === undefined || right === undefined) throw unsupported(operator, a, b);
  const { real: x, imaginary: y } = left;
  const { real: u, imaginary: v } = right;
  if (operator === '+') return new PyComplex(x + u, y + v);
  if (operator === '-') return new PyComplex(x - u, y - v);
  if (operator === '*') return new PyComplex(x * u - y * v, x * v + y * u);
  if (operator !== '/') throw unsupported(operator, a, b);
  const size = u * u + v * v;
  if (size === 0) throw division('complex division by zero');
  return new PyComplex((x * u + y * v) / size, (y * u - x * v) / size);
}

function complexOf(value: Value): PyComplex | undefined {
  if (value instanceof PyComplex) return value;
  if (typeof value === 'number') return new PyComplex(value, 0);
  return isInteger(value) ? new PyComplex(toFloat(value), 0) : undefined;
}

function add(a: Value, b: Value): Value {
  if (isText(a) && isText(b)) {
    if (typeof a === 'string' && typeof b === 'string') return concatenate([a, b]);
    return new Markup(concatenate([escapeMarkup(a), escapeMarkup(b)]));
  }
  if (a instanceof PyList && b instanceof PyList) {
    allowItems(a.items.length + b.items.length);
    return new PyList([...a.items, ...b.items]);
  }
  if (a instanceof PyTuple && b instanceof PyTuple) {
    allowItems(a.items.length + b.items.length);
    return new PyTuple([...a.items, ...b.items]);
  }
  if (a instanceof PyBytes && b instanceof PyBytes) {
    allowItems(a.bytes.length + b.bytes.length);
    return new PyBytes([...a.bytes, ...b.bytes]);
  }
  if (a instanceof PyComplex || b instanceof PyComplex) return complex('+', a, b);
  if (typeof a === 'string') throw typeError(`can only concatenate str (not "${typeName(b)}") to str`);
  if (a instanceof PyList) throw typeError(`can only concatenate list (not "${typeName(b)}") to list`);
  if (a instanceof PyTuple) throw typeError(`can only concatenate tuple (not "${typeName(b)}") to tuple`);
  if (a instanceof PyBytes) throw typeError(`can't concat ${typeName(b)} to bytes`);
  throw unsupported('+', a, b);
}

function multiply(a: Value, b: Value): Value {
  if (isSequence(a)) return repeatSequence(a, b);
  if (isSequence(b)) return repeatSequence(b, a);
  return complex('*', a, b);
}

type Sequence = string | Markup | PyList | PyTuple | PyBytes;

function isSequence(value: Value): value is Sequence {
  return isText(value) || value instanceof PyList || value instanceof PyTuple || value instanceof PyBytes;
}

function repeatSequence(value: Sequence, times: Value): Value {
  if (!isInteger(times)) {
    throw typeError(`can't multiply sequence by non-int of type '${typeName(times)}'`);
  }
  const count = Math.max(0, indexArgument(times));
  if (typeof value === 'string') return repeat(value, count);
  if (value instanceof Markup) return new Markup(repeat(value.text, count));
  if (value instanceof PyBytes) return new PyBytes(repeatItems(value.bytes, count));
  const items = repeatItems(value.items, count);
  return value instanceof PyList ? new PyList(items) : new PyTuple(items);
}

function repeatItems<T>(items: readonly T[], count: number): T[] {
  if (items.length === 0) return [];
  allowItems(items.length * count);
  return Array.from({ length: items.length * count }, (_, index) => items[index % items.length] as T);
}

/** The difference of sets and of views of dictionaries. */
function subtract(a: Value, b: Value): Value {
  const view = a instanceof DictView && a.kind !== 'values';
  if (!(a instanceof PySet || view)) return complex('-', a, b);
  if (a instanceof PySet && !(b instanceof PySet || b instanceof DictView)) throw unsupported('-', a, b);
  const members = toArray(a instanceof PySet ? new PyList(Array.from(a.members.keys())) : a);
  const removed = PySet.of(toArray(b));
  spend(members.length);
  return PySet.of(members.filter((item) => !contains(removed, item)));
}

/** `-value`, `+value`. @throws {TemplateError} TypeError, UndefinedError */
export function signed(operator: '-' | '+', value: Value): Value {
  if (isInteger(value)) return operator === '-' ? -integerOf(value) : integerOf(value);
  if (typeof value === 'number') return operator === '-' ? -value : value;
  if (value instanceof PyComplex) {
    return operator === '-' ? new PyComplex(-value.real, -value.imaginary) : value;
  }
  if (value instanceof Undefined) failUndefined(value);
  throw typeError(`bad operand type for unary ${operator}: '${typeName(value)}'`);
}

/** `a ~ b ~ c` without escaping. */
export function joinTexts(values: readonly Value[]): string {
  return concatenate(values.map(str));
}

/** `a ~ b ~ c` where HTML is escaped: as soon as one part is Markup, the other parts are escaped. */
export function joinMarkup(values: readonly Value[]): Value {
  const parts = values.map((value) => (isText(value) ? value : str(value)));
  if (!parts.some((part) => part instanceof Markup)) return concatenate(parts.map(textOf));
  return new Markup(concatenate(parts.map(escapeMarkup)));
}
