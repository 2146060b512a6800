import { allowText, defaultLimits, metered, nested } from '../core/budget.ts';
import { typeError, valueError } from '../core/errors.ts';
import { PyDict } from './dictionary.ts';
import { PyList, PyTuple, Undefined, type Value, integerOf, isInteger, isText, textOf, typeName } from './model.ts';
import { failUndefined } from './protocols.ts';
import { integerText, reprFloat } from './repr.ts';
import { compareTexts, ordered, pythonSort } from './compare.ts';

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
  return dumps(value, isText(value) ? undefined : indentText(indent)).replace(
    /[<>&']/g,
    (character) => htmlEscapes[character] ?? character,
  );
}

function indentText(indent: Value): string | undefined {
  if (indent === null) return undefined;
  if (isText(indent)) return textOf(indent);
  if (indent instanceof Undefined) failUndefined(indent);
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

/** JSON text that `json.loads` rejects. `offset` is in UTF-16 code units. */
export class JsonError extends Error {
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.name = 'JsonError';
    this.offset = offset;
  }
}

const blank = /[ \t\n\r]*/y;
const number = /(-?(?:0|[1-9]\d*))(\.\d+)?([eE][-+]?\d+)?/y;
// Python reads control characters only where the text is not strict; `loads` is strict.
const chunk = /[ !#-[\]-\uffff]*/y;
const names: readonly (readonly [string, Value])[] = [
  ['null', null],
  ['true', true],
  ['false', false],
  ['NaN', NaN],
  ['Infinity', Infinity],
  ['-Infinity', -Infinity],
];
const unescaped: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

/**
 * `json.loads(text)`: `3` is an int and `3.0` a float, integers have any size, and NaN and Infinity are accepted.
 * @throws {JsonError} @throws {BudgetError}
 */
export function parseJson(text: string): Value {
  return metered(defaultLimits, () => {
    const reader = new Reader(text);
    const value = reader.value();
    reader.end();
    return value;
  });
}

/** Nesting beyond which Python's parser gives up too. */
const maxDepth = 900;

class Reader {
  readonly #text: string;
  #offset = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  end(): void {
    this.#skip();
    if (this.#offset < this.#text.length) throw this.#error('Extra data');
  }

  value(): Value {
    this.#skip();
    const first = this.#text.charAt(this.#offset);
    if (first === '"') return this.#string();
    if (first === '{') return this.#nested(() => this.#object());
    if (first === '[') return this.#nested(() => this.#array());
    for (const [name, value] of names) {
      if (this.#text.startsWith(name, this.#offset)) {
        this.#offset += name.length;
        return value;
      }
    }
    return this.#number();
  }

  #nested<T>(read: () => T): T {
    if (++this.#depth > maxDepth) throw this.#error('Nested too deeply');
    const value = read();
    this.#depth -= 1;
    return value;
  }

  #object(): PyDict {
    const dict = new PyDict();
    this.#offset += 1;
    if (this.#take('}')) return dict;
    do {
      this.#skip();
      if (this.#text.charAt(this.#offset) !== '"') {
        throw this.#error('Expecting property name enclosed in double quotes');
      }
      const key = this.#string();
      if (!this.#take(':')) throw this.#error("Expecting ':' delimiter");
      dict.set(key, this.value());
    } while (this.#take(','));
    if (!this.#take('}')) throw this.#error("Expecting ',' delimiter");
    return dict;
  }

  #array(): PyList {
    const items: Value[] = [];
    this.#offset += 1;
    if (this.#take(']')) return new PyList(items);
    do items.push(this.value());
    while (this.#take(','));
    if (!this.#take(']')) throw this.#error("Expecting ',' delimiter");
    return new PyList(items);
  }

  #number(): Value {
    const match = this.#match(number);
    if (match === null) throw this.#error('Expecting value');
    const [whole, integer = '', fraction, exponent] = match;
    return fraction === undefined && exponent === undefined ? BigInt(integer) : Number(whole);
  }

  #string(): string {
    const start = this.#offset;
    let result = '';
    this.#offset += 1;
    for (;;) {
      result += this.#match(chunk)?.[0] ?? '';
      const next = this.#text.charAt(this.#offset);
      this.#offset += 1;
      if (next === '"') return result;
      if (next === '') throw new JsonError('Unterminated string', start);
      if (next !== '\\') throw this.#error('Invalid control character', -1);
      result += this.#escape();
    }
  }

  #escape(): string {
    const character = this.#text.charAt(this.#offset);
    this.#offset += 1;
    const known = unescaped[character];
    if (known !== undefined) return known;
    const hex = this.#text.slice(this.#offset, this.#offset + 4);
    if (character !== 'u' || !/^[\da-fA-F]{4}$/.test(hex)) throw this.#error('Invalid \\escape', -2);
    this.#offset += 4;
    return String.fromCharCode(Number.parseInt(hex, 16));
  }

  #take(character: string): boolean {
    this.#skip();
    if (this.#text.charAt(this.#offset) !== character) return false;
    this.#offset += 1;
    return true;
  }

  #skip(): void {
    this.#match(blank);
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#offset;
    const match = pattern.exec(this.#text);
    if (match !== null) this.#offset = pattern.lastIndex;
    return match;
  }

  #error(message: string, shift = 0): JsonError {
    return new JsonError(message, this.#offset + shift);
  }
}
