import { allowItems, spend } from '../core/budget.ts';
import { TemplateError, typeError, valueError } from '../core/errors.ts';
import { contains, ordered, pythonSort, sameOrEqual } from '../values/compare.ts';
import { DictView, PyDict, PySet } from '../values/dictionary.ts';
import { PyList, type PyRange, PyTuple, Undefined, type Value, integerOf, isInteger } from '../values/model.ts';
import { each, failUndefined, flagArgument, indexArgument, toArray, unpack } from '../values/protocols.ts';
import { keyError, repr } from '../values/repr.ts';
import { type Bound, call, methods } from './signature.ts';

function indexOf(items: readonly Value[], [item, start, end]: Bound, missing: (item: Value) => TemplateError): bigint {
  const bound = (value: Value | undefined, otherwise: number) => {
    if (value === undefined) return otherwise;
    if (!isInteger(value)) {
      throw typeError('slice indices must be integers or have an __index__ method');
    }
    const index = Number(value);
    return index < 0 ? Math.max(0, index + items.length) : index;
  };
  const wanted = item ?? null;
  const last = Math.min(items.length, bound(end, items.length));
  for (let index = bound(start, 0); index < last; index += 1) {
    if (sameOrEqual(items[index] as Value, wanted)) return BigInt(index);
  }
  throw missing(wanted);
}

function countOf(items: readonly Value[], wanted: Value): bigint {
  return BigInt(items.filter((item) => sameOrEqual(item, wanted)).length);
}

function pop(list: PyList, position: Value | undefined): Value {
  const index = position === undefined ? -1 : indexArgument(position);
  if (list.items.length === 0) throw new TemplateError('IndexError', 'pop from empty list');
  const at = index < 0 ? index + list.items.length : index;
  const item = list.items[at];
  if (item === undefined) throw new TemplateError('IndexError', 'pop index out of range');
  list.items.splice(at, 1);
  return item;
}

function insert(list: PyList, position: Value, item: Value): void {
  const index = indexArgument(position);
  const at = index < 0 ? Math.max(0, index + list.items.length) : index;
  allowItems(list.items.length + 1);
  list.items.splice(at, 0, item);
}

/** Appends items one by one: an iterable that depends on the list sees them. */
function extend(list: PyList, values: Value): void {
  const source = values === list ? list.items.slice() : each(values);
  for (const item of source) append(list, item);
}

function append(list: PyList, item: Value): void {
  allowItems(list.items.length + 1, 1);
  list.items.push(item);
}

/** `sorted(items, key=…, reverse=…)`. */
export function sortItems(items: readonly Value[], key: (item: Value) => Value, reverse: boolean): Value[] {
  const keyed = items.map((item) => ({ item, key: key(item) }));
  return pythonSort(keyed, (a, b) => ordered(a.key, b.key, '<'), reverse).map(({ item }) => item);
}

function remove(list: PyList, item: Value): void {
  const at = list.items.findIndex((each_) => sameOrEqual(each_, item));
  if (at === -1) throw valueError('list.remove(x): x not in list');
  list.items.splice(at, 1);
}

const nothing = (_: void): Value => null;

export const listMethods = methods<PyList>('list', {
  append: ['object', (list, [item]) => nothing(append(list, item ?? null))],
  clear: ['', (list) => nothing(void list.items.splice(0))],
  copy: ['', (list) => new PyList(toArray(list))],
  count: ['value', (list, [item]) => countOf(list.items, item ?? null)],
  extend: ['iterable', (list, [values]) => nothing(extend(list, values ?? null))],
  index: [
    'value, start=, stop=',
    (list, args) => indexOf(list.items, args, (item) => valueError(`${repr(item)} is not in list`)),
  ],
  insert: ['index, object', (list, [index, item]) => nothing(insert(list, index ?? null, item ?? null))],
  pop: ['index=', (list, [index]) => pop(list, index)],
  remove: ['value', (list, [item]) => nothing(remove(list, item ?? null))],
  reverse: ['', (list) => nothing(void list.items.reverse())],
  sort: [
    '*noPosition=, key=, reverse=',
    (list, [position, key, reverse]) => {
      if (position !== undefined) throw typeError('sort() takes no positional arguments');
      const by = key === undefined || key === null ? (item: Value) => item : (item: Value) => call(key, [item]);
      list.items = sortItems(list.items, by, reverse !== undefined && flagArgument(reverse));
      return null;
    },
  ],
});

export const tupleMethods = methods<PyTuple>('tuple', {
  count: ['value', (tuple, [item]) => countOf(tuple.items, item ?? null)],
  index: [
    'value, start=, stop=',
    (tuple, args) => indexOf(tuple.items, args, () => valueError('tuple.index(x): x not in tuple')),
  ],
});

export const rangeMethods = methods<PyRange>('range', {
  count: ['value', (range, [item]) => (contains(range, item ?? null) ? 1n : 0n)],
  index: [
    'value',
    (range, [item]) => {
      if (!contains(range, item ?? null)) throw valueError(`${repr(item ?? null)} is not in range`);
      return item !== undefined && isInteger(item) ? (integerOf(item) - range.start) / range.step : 0n;
    },
  ],
});

