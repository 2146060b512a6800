import { divideToEven, fixedText, str } from '../values/repr.ts';
import { isKind, overflowError, TemplateError, typeError } from '../core/errors.ts';
import { formatValue } from '../format/formatSpec.ts';
import { checkHashable } from '../values/dictionary.ts';
import { arithmetic } from '../values/arithmetic.ts';
import { parseInteger, toFloat, toFloatValue, toInteger, truncate } from '../values/integers.ts';
import {
  PyComplex,
  PyList,
  Undefined,
  type Value,
  integerOf,
  isInteger,
  isText,
  textOf,
  typeName,
} from '../values/model.ts';
import { failUndefined, indexArgument, toArray, truth } from '../values/protocols.ts';
import { concatenate } from '../text/unicode.ts';
import { type TemplateFunction, define } from '../runtime/signature.ts';
import { htmlFilters } from './htmlFilters.ts';
import { selectFilters, tests } from './tests.ts';
import { sequenceFilters } from './sequenceFilters.ts';
import { callMethod, textFilters, wrapLine } from './textFilters.ts';

function absolute(value: Value): Value {
  if (isInteger(value)) {
    const integer = integerOf(value);
    return integer < 0n ? -integer : integer;
  }
  if (typeof value === 'number') return Math.abs(value);
  if (value instanceof PyComplex) return Math.hypot(value.real, value.imaginary);
  throw typeError(`bad operand type for abs(): '${typeName(value)}'`);
}

function toInt(value: Value, otherwise: Value, base: Value): Value {
  try {
    return isText(value) ? parseInteger(value, BigInt(indexArgument(base))) : toInteger(value);
  } catch (error) {
    if (!isKind(error, 'TypeError', 'ValueError')) throw error;
    try {
      return truncate(toFloatValue(value));
    } catch (second) {
      if (!isKind(second, 'TypeError', 'ValueError', 'OverflowError')) throw second;
      return otherwise;
    }
  }
}

function toReal(value: Value, otherwise: Value): Value {
  try {
    return toFloatValue(value);
  } catch (error) {
    if (!isKind(error, 'TypeError', 'ValueError')) throw error;
    return otherwise;
  }
}

/** `round(value, places)`: halves go to the even neighbour. */
function roundCommon(value: Value, places: Value): Value {
  if (isInteger(value)) return roundInteger(integerOf(value), places === null ? 0 : indexArgument(places));
  if (typeof value !== 'number') throw typeError(`type ${typeName(value)} doesn't define __round__ method`);
  if (places === null) return truncate(roundFloat(value, 0));
  return roundFloat(value, indexArgument(places));
}

function roundInteger(value: bigint, places: number): bigint {
  if (places >= 0) return value;
  // A unit beyond the number of digits rounds everything to zero.
  if (-places > value.toString().length + 1) return 0n;
  const unit = 10n ** BigInt(-places);
  const size = value < 0n ? -value : value;
  const rounded = divideToEven(size, unit) * unit;
  return value < 0n ? -rounded : rounded;
}

function roundFloat(value: number, places: number): number {
  if (!Number.isFinite(value) || places > 323) return value;
  const negative = value < 0 || Object.is(value, -0);
  if (places < -308) return negative ? -0 : 0;
  const size = Number(places >= 0 ? fixedText(Math.abs(value), places) : roundedUnits(Math.abs(value), -places));
  if (!Number.isFinite(size)) throw overflowError('rounded value too large to represent');
  return negative ? -size : size;
}

/** A float rounded to a multiple of a power of ten. */
function roundedUnits(value: number, zeros: number): string {
  const whole = BigInt(Math.trunc(value));
  const unit = 10n ** BigInt(zeros);
  // A rest below the point decides between two halves.
  const twice = whole * 2n + (Number.isInteger(value) ? 0n : 1n);
  const units = Number.isInteger(value) ? divideToEven(whole, unit) : divideToEven(twice, unit * 2n);
  return (units * unit).toString();
}

