import { allowItems } from '../core/budget.ts';
import { TemplateError, isKind, typeError } from '../core/errors.ts';
import { sortItems } from '../runtime/collectionMethods.ts';
import { joinTexts } from '../runtime/textMethods.ts';
import { escape } from '../runtime/markupMethods.ts';
import { attribute as attributeOf, getAttribute, missing } from '../runtime/attributes.ts';
import { item as itemOf } from '../runtime/items.ts';
import { generator } from '../runtime/loop.ts';
import { characters } from '../text/unicode.ts';
import { arithmetic, floorDivide } from '../values/arithmetic.ts';
import { equals, ordered } from '../values/compare.ts';
import { DictView, PyDict } from '../values/dictionary.ts';
import {
  Markup,
  PyBytes,
  PyIterator,
  PyList,
  PyRange,
  PyTuple,
  Undefined,
  type Value,
  integerOf,
  isInteger,
  isText,
  textOf,
  typeName,
} from '../values/model.ts';
import {
  each,
  failUndefined,
  flagArgument,
  indexArgument,
  iterate,
  length,
  toArray,
  truth,
} from '../values/protocols.ts';
import { str } from '../values/repr.ts';
import { type TemplateFunction, define } from '../runtime/signature.ts';
import { attributeGetter, ignoreCase, multiAttributeGetter } from './tests.ts';
import { callMethod, softText } from './textFilters.ts';

function* batches(value: Value, count: Value, fill: Value): Generator<Value> {
  let batch: Value[] = [];
  for (const item of each(value)) {
    if (equals(BigInt(batch.length), count)) {
      yield new PyList(batch);
      batch = [];
    }
    batch.push(item);
  }
  if (batch.length === 0) return;
  if (fill !== null && ordered(BigInt(batch.length), count, '<')) {
    const missingCount = indexArgument(arithmetic('-', count, BigInt(batch.length)));
    allowItems(missingCount);
    batch.push(...Array.from({ length: missingCount }, () => fill));
  }
  yield new PyList(batch);
}

function* slices(value: Value, count: Value, fill: Value): Generator<Value> {
  const items = toArray(value);
  const size = BigInt(items.length);
  if (!isInteger(count)) {
    arithmetic('//', size, count);
    throw typeError(`'${typeName(count)}' object cannot be interpreted as an integer`);
  }
  const slicesWanted = integerOf(count);
  const each_ = floorDivide(size, slicesWanted);
  const extra = size - each_ * slicesWanted;
  let offset = 0n;
  allowItems(Math.max(0, Number(slicesWanted)));
  for (let index = 0n; index < slicesWanted; index += 1n) {
    const start = offset + index * each_;
    if (index < extra) offset += 1n;
    const slice = items.slice(Number(start), Number(offset + (index + 1n) * each_));
    if (fill !== null && index >= extra) slice.push(fill);
    yield new PyList(slice);
  }
}

function* unique(value: Value, caseSensitive: Value, attribute: Value): Generator<Value> {
  const get = attributeGetter(attribute, !truth(caseSensitive));
  const seen = new PyDict();
  for (const item of each(value)) {
    const key = get(item);
    if (seen.has(key)) continue;
    seen.set(key, null);
    yield item;
  }
}

function* items(value: Value): Generator<Value> {
  if (value instanceof Undefined) return;
  if (!(value instanceof PyDict)) throw typeError('Can only get item pairs from a mapping.');
  yield* each(new DictView(value, 'items'));
}

function extreme(value: Value, caseSensitive: Value, attribute: Value, sign: '<' | '>'): Value {
  const source = each(value)[Symbol.iterator]();
  const first = source.next();
  if (first.done === true) return new Undefined('No aggregated item, sequence was empty.');
  const get = attributeGetter(attribute, !truth(caseSensitive));
  let best = first.value;
  let bestKey = get(best);
  for (let next = source.next(); next.done !== true; next = source.next()) {
    const key = get(next.value);
    if (!ordered(key, bestKey, sign)) continue;
    best = next.value;
    bestKey = key;
  }
  return best;
}

function first(value: Value): Value {
  const next = iterate(value).next();
  return next.done === true ? new Undefined('No first item, sequence was empty.') : next.value;
}

