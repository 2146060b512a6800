import { getItem } from '../runtime/attributes.ts';
import { textTests } from '../text/unicode.ts';
import {
  type Keywords,
  Markup,
  PyComplex,
  PyList,
  PyObject,
  Undefined,
  type Value,
  isInteger,
  isText,
  textOf,
} from '../values/model.ts';
import { toInteger } from '../values/integers.ts';
import { TemplateError, isKind } from '../core/errors.ts';
import type { Rendering } from '../runtime/context.ts';
import { generator } from '../runtime/loop.ts';
import { each, iterate, length, truth } from '../values/protocols.ts';
import { repr, str } from '../values/repr.ts';
import { type TemplateFunction, define, isCallable } from '../runtime/signature.ts';
import { modulo } from '../runtime/formatMethods.ts';
import { type OrderOperator, contains, equals, ordered, same } from '../values/compare.ts';
import { DictView, PyDict, PySet, checkHashable } from '../values/dictionary.ts';
import { filterNames } from './filterNames.ts';
import { callMethod } from './textFilters.ts';

type Getter = (item: Value) => Value;

function parts(attribute: Value): readonly Value[] {
  if (attribute === null) return [];
  if (!isText(attribute)) return [attribute];
  return textOf(attribute)
    .split('.')
    .map((part) => (textTests.isdigit.test(part) ? toInteger(part) : part));
}

/** Strings in lower case, other values as they are. */
export function ignoreCase(value: Value): Value {
  if (typeof value === 'string') return value.toLowerCase();
  return value instanceof Markup ? new Markup(value.text.toLowerCase()) : value;
}

const unchanged: Getter = (item) => item;

/**
 * A function that looks up an attribute such as `address.city` or `0`.
 * @param otherwise takes the place of a missing attribute; null for none
 */
export function attributeGetter(attribute: Value, ignoresCase = false, otherwise: Value = null): Getter {
  const path = parts(attribute);
  const finish = ignoresCase ? ignoreCase : unchanged;
  return (item) => {
    let value = item;
    for (const part of path) {
      value = getItem(value, part);
      if (otherwise !== null && value instanceof Undefined) value = otherwise;
    }
    return finish(value);
  };
}

/** A function that looks up several attributes with commas between them; the result is a list. */
export function multiAttributeGetter(attribute: Value, ignoresCase: boolean): Getter {
  const names: readonly Value[] = isText(attribute) ? textOf(attribute).split(',') : [attribute];
  const getters = names.map((name) => attributeGetter(name, ignoresCase));
  return (item) => new PyList(getters.map((get) => get(item)));
}

type Table = ReadonlyMap<string, TemplateFunction>;

/** A filter or test whose name is a value. */
function named(table: Table, type: 'filter' | 'test', name: Value): TemplateFunction {
  const found = isText(name) ? table.get(textOf(name)) : undefined;
  if (found !== undefined) return found;
  if (name instanceof Undefined && name.strict) throw new TemplateError('UndefinedError', name.message);
  if (!isText(name)) checkHashable(name);
  throw new TemplateError('TemplateRuntimeError', `No ${type} named ${repr(name)}.`);
}

function argumentError(message: string): TemplateError {
  return new TemplateError('FilterArgumentError', message);
}

function mapper(
  rendering: Rendering,
  table: Table,
  args: readonly Value[],
  keywords: Keywords,
): (item: Value) => Value {
  const attribute = keywords.get('attribute');
  if (args.length === 0 && attribute !== undefined) {
    for (const key of keywords.keys()) {
      if (key !== 'attribute' && key !== 'default') throw argumentError(`Unexpected keyword argument ${repr(key)}`);
    }
    return attributeGetter(attribute, false, keywords.get('default') ?? null);
  }
  const [name, ...rest] = args;
  if (name === undefined) throw argumentError('map requires a filter argument');
  return (item) => named(table, 'filter', name)(rendering, [item, ...rest], keywords);
}

function* map(rendering: Rendering, table: Table, args: readonly Value[], keywords: Keywords): Generator<Value> {
  const [value = null, ...rest] = args;
  if (!truth(value)) return;
  const apply = mapper(rendering, table, rest, keywords);
  for (const item of each(value)) yield apply(item);
}

interface Selection {
  readonly byAttribute: boolean;
  /** Whether the result contains the items that pass the test, or the others. */
  readonly keep: boolean;
}

function* select(
  rendering: Rendering,
  table: Table,
  args: readonly Value[],
  keywords: Keywords,
  { byAttribute, keep }: Selection,
): Generator<Value> {
  const [value = null, ...rest] = args;
  if (!truth(value)) return;
  const [attribute] = rest;
  if (byAttribute && attribute === undefined) throw argumentError('Missing parameter for attribute name');
  const get = byAttribute && attribute !== undefined ? attributeGetter(attribute) : (item: Value) => item;
  const [name, ...parameters] = byAttribute ? rest.slice(1) : rest;
  const passes = (item: Value): boolean =>
    truth(name === undefined ? item : named(table, 'test', name)(rendering, [item, ...parameters], keywords));
  for (const item of each(value)) if (passes(get(item)) === keep) yield item;
}

