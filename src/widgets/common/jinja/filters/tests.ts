import { isKind } from '../core/errors.ts';
import { isCallable } from '../runtime/signature.ts';
import { modulo } from '../runtime/format.ts';
import { type OrderOperator, contains, equals, ordered, same } from '../values/compare.ts';
import { DictView, PyDict, PySet } from '../values/dictionary.ts';
import { Markup, PyComplex, PyObject, Undefined, type Value, isInteger, isText, textOf } from '../values/model.ts';
import { iterate, length } from '../values/protocols.ts';
import { str } from '../values/repr.ts';
import { type TemplateFunction, define } from './define.ts';
import { filterNames } from './filterNames.ts';
import { callMethod } from './textFilters.ts';

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
  new PyDict().has(value);
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
