import { defaultLimits, metered } from '../core/budget.ts';
import { PyDict } from './dictionary.ts';
import { PyList, type Value } from './model.ts';

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
const escapes: Readonly<Record<string, string>> = {
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
    const known = escapes[character];
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