const selections: readonly (readonly [string, Selection])[] = [
  ['select', { byAttribute: false, keep: true }],
  ['reject', { byAttribute: false, keep: false }],
  ['selectattr', { byAttribute: true, keep: true }],
  ['rejectattr', { byAttribute: true, keep: false }],
];

/** Filters that apply another filter or a test to each item, by name. */
export function selectFilters(filters: Table, tests: Table): readonly (readonly [string, TemplateFunction])[] {
  return [
    ['map', (rendering, args, keywords) => generator(map(rendering, filters, args, keywords), 'sync_do_map')],
    ...selections.map(([name, selection]): readonly [string, TemplateFunction] => [
      name,
      (rendering, args, keywords) => generator(select(rendering, tests, args, keywords, selection), 'select_or_reject'),
    ]),
  ];
}

function isIterable(value: Value): boolean {
  try {
    iterate(value);
    return true;
  } catch (error) {
    if (isKind(error, 'TypeError')) return false;
    throw error;
  }
}

/** Has a length and items. */
function isSequence(value: Value): boolean {
  try {
    length(value);
  } catch {
    return false;
  }
  if (value instanceof PySet || value instanceof DictView) return false;
  return !(value instanceof PyObject && 'size' in value && 'advance' in value);
}

const test = (name: string, check: (value: Value) => boolean): TemplateFunction =>
  define(`test_${name}`, 'value', ([value = null]) => check(value));

const operator = (name: string, check: (a: Value, b: Value) => boolean): TemplateFunction =>
  define(name, '/a, b', ([a = null, b = null]) => check(a, b));

const order = (name: string, sign: OrderOperator) => operator(name, (a, b) => ordered(a, b, sign));
const eq = operator('eq', equals);
const ne = operator('ne', (a, b) => !equals(a, b));
const [gt, ge, lt, le] = [order('gt', '>'), order('ge', '>='), order('lt', '<'), order('le', '<=')];

/** Whether something is the name of a filter or test; like a look-up in a dictionary, it needs a hashable value. */
function isName(value: Value, names: (name: string) => boolean): boolean {
  if (isText(value)) return names(textOf(value));
  checkHashable(value);
  return false;
}

const entries: readonly (readonly [string, TemplateFunction])[] = [
  ['odd', test('odd', (value) => equals(modulo(value, 2n), 1n))],
  ['even', test('even', (value) => equals(modulo(value, 2n), 0n))],
  [
    'divisibleby',
    define('test_divisibleby', 'value, num', ([value = null, num = null]) => equals(modulo(value, num), 0n)),
  ],
  ['defined', test('defined', (value) => !(value instanceof Undefined))],
  ['undefined', test('undefined', (value) => value instanceof Undefined)],
  ['filter', test('filter', (value) => isName(value, (name) => filterNames.has(name)))],
  ['test', test('test', (value) => isName(value, (name) => tests.has(name)))],
  ['none', test('none', (value) => value === null)],
  ['boolean', test('boolean', (value) => typeof value === 'boolean')],
  ['false', test('false', (value) => value === false)],
  ['true', test('true', (value) => value === true)],
  ['integer', test('integer', (value) => typeof value === 'bigint')],
  ['float', test('float', (value) => typeof value === 'number')],
  ['lower', test('lower', (value) => callMethod(str(value), 'islower') === true)],
  ['upper', test('upper', (value) => callMethod(str(value), 'isupper') === true)],
  ['string', test('string', (value) => typeof value === 'string' || value instanceof Markup)],
  ['mapping', test('mapping', (value) => value instanceof PyDict)],
  ['number', test('number', (value) => isInteger(value) || typeof value === 'number' || value instanceof PyComplex)],
  ['sequence', test('sequence', isSequence)],
  ['iterable', test('iterable', isIterable)],
  ['callable', define('callable', '/obj', ([value = null]) => isCallable(value))],
  ['sameas', define('test_sameas', 'value, other', ([value = null, other = null]) => same(value, other))],
  ['escaped', test('escaped', (value) => value instanceof Markup)],
  ['in', define('test_in', 'value, seq', ([value = null, seq = null]) => contains(seq, value))],
  ['==', eq],
  ['eq', eq],
  ['equalto', eq],
  ['!=', ne],
  ['ne', ne],
  ['>', gt],
  ['gt', gt],
  ['greaterthan', gt],
  ['ge', ge],
  ['>=', ge],
  ['<', lt],
  ['lt', lt],
  ['lessthan', lt],
  ['<=', le],
  ['le', le],
];

/** Tests by name. */
export const tests: ReadonlyMap<string, TemplateFunction> = new Map(entries);
