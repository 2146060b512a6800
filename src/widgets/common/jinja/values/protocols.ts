import { allowItems, spend } from '../core/budget.ts';
import { overflowError, TemplateError, typeError, valueError } from '../core/errors.ts';
import { characters, isNarrow, textLength } from '../text/unicode.ts';
import {
  Markup,
  PyBytes,
  PyComplex,
  PyIterator,
  PyList,
  PyObject,
  PyRange,
  PyTuple,
  Undefined,
  type Value,
  integerOf,
  isInteger,
  typeName,
} from './model.ts';
import { DictView, PyDict, PySet } from './dictionary.ts';

/** Objects of the runtime that can be iterated or measured. */
interface Sized {
  size(): number;
}

interface Iterable {
  iterate(): Iterator<Value>;
}

/** Fails as a use of this undefined value does. */
export function failUndefined(value: Undefined): never {
  throw new TemplateError('UndefinedError', value.message);
}

/** `bool(value)`. */
export function truth(value: Value): boolean {
  switch (typeof value) {
    case 'boolean':
      return value;
    case 'string':
      return value !== '';
    case 'bigint':
      return value !== 0n;
    case 'number':
      return value !== 0;
    default:
      return value !== null && objectTruth(value);
  }
}

function objectTruth(value: PyObject): boolean {
  if (value instanceof Undefined) return value.strict ? failUndefined(value) : false;
  if (value instanceof PyComplex) return value.real !== 0 || value.imaginary !== 0;
  const length = lengthOrNone(value);
  return length === undefined || length > 0;
}

/** `len(value)`, `undefined` for objects without a length. */
export function lengthOrNone(value: Value): number | undefined {
  if (typeof value === 'string') return textLength(value);
  if (!(value instanceof PyObject)) return undefined;
  if (value instanceof PyList || value instanceof PyTuple) return value.items.length;
  if (value instanceof PyDict) return value.size;
  if (value instanceof Markup) return textLength(value.text);
  if (value instanceof PyRange) return Number(value.length);
  if (value instanceof DictView) return value.dict.size;
  if (value instanceof PySet) return value.members.size;
  if (value instanceof PyBytes) return value.bytes.length;
  if (value instanceof Undefined) return value.strict ? failUndefined(value) : 0;
  return 'size' in value ? (value as PyObject & Sized).size() : undefined;
}

/** @throws {TemplateError} TypeError for objects without a length */
export function length(value: Value): number {
  const count = lengthOrNone(value);
  if (count === undefined) throw typeError(`object of type '${typeName(value)}' has no len()`);
  if (value instanceof PyRange && value.length > 0x7fffffffffffffffn) {
    throw overflowError('Python int too large to convert to C ssize_t');
  }
  return count;
}

/** Iterates over a list by index: items that are added meanwhile are met. */
function* listItems(list: PyList): Generator<Value> {
  for (let index = 0; index < list.items.length; index += 1) yield list.items[index] as Value;
}

function* rangeItems({ start, step, length: count }: PyRange): Generator<Value> {
  for (let index = 0n, value = start; index < count; index += 1n, value += step) yield value;
}

function* watched(dict: PyDict, items: Iterable_): Generator<Value> {
  const size = dict.size;
  for (const item of items) {
    yield item;
    if (dict.size !== size) {
      throw new TemplateError('RuntimeError', 'dictionary changed size during iteration');
    }
  }
}

type Iterable_ = globalThis.Iterable<Value>;

function* textItems(text: string): Generator<Value> {
  if (isNarrow(text)) for (let index = 0; index < text.length; index += 1) yield text.charAt(index);
  else yield* text;
}

/** `iter(value)`. @throws {TemplateError} TypeError, UndefinedError */
export function iterate(value: Value): Iterator<Value> {
  if (value instanceof PyList) return listItems(value);
  if (typeof value === 'string') return textItems(value);
  if (value instanceof PyObject) {
    if (value instanceof PyTuple) return value.items[Symbol.iterator]();
    if (value instanceof PyDict) return watched(value, value.keys());
    if (value instanceof DictView) return watched(value.dict, value);
    if (value instanceof PyIterator) return value.source;
    if (value instanceof PyRange) return rangeItems(value);
    if (value instanceof Markup) return textItems(value.text);
    if (value instanceof PySet) return value.members.keys();
    if (value instanceof PyBytes) return value.bytes.map(BigInt)[Symbol.iterator]();
    if (value instanceof Undefined) return value.strict ? failUndefined(value) : [][Symbol.iterator]();
    if ('iterate' in value) return (value as PyObject & Iterable).iterate();
  }
  throw typeError(`'${typeName(value)}' object is not iterable`);
}

/** The items of a value one by one, each counted. The iterator starts at once, so that errors of `iter()` are immediate. */
export function each(value: Value): globalThis.Iterable<Value> {
  return value instanceof PyList ? countedItems(value) : counted(iterate(value));
}

function* countedItems(list: PyList): Generator<Value> {
  for (let index = 0; index < list.items.length; index += 1) {
    spend(1);
    yield list.items[index] as Value;
  }
}

