import { TemplateError, valueError } from '../core/errors.ts';
import { formatText, formatValue } from '../format/formatSpec.ts';
import {
  type Keywords,
  Markup,
  PyBytes,
  PyFunction,
  PyList,
  PyObject,
  PyRange,
  Undefined,
  type Value,
  escapeText,
  isText,
  textOf,
  typeName,
} from '../values/model.ts';
import { percentFormat } from '../format/percentFormat.ts';
import { arithmetic } from '../values/arithmetic.ts';
import { PyDict } from '../values/dictionary.ts';
import { keyError, repr } from '../values/repr.ts';
import { escape } from './markupMethods.ts';
import { item } from './items.ts';
import { bind, signature } from './signature.ts';

type Attribute = (value: Value, name: string) => Value | undefined;

const mapSignature = signature('str.format_map', '/mapping');

/** `format` or `format_map` of a text, bound to it. @param attribute Python's `getattr` */
export function formatMethod(self: string | Markup, name: 'format' | 'format_map', attribute: Attribute): PyFunction {
  const safe = self instanceof Markup;
  const run = (args: readonly Value[], keywords: Keywords): Value => {
    const mapping = name === 'format_map' ? bind(mapSignature, args, keywords)[0] : undefined;
    const text = formatText(textOf(self), {
      args: mapping === undefined ? args : [],
      named: (key) => (mapping === undefined ? keyword(keywords, key) : item(mapping, key)),
      attribute: (value, wanted) => attributeOf(value, wanted, attribute),
      item,
      format: safe ? formatEscaped : formatValue,
      onlyNamed: mapping !== undefined,
    });
    return safe ? new Markup(text) : text;
  };
  return new PyFunction(name, run, safe ? 'method' : undefined, self);
}

function keyword(keywords: Keywords, key: string): Value {
  const value = keywords.get(key);
  if (value === undefined) throw keyError(key);
  return value;
}

function attributeOf(value: Value, name: string, attribute: Attribute): Value {
  const found = attribute(value, name);
  if (found !== undefined) return found;
  throw new TemplateError('AttributeError', `'${typeName(value)}' object has no attribute '${name}'`);
}

function formatEscaped(value: Value, spec: string): string {
  if (!(value instanceof Markup)) return escapeText(formatValue(value, spec));
  if (spec !== '') throw valueError('Unsupported format specification for Markup.');
  return value.text;
}

/** Whether `text % value` takes the value for a mapping: it has `__getitem__` and is no tuple or str. */
function isMapping(value: Value): boolean {
  return (
    value instanceof PyDict ||
    value instanceof PyList ||
    value instanceof PyRange ||
    value instanceof PyBytes ||
    value instanceof Undefined ||
    (value instanceof PyObject && 'item' in value)
  );
}

/** `text % value`. */
export function percent(text: string | Markup, value: Value): Value {
  const mapping = isMapping(value);
  if (typeof text === 'string') return percentFormat(text, value, mapping, item);
  const shown = (each: Value) => escape(each).text;
  return new Markup(percentFormat(text.text, value, mapping, item, shown, (each) => escapeText(repr(each))));
}

/** `a % b`. */
export function modulo(a: Value, b: Value): Value {
  return isText(a) ? percent(a, b) : arithmetic('%', a, b);
}
