import { getItem } from '../runtime/lookup.ts';
import { textTests } from '../text/unicode.ts';
import { isText, Markup, PyList, textOf, Undefined, type Value } from '../values/model.ts';
import { toInteger } from '../values/integers.ts';

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