function round(value: Value, places: Value, method: Value): Value {
  const name = isText(method) ? textOf(method) : '';
  if (!isText(method)) checkHashable(method);
  if (name !== 'common' && name !== 'ceil' && name !== 'floor') {
    throw new TemplateError('FilterArgumentError', 'method must be common, ceil or floor');
  }
  if (name === 'common') return roundCommon(value, places);
  const unit = arithmetic('**', 10n, places);
  const scaled = arithmetic('*', value, unit);
  return arithmetic('/', wholeNumber(scaled, name), unit);
}

/** `math.ceil` and `math.floor`. */
function wholeNumber(value: Value, name: 'ceil' | 'floor'): bigint {
  if (isInteger(value)) return integerOf(value);
  if (typeof value === 'number') return truncate(name === 'ceil' ? Math.ceil(value) : Math.floor(value));
  if (value instanceof Undefined) failUndefined(value);
  throw typeError(`must be real number, not ${typeName(value)}`);
}

const decimalUnits = ['kB', 'MB', 'GB', 'TB', 'PB', 'EB', 'ZB', 'YB'];
const binaryUnits = ['KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB', 'ZiB', 'YiB'];

function fileSize(value: Value, binary: Value): string {
  const bytes = toFloatValue(value);
  const isBinary = truth(binary);
  const base = isBinary ? 1024 : 1000;
  if (bytes === 1) return '1 Byte';
  if (bytes < base) return `${truncate(bytes)} Bytes`;
  const names = isBinary ? binaryUnits : decimalUnits;
  const units = names.map((_, index) => toFloat(BigInt(base) ** BigInt(index + 2)));
  const found = units.findIndex((unit) => bytes < unit);
  const index = found === -1 ? names.length - 1 : found;
  return `${formatValue((base * bytes) / (units[index] ?? 1), '.1f')} ${names[index]}`;
}

/** Filters of numbers by name. */
const numberFilters: readonly (readonly [string, TemplateFunction])[] = [
  ['abs', define('abs', '/x', ([value = null]) => absolute(value))],
  [
    'filesizeformat',
    define('do_filesizeformat', 'value, binary=', ([value = null, binary = false]) => fileSize(value, binary)),
  ],
  ['float', define('do_float', 'value, default=', ([value = null, otherwise = 0]) => toReal(value, otherwise))],
  [
    'int',
    define('do_int', 'value, default=, base=', ([value = null, otherwise = 0n, base = 10n]) =>
      toInt(value, otherwise, base),
    ),
  ],
  [
    'round',
    define('do_round', 'value, precision=, method=', ([value = null, places = 0n, method = 'common']) =>
      round(value, places, method),
    ),
  ],
];

function wordWrap(value: Value, width: Value, longWords: Value, wrapString: Value, hyphens: Value): Value {
  const separator = wrapString === null ? '\n' : wrapString;
  if (!isText(separator)) callMethod(separator, 'join', new PyList([]));
  const by = str(separator);
  const join = (parts: readonly string[]): string => concatenate(parts, by);
  // Python looks at the other arguments once for each line, so that a text without lines accepts any.
  const wrapped = toArray(callMethod(value, 'splitlines')).map((line) =>
    wrapLine(str(line), {
      isFloat: typeof width === 'number',
      width: typeof width === 'number' ? width : indexArgument(width),
      breakLongWords: truth(longWords),
      breakOnHyphens: truth(hyphens),
    }),
  );
  return join(wrapped.map(join));
}

const wrapping = define(
  'do_wordwrap',
  's, width=, break_long_words=, wrapstring=, break_on_hyphens=',
  ([value = null, width = 79n, longWords = true, wrapString = null, hyphens = true]) =>
    wordWrap(value, width, longWords, wrapString, hyphens),
);

/** Filters by name. */
export const filters: ReadonlyMap<string, TemplateFunction> = makeFilters();

function makeFilters(): Map<string, TemplateFunction> {
  const table = new Map<string, TemplateFunction>([
    ...textFilters,
    ...numberFilters,
    ...sequenceFilters,
    ...htmlFilters,
    ['wordwrap', wrapping],
  ]);
  for (const [name, filter] of selectFilters(table, tests)) table.set(name, filter);
  return table;
}
