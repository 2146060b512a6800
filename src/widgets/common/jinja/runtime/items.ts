import { TemplateError, typeError } from '../core/errors.ts';
import { characters, isNarrow } from '../text/unicode.ts';
import { PyDict } from '../values/dictionary.ts';
import {
  Markup,
  PyBytes,
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
} from '../values/model.ts';
import { failUndefined } from '../values/protocols.ts';
import { keyError } from '../values/repr.ts';

/** Objects of the runtime with items: `self`. */
interface WithItems {
  item(key: Value): Value;
}

function outOfRange(kind: string): TemplateError {
  return new TemplateError('IndexError', `${kind} index out of range`);
}

function position(key: Value, length: number, value: Value, kind: string): number {
  if (!isInteger(key)) {
    if (isText(value)) throw typeError(`string indices must be integers, not '${typeName(key)}'`);
    const type = value instanceof PyBytes ? 'byte' : typeName(value);
    throw typeError(`${type} indices must be integers or slices, not ${typeName(key)}`);
  }
  const integer = integerOf(key);
  const index = integer < 0n ? integer + BigInt(length) : integer;
  if (index < 0n || index >= BigInt(length)) throw outOfRange(kind);
  return Number(index);
}

function characterAt(text: string, key: Value): string {
  if (isNarrow(text)) return text.charAt(position(key, text.length, text, 'string'));
  const all = characters(text);
  return all[position(key, all.length, text, 'string')] ?? '';
}

/** `value[key]`. @throws {TemplateError} TypeError, IndexError, KeyError, UndefinedError */
export function item(value: Value, key: Value): Value {
  if (value instanceof PyDict) {
    const found = value.get(key);
    if (found === undefined) throw keyError(key);
    return found;
  }
  if (value instanceof PyList || value instanceof PyTuple) {
    const kind = value instanceof PyList ? 'list' : 'tuple';
    return value.items[position(key, value.items.length, value, kind)] ?? null;
  }
  if (typeof value === 'string') return characterAt(value, key);
  if (value instanceof Markup) return new Markup(characterAt(textOf(value), key));
  if (value instanceof PyBytes) return BigInt(value.bytes[position(key, value.bytes.length, value, 'index')] ?? 0);
  if (value instanceof PyRange) return rangeItem(value, key);
  if (value instanceof Undefined) return failUndefined(value);
  if (value instanceof PyObject && 'item' in value) return (value as PyObject & WithItems).item(key);
  throw typeError(`'${typeName(value)}' object is not subscriptable`);
}

function rangeItem(range: PyRange, key: Value): Value {
  if (!isInteger(key)) throw typeError(`range indices must be integers or slices, not ${typeName(key)}`);
  const integer = integerOf(key);
  const index = integer < 0n ? integer + range.length : integer;
  if (index < 0n || index >= range.length) throw outOfRange('range object');
  return range.start + index * range.step;
}
