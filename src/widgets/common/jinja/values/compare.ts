import { nested, spend } from '../core/budget.ts';
import { TemplateError, typeError } from '../core/errors.ts';
import { DictView, PyDict, PySet } from './dictionary.ts';
import {
  PyBytes,
  PyComplex,
  PyList,
  PyObject,
  PyRange,
  PyTuple,
  Undefined,
  type Value,
  integerOf,
  isInteger,
  isText,
  textOf,
  typeName,
} from './model.ts';
import { failUndefined, iterate } from './protocols.ts';

export type OrderOperator = '<' | '<=' | '>' | '>=';

/** `a is b`, as far as possible for values without identity. */
export function same(a: Value, b: Value): boolean {
  return Object.is(a, b);
}

/** `a == b`. @throws {TemplateError} UndefinedError */
export function equals(a: Value, b: Value): boolean {
  spend(1);
  if (typeof a === 'string' && typeof b === 'string') return a === b;
  if (a instanceof Undefined || b instanceof Undefined) return equalUndefined(a, b);
  const numbers = compareNumbers(a, b);
  if (numbers !== undefined) return numbers === 0;
  if (isText(a)) return isText(b) && textOf(a) === textOf(b);
  if (a instanceof PyComplex || b instanceof PyComplex) return equalComplex(a, b);
  if (a === b) return true;
  return a instanceof PyObject && b instanceof PyObject && nested(() => equalObjects(a, b));
}

function equalUndefined(a: Value, b: Value): boolean {
  for (const value of [a, b]) if (value instanceof Undefined && value.strict) failUndefined(value);
  return a instanceof Undefined && b instanceof Undefined;
}

function equalComplex(a: Value, b: Value): boolean {
  const [real, imaginary] = parts(a);
  const [otherReal, otherImaginary] = parts(b);
  return real === otherReal && imaginary === otherImaginary;
}

function parts(value: Value): readonly [number, number] {
  if (value instanceof PyComplex) return [value.real, value.imaginary];
  if (typeof value === 'number') return [value, 0];
  return isInteger(value) ? [Number(integerOf(value)), 0] : [NaN, NaN];
}

function equalObjects(a: PyObject, b: PyObject): boolean {
  if (a instanceof PyList) return b instanceof PyList && equalItems(a.items, b.items);
  if (a instanceof PyTuple) return b instanceof PyTuple && equalItems(a.items, b.items);
  if (a instanceof PyDict) return b instanceof PyDict && equalDicts(a, b);
  if (a instanceof PyBytes) return b instanceof PyBytes && a.bytes.join() === b.bytes.join();
  if (a instanceof PyRange) {
    if (!(b instanceof PyRange) || a.length !== b.length) return false;
    return a.length === 0n || (a.start === b.start && (a.length === 1n || a.step === b.step));
  }
  const left = setLike(a);
  const right = setLike(b);
  if (left === undefined || right === undefined) return false;
  return left.length === right.length && left.every((item) => contains(b, item));
}

/** The members of a set or of a view that behaves like one. */
function setLike(value: PyObject): Value[] | undefined {
  if (value instanceof PySet) return Array.from(value.members.keys());
  return value instanceof DictView && value.kind !== 'values' ? Array.from(value) : undefined;
}

/** Containers take an item that is the same object for equal, even if it does not equal itself. */
export function sameOrEqual(a: Value, b: Value): boolean {
  return same(a, b) || equals(a, b);
}

function equalItems(a: readonly Value[], b: readonly Value[]): boolean {
  return a.length === b.length && a.every((item, index) => sameOrEqual(item, b[index] as Value));
}

function equalDicts(a: PyDict, b: PyDict): boolean {
  if (a.size !== b.size) return false;
  for (const [key, value] of a.entries()) {
    const other = b.get(key);
    if (other === undefined || !sameOrEqual(value, other)) return false;
  }
  return true;
}

/** Below, at or above zero for two numbers, NaN if one is not a number, `undefined` for other values. */
function compareNumbers(a: Value, b: Value): number | undefined {
  if (typeof a === 'number' && typeof b === 'number') return a === b ? 0 : a < b ? -1 : a > b ? 1 : NaN;
  if (isInteger(a)) {
    const left = integerOf(a);
    if (isInteger(b)) {
      const right = integerOf(b);
      return left === right ? 0 : left < right ? -1 : 1;
    }
    // JavaScript compares bigint and number by their exact values.
    if (typeof b === 'number') return Number.isNaN(b) ? NaN : left < b ? -1 : left > b ? 1 : 0;
  }
  if (typeof a === 'number' && isInteger(b)) {
    const right = integerOf(b);
    return Number.isNaN(a) ? NaN : a < right ? -1 : a > right ? 1 : 0;
  }
  return undefined;
}

/** Texts in the order of their code points, which is not the order of their UTF-16 code units. */
export function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  const end = Math.min(a.length, b.length);
  spend(end >> 4);
  for (let index = 0; index < end; index += 1) {
    const left = a.charCodeAt(index);
    const right = b.charCodeAt(index);
    if (left !== right) return rank(left) - rank(right);
  }
  return a.length - b.length;
}

