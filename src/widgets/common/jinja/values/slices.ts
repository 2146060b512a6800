import { allowItems } from '../core/budget.ts';
import { typeError, valueError } from '../core/errors.ts';
import { characters, isNarrow } from '../text/points.ts';
import {
  integerOf,
  isInteger,
  Markup,
  PyBytes,
  PyList,
  PyRange,
  PyTuple,
  typeName,
  Undefined,
  type Value,
} from './model.ts';
import { failUndefined } from './protocols.ts';

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
