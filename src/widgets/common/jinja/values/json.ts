import { allowText, defaultLimits, metered, nested } from '../core/budget.ts';
import { typeError, valueError } from '../core/errors.ts';
import { compareTexts, ordered } from './compare.ts';
import { PyDict } from './dictionary.ts';
import { reprFloat } from './floats.ts';
import { integerOf, isInteger, isText, PyList, PyTuple, textOf, typeName, Undefined, type Value } from './model.ts';
import { integerText } from './repr.ts';
import { pythonSort } from './sort.ts';

const escapes: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\f': '\\f',
  '\b': '\\b',
};

/** A JSON string in ASCII, as `json.dumps` writes it. */
function jsonText(text: string): string {
  allowText(text.length);
  const body = text.replace(/["\\]|[^ -~]/g, (unit) => {
    return escapes[unit] ?? `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
  return `"${body}"`;
}

function jsonFloat(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  return value === Infinity ? 'Infinity' : value === -Infinity ? '-Infinity' : reprFloat(value);
}

function scalar(value: Value): string | undefined {
  if (isText(value)) return jsonText(textOf(value));
  if (value === null) return 'null';
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (typeof value === 'bigint') return integerText(value);
  return typeof value === 'number' ? jsonFloat(value) : undefined;
}

function keyText(key: Value): string {
  if (isText(key)) return jsonText(textOf(key));
  const text = scalar(key);
  if (text === undefined) {
    throw typeError(`keys must be str, int, float, bool or None, not ${typeName(key)}`);
  }
  return `"${text}"`;
}

/** How containers are laid out. `indent` is `undefined` for one line. */
interface Layout {
  readonly indent: string | undefined;
  readonly open: Set<Value>;
}

/**
 * `json.dumps(value, sort_keys=True)`.
 * @param indent the text of one level of indentation
 * @throws {TemplateError} TypeError for values without a JSON form, ValueError for circular ones
 */
function dumps(value: Value, indent?: string): string {
  return encode(value, { indent, open: new Set() }, '\n');
}

function encode(value: Value, layout: Layout, newline: string): string {
  const text = scalar(value);
  if (text !== undefined) return text;
  if (!(value instanceof PyList || value instanceof PyTuple || value instanceof PyDict)) {
    const error = typeError(`Object of type ${typeName(value)} is not JSON serializable`);
    if (value instanceof Undefined) error.undefinedMessage = value.message;
    throw error;
  }
  if (layout.open.has(value)) throw valueError('Circular reference detected');
  layout.open.add(value);
  const inner = layout.indent === undefined ? newline : newline + layout.indent;
  const dict = value instanceof PyDict;
  const parts = nested(() =>
    dict
      ? sortedEntries(value).map(([key, item]) => `${keyText(key)}: ${encode(item, layout, inner)}`)
      : value.items.map((item) => encode(item, layout, inner)),
  );
  layout.open.delete(value);
  const [open, close] = dict ? ['{', '}'] : ['[', ']'];
  if (parts.length === 0) return open + close;
  const body = layout.indent === undefined ? parts.join(', ') : inner + parts.join(`,${inner}`) + newline;
  allowText(body.length);
  return open + body + close;
}

function sortedEntries(dict: PyDict): (readonly [Value, Value])[] {
  const entries = Array.from(dict.entries());
  if (entries.every(([key]) => typeof key === 'string')) {
    return entries.sort(([a], [b]) => compareTexts(a as string, b as string));
  }
  return pythonSort(entries, ([a], [b]) => ordered(a, b, '<'));
}

const htmlEscapes: Readonly<Record<string, string>> = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': '\\u0026',
  "'": '\\u0027',
};

/** What the filter `tojson` gives: JSON that is safe within HTML. */
export function htmlSafeDumps(value: Value, indent: Value): string {
  return dumps(value, indentText(indent)).replace(/[<>&']/g, (character) => htmlEscapes[character] ?? character);
}

function indentText(indent: Value): string | undefined {
  if (indent === null) return undefined;
  if (isText(indent)) return textOf(indent);
  if (!isInteger(indent)) {
    throw typeError(`can't multiply sequence by non-int of type '${typeName(indent)}'`);
  }
  const width = Number(integerOf(indent));
  allowText(Math.max(0, width));
  return ' '.repeat(Math.max(0, width));
}

/**
 * The Python value of parsed JSON. Numbers without a fraction become `int`, because JavaScript does not keep whether the
 * text had one; use `parseJson` where the text is known.
 * @throws {BudgetError} @throws {TemplateError} RecursionError
 */
export function fromJson(value: unknown): Value {
  return metered(defaultLimits, () => converted(value));
}

function converted(value: unknown): Value {
  switch (typeof value) {
    case 'string':
    case 'boolean':
    case 'bigint':
      return value;
    case 'number':
      return Number.isSafeInteger(value) && !Object.is(value, -0) ? BigInt(value) : value;
    case 'object':
      if (value === null) return null;
      if (Array.isArray(value)) return new PyList(value.map(converted));
      return PyDict.of(
        Object.entries(value)
          .filter(([, item]) => item !== undefined)
          .map(([key, item]) => [key, converted(item)] as const),
      );
    default:
      throw new TypeError(`A value of type ${typeof value} has no JSON form.`);
  }
}