/** Adds the entries of a mapping or of pairs: `dict.update` and `dict()`. */
export function updateDict(dict: PyDict, source: Value): void {
  if (source instanceof PyDict) {
    spend(source.size);
    for (const [key, value] of Array.from(source.entries())) dict.set(key, value);
    return;
  }
  if (source instanceof Undefined) failUndefined(source);
  let index = 0;
  for (const item of each(source)) {
    dict.set(...pairOf(item, index));
    index += 1;
  }
}

function pairOf(item: Value, index: number): [Value, Value] {
  const parts = pairItems(item, index);
  const [key, value] = parts;
  if (parts.length !== 2 || key === undefined || value === undefined) {
    throw valueError(`dictionary update sequence element #${index} has length ${parts.length}; 2 is required`);
  }
  return [key, value];
}

function pairItems(item: Value, index: number): Value[] {
  try {
    return toArray(item);
  } catch (error) {
    if (!(error instanceof TemplateError) || error.kind !== 'TypeError') throw error;
    throw typeError(`cannot convert dictionary update sequence element #${index} to a sequence`);
  }
}

function popKey(dict: PyDict, key: Value, otherwise: Value | undefined): Value {
  const value = dict.get(key);
  if (value === undefined && otherwise === undefined) throw keyError(key);
  dict.delete(key);
  return value === undefined ? (otherwise ?? null) : value;
}

function popItem(dict: PyDict): Value {
  const last = Array.from(dict.entries()).at(-1);
  if (last === undefined) throw new TemplateError('KeyError', "'popitem(): dictionary is empty'");
  dict.delete(last[0]);
  return new PyTuple([...last]);
}

export const dictMethods = methods<PyDict>('dict', {
  clear: ['', (dict) => nothing(dict.clear())],
  copy: ['', (dict) => dict.copy()],
  get: [
    'key, default=',
    (dict, [key, otherwise]) => {
      const found = dict.get(key ?? null);
      return found === undefined ? (otherwise ?? null) : found;
    },
  ],
  items: ['', (dict) => new DictView(dict, 'items')],
  keys: ['', (dict) => new DictView(dict, 'keys')],
  pop: ['key, default=', (dict, [key, otherwise]) => popKey(dict, key ?? null, otherwise)],
  popitem: ['', popItem],
  setdefault: [
    'key, default=',
    (dict, [key, otherwise]) => {
      const found = dict.get(key ?? null);
      if (found === undefined) dict.set(key ?? null, otherwise ?? null);
      return found === undefined ? (otherwise ?? null) : found;
    },
  ],
  values: ['', (dict) => new DictView(dict, 'values')],
});

/** `dict.fromkeys(keys, value)`. */
export function dictFromKeys([keys, value]: Bound): PyDict {
  return PyDict.of(Array.from(each(keys ?? null), (key) => [key, value ?? null] as const));
}

function isDisjoint(a: Value, b: Value): boolean {
  return !Array.from(each(b)).some((item) => contains(a, item));
}

export const viewMethods = methods<DictView>('dict_keys', {
  isdisjoint: ['other', (view, [other]) => isDisjoint(view, other ?? null)],
});

const members = (set: PySet): Value[] => Array.from(set.members.keys());

export const setMethods = methods<PySet>('set', {
  add: ['object', (set, [item]) => nothing(set.members.set(item ?? null, null))],
  clear: ['', (set) => nothing(set.members.clear())],
  copy: ['', (set) => PySet.of(members(set))],
  difference: ['other=', (set, [other]) => difference(set, other, false)],
  discard: ['object', (set, [item]) => nothing(void set.members.delete(item ?? null))],
  intersection: ['other=', (set, [other]) => difference(set, other, true)],
  isdisjoint: ['other', (set, [other]) => isDisjoint(set, other ?? null)],
  issubset: ['other', (set, [other]) => difference(set, other, false).members.size === 0],
  issuperset: ['other', (set, [other]) => toArray(other ?? null).every((item) => set.members.has(item))],
  pop: [
    '',
    (set) => {
      const [first] = members(set);
      if (first === undefined) throw new TemplateError('KeyError', "'pop from an empty set'");
      set.members.delete(first);
      return first;
    },
  ],
  remove: [
    'object',
    (set, [item]) => {
      if (!set.members.delete(item ?? null)) throw keyError(item ?? null);
      return null;
    },
  ],
  union: ['other=', (set, [other]) => PySet.of([...members(set), ...(other === undefined ? [] : toArray(other))])],
});

function difference(set: PySet, other: Value | undefined, common: boolean): PySet {
  if (other === undefined) return PySet.of(members(set));
  const removed = PySet.of(toArray(other));
  return PySet.of(members(set).filter((item) => removed.members.has(item) === common));
}

/** What a pair of a mapping gives. @throws {TemplateError} TypeError, ValueError */
export function pair(value: Value): [Value, Value] {
  const [key = null, item = null] = unpack(value, 2);
  return [key, item];
}
