import { isKind } from '../core/errors.ts';
import { isText, PyObject, textOf, typeName, Undefined, type Value } from '../values/model.ts';
import { repr } from '../values/repr.ts';
import { attribute } from './attributes.ts';
import { item } from './items.ts';

function objectName(value: Value): string {
  if (value === null) return 'None';
  return `${value instanceof PyObject ? value.qualifiedName : typeName(value)} object`;
}

/** What a look-up that finds nothing gives. */
export function missing(value: Value, name: Value): Undefined {
  const type = objectName(value);
  return new Undefined(
    isText(name) ? `'${type}' has no attribute ${repr(name)}` : `${type} has no element ${repr(name)}`,
  );
}

/** `value[key]`, `undefined` where Python reports that there is none. */
function itemOrNone(value: Value, key: Value): Value | undefined {
  try {
    return item(value, key);
  } catch (error) {
    if (isKind(error, 'TypeError', 'KeyError', 'IndexError', 'LookupError', 'AttributeError')) return undefined;
    throw error;
  }
}

/** `value.name` in a template: attributes take precedence over items. */
export function getAttribute(value: Value, name: string): Value {
  const own = attribute(value, name);
  if (own !== undefined) return own;
  const found = itemOrNone(value, name);
  return found === undefined ? missing(value, name) : found;
}

/** `value[key]` in a template: items take precedence over attributes. */
export function getItem(value: Value, key: Value): Value {
  const found = itemOrNone(value, key);
  if (found !== undefined) return found;
  const own = isText(key) ? attribute(value, textOf(key)) : undefined;
  return own === undefined ? missing(value, key) : own;
}
