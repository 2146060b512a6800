import { allowItems, spend } from '../core/budget.ts';
import { TemplateError, typeError } from '../core/errors.ts';
import {
  isCustom,
  Markup,
  PyBytes,
  PyCallable,
  PyComplex,
  PyIterator,
  PyObject,
  PyRange,
  PyTuple,
  Undefined,
  typeName,
  type Value,
} from './model.ts';

/** A key under which equal Python values meet: 1, 1.0 and True share one. */
type HashKey = null | bigint | number | string | PyObject;

/** Prefix of keys that represent structures, so that no plain string is mistaken for one. */
const mark = '\u0000';

/**
 * The key of a value in a dictionary or set.
 * @throws {TemplateError} TypeError for unhashable values, UndefinedError
 */
function hashKey(value: Value): HashKey {
  switch (typeof value) {
    case 'string':
      return value.startsWith(mark) ? mark + value : value;
    case 'boolean':
      return value ? 1 : 0;
    case 'bigint':
      return -9007199254740991n <= value && value <= 9007199254740991n ? Number(value) : value;
    case 'number':
      return Number.isInteger(value) && !Number.isSafeInteger(value) ? BigInt(value) : value === 0 ? 0 : value;
    default:
      return value === null ? null : objectKey(value);
  }
}

function objectKey(value: PyObject): HashKey {
  if (value instanceof Markup) return hashKey(value.text);
  if (value instanceof PyTuple) return `${mark}(${value.items.map(keyText).join(mark)})`;
  if (value instanceof PyBytes) return `${mark}b${value.bytes.join()}`;
  if (value instanceof PyComplex)
    return value.imaginary === 0 ? hashKey(value.real) : `${mark}c${value.real},${value.imaginary}`;
  if (value instanceof PyRange) return `${mark}r${rangeKey(value)}`;
  if (value instanceof Undefined) {
    if (value.strict) throw new TemplateError('UndefinedError', value.message);
    return `${mark}u`;
  }
  if (value instanceof PyCallable || value instanceof PyIterator || isCustom(value)) return value;
  throw typeError(`unhashable type: '${typeName(value)}'`);
}

/** @throws {TemplateError} TypeError for unhashable values, UndefinedError: a look-up by such a value fails */
export function checkHashable(value: Value): void {
  hashKey(value);
}

function rangeKey({ length, start, step }: PyRange): string {
  if (length === 0n) return '';
  return length === 1n ? `1,${start}` : `${length},${start},${step}`;
}

const objectNumbers = new WeakMap<PyObject, number>();
let lastNumber = 0;

/** The key of an item of a tuple, as text: items of equal text are equal. */
function keyText(value: Value): string {
  const key = hashKey(value);
  if (typeof key === 'string') return `s${key.length}:${key}`;
  if (key === null) return 'n';
  if (!(key instanceof PyObject)) return String(key);
  const number = objectNumbers.get(key) ?? ++lastNumber;
  objectNumbers.set(key, number);
  return `o${number}`;
}

/** `dict`: keeps the order of insertion. */
export class PyDict extends PyObject {
  #entries = new Map<HashKey, readonly [Value, Value]>();

  static of(entries: Iterable<readonly [Value, Value]>): PyDict {
    const dict = new PyDict();
    for (const [key, value] of entries) dict.set(key, value);
    return dict;
  }

  get typeName(): string {
    return 'dict';
  }

  get size(): number {
    return this.#entries.size;
  }

  get(key: Value): Value | undefined {
    return this.#entries.get(hashKey(key))?.[1];
  }

  has(key: Value): boolean {
    return this.#entries.has(hashKey(key));
  }

  set(key: Value, value: Value): void {
    const hash = hashKey(key);
    // The first of equal keys stays, as in Python.
    const old = this.#entries.get(hash);
    if (old === undefined) allowItems(this.size + 1, 1);
    this.#entries.set(hash, [old === undefined ? key : old[0], value]);
  }

  delete(key: Value): boolean {
    return this.#entries.delete(hashKey(key));
  }

  clear(): void {
    this.#entries.clear();
  }

  entries(): IterableIterator<readonly [Value, Value]> {
    return this.#entries.values();
  }

  *keys(): Generator<Value> {
    for (const [key] of this.#entries.values()) yield key;
  }

  *values(): Generator<Value> {
    for (const [, value] of this.#entries.values()) yield value;
  }

  copy(): PyDict {
    spend(this.size);
    return PyDict.of(this.entries());
  }
}

/** `set`, which a template gets from the difference of two views of dictionaries. */
export class PySet extends PyObject {
  readonly members = new PyDict();

  static of(values: Iterable<Value>): PySet {
    const set = new PySet();
    for (const value of values) set.members.set(value, null);
    return set;
  }

  get typeName(): string {
    return 'set';
  }
}

type ViewKind = 'keys' | 'values' | 'items';

/** What `keys()`, `values()` and `items()` of a dictionary return: it follows later changes. */
export class DictView extends PyObject {
  readonly dict: PyDict;
  readonly kind: ViewKind;

  constructor(dict: PyDict, kind: ViewKind) {
    super();
    this.dict = dict;
    this.kind = kind;
  }

  get typeName(): string {
    return `dict_${this.kind}`;
  }

  *[Symbol.iterator](): Generator<Value> {
    for (const [key, value] of this.dict.entries()) {
      yield this.kind === 'keys' ? key : this.kind === 'values' ? value : new PyTuple([key, value]);
    }
  }
}