/** `reversed(value)`. @throws {TemplateError} TypeError, UndefinedError */
function reversed(value: Value): PyIterator {
  if (value instanceof PyDict) {
    return new PyIterator(Array.from(value.keys()).reverse()[Symbol.iterator](), 'dict_reversekeyiterator');
  }
  if (value instanceof DictView) {
    const kind = { keys: 'key', values: 'value', items: 'item' }[value.kind];
    return new PyIterator(Array.from(value).reverse()[Symbol.iterator](), `dict_reverse${kind}iterator`);
  }
  if (value instanceof PyRange) {
    const last = value.start + (value.length - 1n) * value.step;
    return new PyIterator(iterate(new PyRange(last, value.start - value.step, -value.step)), 'range_iterator');
  }
  if (value instanceof Undefined) length(value);
  const sequence = isText(value) || value instanceof PyList || value instanceof PyTuple || value instanceof PyBytes;
  if (!sequence && !(value instanceof Undefined)) throw typeError(`'${typeName(value)}' object is not reversible`);
  const name = value instanceof PyList ? 'list_reverseiterator' : 'reversed';
  return new PyIterator(toArray(value).reverse()[Symbol.iterator](), name);
}

function last(value: Value): Value {
  const next = reversed(value).source.next();
  return next.done === true ? new Undefined('No last item, sequence was empty.') : next.value;
}

function reverse(value: Value): Value {
  if (isText(value)) {
    const text = characters(textOf(value)).reverse().join('');
    return value instanceof Markup ? new Markup(text) : text;
  }
  try {
    return reversed(value);
  } catch (error) {
    if (!isKind(error, 'TypeError')) throw error;
  }
  try {
    return new PyList(toArray(value).reverse());
  } catch (error) {
    if (!isKind(error, 'TypeError')) throw error;
    throw new TemplateError('FilterArgumentError', 'argument must be iterable');
  }
}

function random(value: Value, chance: () => number): Value {
  const count = length(value);
  if (count === 0) return new Undefined('No random item, sequence was empty.');
  return itemOf(value, BigInt(Math.min(count - 1, Math.floor(chance() * count))));
}

function join(value: Value, separator: Value, attribute: Value, autoescape: boolean): Value {
  const get = attribute === null ? undefined : attributeGetter(attribute);
  if (!autoescape) {
    // Without an attribute, Python looks at the separator before the items.
    const text = get === undefined ? str(separator) : undefined;
    const source = each(value);
    // One item after the other: what an undefined attribute raises counts before what the next item raises.
    return joinTexts(
      text ?? str(separator),
      new PyList(Array.from(source, (item) => str(get === undefined ? item : get(item)))),
    );
  }
  const all = Array.from(each(value), (item) => (get === undefined ? item : get(item)));
  const safe = separator instanceof Markup || all.some((item) => item instanceof Markup);
  if (!safe) return joinTexts(str(separator), new PyList(all.map(str)));
  return callMethod(separator instanceof Markup ? separator : escape(separator), 'join', new PyList(all.map(softText)));
}

function dictSort(value: Value, caseSensitive: Value, by: Value, reverseOrder: Value): Value {
  const index = isText(by) ? ['key', 'value'].indexOf(textOf(by)) : -1;
  if (index === -1) {
    throw new TemplateError('FilterArgumentError', 'You can only sort by either "key" or "value"');
  }
  const pairs = toArray(callMethod(value, 'items'));
  const key = (pair: Value): Value => {
    const part = itemOf(pair, BigInt(index));
    return truth(caseSensitive) ? part : ignoreCase(part);
  };
  return new PyList(sortItems(pairs, key, flagArgument(reverseOrder)));
}

function groupBy(value: Value, attribute: Value, otherwise: Value, caseSensitive: Value): Value {
  const folds = !truth(caseSensitive);
  const get = attributeGetter(attribute, folds, otherwise);
  const sorted = sortItems(toArray(value), get, false);
  const groups: { key: Value; items: Value[] }[] = [];
  for (const item of sorted) {
    const key = get(item);
    const group = groups.at(-1);
    if (group !== undefined && equals(group.key, key)) group.items.push(item);
    else groups.push({ key, items: [item] });
  }
  const exact = attributeGetter(attribute, false, otherwise);
  return new PyList(
    groups.map(({ key, items: members }) => {
      const shown = folds ? exact(members[0] ?? null) : key;
      return new PyTuple([shown, new PyList(members)], ['grouper', 'list']);
    }),
  );
}