function* counted(source: Iterator<Value>): Generator<Value> {
  for (let next = source.next(); next.done !== true; next = source.next()) {
    spend(1);
    yield next.value;
  }
}

/** `list(value)` as an array. */
export function toArray(value: Value): Value[] {
  if (value instanceof PyList || value instanceof PyTuple) {
    spend(value.items.length);
    return value.items.slice();
  }
  return Array.from(each(value));
}

/** An argument that Python takes as an index or a count. @throws {TemplateError} TypeError, OverflowError */
export function indexArgument(value: Value): number {
  if (!isInteger(value)) throw typeError(`'${typeName(value)}' object cannot be interpreted as an integer`);
  const integer = integerOf(value);
  if (integer > 0x7fffffffffffffffn || integer < -0x8000000000000000n) {
    throw overflowError('Python int too large to convert to C ssize_t');
  }
  return Number(integer);
}

/** An argument that Python takes as a flag, but only if it is an integer. @throws {TemplateError} TypeError */
export function flagArgument(value: Value): boolean {
  const flag = indexArgument(value);
  if (flag >= -0x80000000 && flag <= 0x7fffffff) return flag !== 0;
  throw overflowError('Python int too large to convert to C int');
}

/** Unpacks into exactly `count` values. @throws {TemplateError} TypeError, ValueError */
export function unpack(value: Value, count: number): Value[] {
  const source = unpackable(value);
  const items: Value[] = [];
  for (let next = source.next(); next.done !== true; next = source.next()) {
    if (items.length === count) throw valueError(`too many values to unpack (expected ${count})`);
    items.push(next.value);
  }
  if (items.length < count) {
    throw valueError(`not enough values to unpack (expected ${count}, got ${items.length})`);
  }
  return items;
}

function unpackable(value: Value): Iterator<Value> {
  try {
    return iterate(value);
  } catch (error) {
    if (!(error instanceof TemplateError) || error.kind !== 'TypeError') throw error;
    throw typeError(`cannot unpack non-iterable ${typeName(value)} object`);
  }
}

/** The three parts of `[start:stop:step]`; a part that is not written is None. */
interface SliceParts {
  readonly start: Value;
  readonly stop: Value;
  readonly step: Value;
}

interface Bounds {
  readonly start: bigint;
  readonly step: bigint;
  readonly count: bigint;
}

function part(value: Value): bigint | undefined {
  if (value === null) return undefined;
  if (!isInteger(value)) {
    throw typeError('slice indices must be integers or None or have an __index__ method');
  }
  return integerOf(value);
}

function clamp(value: bigint, low: bigint, high: bigint): bigint {
  return value < low ? low : value > high ? high : value;
}

/** `slice.indices(length)`. */
function bounds(slice: SliceParts, length: bigint): Bounds {
  const step = part(slice.step) ?? 1n;
  if (step === 0n) throw valueError('slice step cannot be zero');
  const [low, high] = step > 0n ? [0n, length] : [-1n, length - 1n];
  const limit = (value: bigint | undefined, otherwise: bigint): bigint => {
    if (value === undefined) return otherwise;
    return clamp(value < 0n ? value + length : value, low, high);
  };
  const start = limit(part(slice.start), step > 0n ? low : high);
  const stop = limit(part(slice.stop), step > 0n ? high : low);
  const distance = step > 0n ? stop - start : start - stop;
  const stride = step > 0n ? step : -step;
  return { start, step, count: distance > 0n ? (distance - 1n) / stride + 1n : 0n };
}

function pick<T>(items: readonly T[], slice: SliceParts): T[] {
  const { start, step, count } = bounds(slice, BigInt(items.length));
  allowItems(Number(count));
  const [first, stride] = [Number(start), Number(step)];
  if (stride === 1) return items.slice(first, first + Number(count));
  return Array.from({ length: Number(count) }, (_, index) => items[first + index * stride] as T);
}

function pickText(text: string, slice: SliceParts): string {
  if (slice.step === null && isNarrow(text)) {
    const { start, count } = bounds(slice, BigInt(text.length));
    return text.slice(Number(start), Number(start + count));
  }
  return pick(characters(text), slice).join('');
}

/** `value[start:stop:step]`. @throws {TemplateError} TypeError, ValueError, UndefinedError */
export function slice(value: Value, parts: SliceParts): Value {
  if (typeof value === 'string') return pickText(value, parts);
  if (value instanceof PyList) return new PyList(pick(value.items, parts));
  if (value instanceof PyTuple) return new PyTuple(pick(value.items, parts));
  if (value instanceof Markup) return new Markup(pickText(value.text, parts));
  if (value instanceof PyBytes) return new PyBytes(pick(value.bytes, parts));
  if (value instanceof PyRange) {
    const { start, step, count } = bounds(parts, value.length);
    const first = value.start + start * value.step;
    return new PyRange(first, first + count * step * value.step, step * value.step);
  }
  if (value instanceof Undefined) failUndefined(value);
  throw notSliceable(value);
}

function notSliceable(value: Value): Error {
  const name = typeName(value);
  return typeError(name === 'dict' ? "unhashable type: 'slice'" : `'${name}' object is not subscriptable`);
}