/** Puts surrogates, which are halves of later code points, behind all other code units. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}

function holds(result: number, operator: OrderOperator): boolean {
  switch (operator) {
    case '<':
      return result < 0;
    case '<=':
      return result <= 0;
    case '>':
      return result > 0;
    default:
      return result >= 0;
  }
}

/** `a < b` and its siblings. @throws {TemplateError} TypeError, UndefinedError */
export function ordered(a: Value, b: Value, operator: OrderOperator): boolean {
  spend(1);
  const numbers = compareNumbers(a, b);
  if (numbers !== undefined) return holds(numbers, operator);
  if (isText(a) && isText(b)) return holds(compareTexts(textOf(a), textOf(b)), operator);
  for (const value of [a, b]) if (value instanceof Undefined) failUndefined(value);
  if ((a instanceof PyList && b instanceof PyList) || (a instanceof PyTuple && b instanceof PyTuple)) {
    return nested(() => orderedItems(a.items, b.items, operator));
  }
  if (a instanceof PyBytes && b instanceof PyBytes) return orderedItems(a.bytes, b.bytes, operator);
  const sets = a instanceof PyObject && b instanceof PyObject ? orderedSets(a, b, operator) : undefined;
  if (sets !== undefined) return sets;
  throw typeError(`'${operator}' not supported between instances of '${typeName(a)}' and '${typeName(b)}'`);
}

function orderedItems(a: readonly Value[], b: readonly Value[], operator: OrderOperator): boolean {
  for (const [index, item] of a.entries()) {
    if (index >= b.length) break;
    const other = b[index] as Value;
    if (!sameOrEqual(item, other)) return ordered(item, other, operator);
  }
  return holds(a.length - b.length, operator);
}

/** Sets are ordered by inclusion. */
function orderedSets(a: PyObject, b: PyObject, operator: OrderOperator): boolean | undefined {
  const left = setLike(a);
  const right = setLike(b);
  if (left === undefined || right === undefined) return undefined;
  const proper = operator === '<' || operator === '>';
  const [small, smallSize, large, largeSize] =
    operator === '<' || operator === '<='
      ? [left, left.length, b, right.length]
      : [right, right.length, a, left.length];
  return (proper ? smallSize < largeSize : smallSize <= largeSize) && small.every((item) => contains(large, item));
}

/** `item in container`. @throws {TemplateError} TypeError, UndefinedError */
export function contains(container: Value, item: Value): boolean {
  if (isText(container)) {
    if (!isText(item)) {
      throw typeError(`'in <string>' requires string as left operand, not ${typeName(item)}`);
    }
    const text = textOf(container);
    spend(text.length >> 4);
    return text.includes(textOf(item));
  }
  if (container instanceof PyDict) return container.has(item);
  if (container instanceof PySet) return container.members.has(item);
  if (container instanceof DictView && container.kind !== 'values') return viewContains(container, item);
  if (container instanceof PyRange && isInteger(item)) return rangeContains(container, integerOf(item));
  if (container instanceof PyBytes) return bytesContain(container, item);
  return iterableContains(container, item);
}

function iterableContains(container: Value, item: Value): boolean {
  if (container instanceof Undefined && container.strict) failUndefined(container);
  const source = containerItems(container);
  for (let next = source.next(); next.done !== true; next = source.next()) {
    if (sameOrEqual(next.value, item)) return true;
  }
  return false;
}

function containerItems(container: Value): Iterator<Value> {
  try {
    return iterate(container);
  } catch (error) {
    if (!(error instanceof TemplateError) || error.kind !== 'TypeError') throw error;
    throw typeError(`argument of type '${typeName(container)}' is not iterable`);
  }
}

function viewContains(view: DictView, item: Value): boolean {
  if (view.kind === 'keys') return view.dict.has(item);
  if (!(item instanceof PyTuple) || item.items.length !== 2) return false;
  const [key, value] = item.items as readonly [Value, Value];
  const found = view.dict.get(key);
  return found !== undefined && sameOrEqual(found, value);
}

function rangeContains({ start, step, length }: PyRange, item: bigint): boolean {
  const offset = item - start;
  return offset % step === 0n && offset / step >= 0n && offset / step < length;
}

function bytesContain({ bytes }: PyBytes, item: Value): boolean {
  if (item instanceof PyBytes) return String.fromCharCode(...bytes).includes(String.fromCharCode(...item.bytes));
  if (isInteger(item)) return bytes.includes(Number(integerOf(item)));
  throw typeError(`a bytes-like object is required, not '${typeName(item)}'`);
}

/**
 * Sorts stably with the comparisons of Python's `sorted` for short lists, so that values without a total order (NaN) end up
 * in the same places.
 * @param less whether the first item belongs before the second
 */
export function pythonSort<T>(items: readonly T[], less: (a: T, b: T) => boolean, reverse = false): T[] {
  spend(items.length);
  const sorted = reverse ? items.toReversed() : items.slice();
  if (sorted.length < 64) insertionSort(sorted, less);
  // Sorting of the language is stable; an item is behind another only if the other is less.
  else sorted.sort((a, b) => (less(a, b) ? -1 : less(b, a) ? 1 : 0));
  return reverse ? sorted.reverse() : sorted;
}

function insertionSort<T>(items: T[], less: (a: T, b: T) => boolean): void {
  for (let next = runLength(items, less); next < items.length; next += 1) {
    const item = items[next] as T;
    let low = 0;
    let high = next;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (less(item, items[middle] as T)) high = middle;
      else low = middle + 1;
    }
    items.copyWithin(low + 1, low, next);
    items[low] = item;
  }
}

/** The length of the ordered run at the start; a descending run is reversed. */
function runLength<T>(items: T[], less: (a: T, b: T) => boolean): number {
  if (items.length < 2) return items.length;
  const descending = less(items[1] as T, items[0] as T);
  let end = 2;
  while (end < items.length && less(items[end] as T, items[end - 1] as T) === descending) end += 1;
  if (descending) items.splice(0, end, ...items.slice(0, end).reverse());
  return end;
}