function sum(value: Value, attribute: Value, start: Value): Value {
  const get = attribute === null ? undefined : attributeGetter(attribute);
  const source = each(value);
  if (isText(start)) throw typeError("sum() can't sum strings [use ''.join(seq) instead]");
  if (start instanceof PyBytes) throw typeError("sum() can't sum bytes [use b''.join(seq) instead]");
  let total: Value = start;
  for (const item of source) total = arithmetic('+', total, get === undefined ? item : get(item));
  return total;
}

function lookUp(value: Value, name: Value): Value {
  if (name instanceof Undefined) failUndefined(name);
  if (!isText(name)) throw typeError(`attribute name must be string, not '${typeName(name)}'`);
  const key = textOf(name);
  if (value instanceof Undefined && !(key.startsWith('__') && key.endsWith('__'))) failUndefined(value);
  return attributeOf(value, key) === undefined ? missing(value, name) : getAttribute(value, key);
}

const sortFilter = define(
  'do_sort',
  'value, reverse=, case_sensitive=, attribute=',
  ([value = null, reverseOrder = false, caseSensitive = false, attribute = null]) =>
    new PyList(
      sortItems(toArray(value), multiAttributeGetter(attribute, !truth(caseSensitive)), flagArgument(reverseOrder)),
    ),
);

const count = define('len', '/obj', ([value = null]) => BigInt(length(value)));
const extremeOf = (name: string, sign: '<' | '>') =>
  define(name, 'value, case_sensitive=, attribute=', ([value = null, caseSensitive = false, attribute = null]) =>
    extreme(value, caseSensitive, attribute, sign),
  );
const fallback = define(
  'do_default',
  'value, default_value=, boolean=',
  ([value = null, other = '', boolean = false]) =>
    value instanceof Undefined || (truth(boolean) && !truth(value)) ? other : value,
);

/** Filters of sequences and mappings by name. */
export const sequenceFilters: readonly (readonly [string, TemplateFunction])[] = [
  ['attr', define('do_attr', 'obj, name', ([value = null, name = null]) => lookUp(value, name))],
  [
    'batch',
    define('do_batch', 'value, linecount, fill_with=', ([value = null, size = null, fill = null]) =>
      generator(batches(value, size, fill), 'do_batch'),
    ),
  ],
  ['count', count],
  ['d', fallback],
  ['default', fallback],
  [
    'dictsort',
    define(
      'do_dictsort',
      'value, case_sensitive=, by=, reverse=',
      ([value = null, caseSensitive = false, by = 'key', reverseOrder = false]) =>
        dictSort(value, caseSensitive, by, reverseOrder),
    ),
  ],
  ['first', define('sync_do_first', 'seq', ([value = null]) => first(value))],
  [
    'groupby',
    define(
      'sync_do_groupby',
      'value, attribute, default=, case_sensitive=',
      ([value = null, attribute = null, otherwise = null, caseSensitive = false]) =>
        groupBy(value, attribute, otherwise, caseSensitive),
    ),
  ],
  ['items', define('do_items', 'value', ([value = null]) => generator(items(value), 'do_items'))],
  [
    'join',
    define('sync_do_join', 'value, d=, attribute=', ([value = null, d = '', attribute = null], { autoescape }) =>
      join(value, d, attribute, autoescape),
    ),
  ],
  ['last', define('do_last', 'seq', ([value = null]) => last(value))],
  ['length', count],
  ['list', define('sync_do_list', 'value', ([value = null]) => new PyList(toArray(value)))],
  ['max', extremeOf('do_max', '>')],
  ['min', extremeOf('do_min', '<')],
  ['random', define('do_random', 'seq', ([value = null], rendering) => random(value, rendering.random))],
  ['reverse', define('do_reverse', 'value', ([value = null]) => reverse(value))],
  [
    'slice',
    define('sync_do_slice', 'value, slices, fill_with=', ([value = null, number = null, fill = null]) =>
      generator(slices(value, number, fill), 'sync_do_slice'),
    ),
  ],
  ['sort', sortFilter],
  [
    'sum',
    define('sync_do_sum', 'iterable, attribute=, start=', ([value = null, attribute = null, start = 0n]) =>
      sum(value, attribute, start),
    ),
  ],
  [
    'unique',
    define(
      'sync_do_unique',
      'value, case_sensitive=, attribute=',
      ([value = null, caseSensitive = false, attribute = null]) =>
        generator(unique(value, caseSensitive, attribute), 'sync_do_unique'),
    ),
  ],
];
