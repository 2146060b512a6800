import { typeError } from '../core/errors.ts';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  "'": '&#39;',
  '"': '&#34;',
};

/** Replaces the characters that HTML gives a meaning. */
export function escapeText(text: string): string {
  return text.replace(/[&<>'"]/g, (character) => entities[character] ?? character);
}

/** Returns the escaped text of a str, or the unchanged text of Markup. */
export function escapeMarkup(value: string | Markup): string {
  return value instanceof Markup ? value.text : escapeText(value);
}

/**
 * A Python value. `bigint` is `int`, `number` is `float`, `string` is `str` (the methods count code points), `null` is
 * `None`; everything else is an object of this module or of the runtime.
 */
export type Value = null | boolean | bigint | number | string | PyObject;

/** Keyword arguments in the order of the call. */
export type Keywords = ReadonlyMap<string, Value>;

/** A Python value without a JavaScript equivalent. */
export abstract class PyObject {
  /** Name of the Python type, as in messages. */
  abstract readonly typeName: string;
  /** Name of the type with its module, where that is not `builtins`. */
  get qualifiedName(): string {
    return this.typeName;
  }
}

/** A string that is safe to use in HTML: `markupsafe.Markup`. */
export class Markup extends PyObject {
  readonly text: string;

  constructor(text: string) {
    super();
    this.text = text;
  }

  get typeName(): string {
    return 'Markup';
  }

  override get qualifiedName(): string {
    return 'markupsafe.Markup';
  }
}

/** A Python `list`. */
export class PyList extends PyObject {
  items: Value[];

  constructor(items: Value[]) {
    super();
    this.items = items;
  }

  get typeName(): string {
    return 'list';
  }
}

/** A Python `tuple`, or a pair of `groupby` with named fields. */
export class PyTuple extends PyObject {
  readonly items: readonly Value[];
  /** Names of the fields, for the pairs that `groupby` makes. */
  readonly fields: readonly string[] | undefined;

  constructor(items: readonly Value[], fields?: readonly string[]) {
    super();
    this.items = items;
    this.fields = fields;
  }

  get typeName(): string {
    return this.fields === undefined ? 'tuple' : '_GroupTuple';
  }

  override get qualifiedName(): string {
    return this.fields === undefined ? 'tuple' : 'jinja2.filters._GroupTuple';
  }
}

/** A Python `bytes`. */
export class PyBytes extends PyObject {
  readonly bytes: readonly number[];

  constructor(bytes: readonly number[]) {
    super();
    this.bytes = bytes;
  }

  get typeName(): string {
    return 'bytes';
  }
}

/** A Python `complex`. */
export class PyComplex extends PyObject {
  readonly real: number;
  readonly imaginary: number;

  constructor(real: number, imaginary: number) {
    super();
    this.real = real;
    this.imaginary = imaginary;
  }

  get typeName(): string {
    return 'complex';
  }
}

/** A Python `range`; `length` is its number of elements. */
export class PyRange extends PyObject {
  readonly start: bigint;
  readonly stop: bigint;
  readonly step: bigint;
  readonly length: bigint;

  constructor(start: bigint, stop: bigint, step: bigint) {
    super();
    this.start = start;
    this.stop = stop;
    this.step = step;
    const distance = step > 0n ? stop - start : start - stop;
    const stride = step > 0n ? step : -step;
    this.length = distance > 0n ? (distance - 1n) / stride + 1n : 0n;
  }

  get typeName(): string {
    return 'range';
  }
}

/** A value that is missing. `StrictUndefined` fails at nearly every use; an inline `if` without `else` gives a lenient one. */
export class Undefined extends PyObject {
  readonly message: string;
  readonly strict: boolean;

  constructor(message: string, strict = true) {
    super();
    this.message = message;
    this.strict = strict;
  }

  get typeName(): string {
    return this.strict ? 'StrictUndefined' : 'Undefined';
  }

  override get qualifiedName(): string {
    return `jinja2.runtime.${this.typeName}`;
  }
}

/** A generator or another iterator: its items can be read once. */
export class PyIterator extends PyObject {
  readonly typeName: string;
  /** As in `repr`: the name of a generator's function. */
  readonly label: string;
  readonly source: Iterator<Value>;

  constructor(source: Iterator<Value>, typeName = 'generator', label = '') {
    super();
    this.source = source;
    this.typeName = typeName;
    this.label = label;
  }
}

/** Something that can be called: a function, a method, a type or a macro. */
export abstract class PyCallable extends PyObject {
  abstract invoke(args: readonly Value[], keywords: Keywords): Value;
}

/** A function of Python or one that is bound to its object. */
export class PyFunction extends PyCallable {
  readonly name: string;
  readonly typeName: string;
  readonly #run: (args: readonly Value[], keywords: Keywords) => Value;
  /** The object of a bound method, for `repr`. */
  readonly self: Value | undefined;

  constructor(
    name: string,
    run: (args: readonly Value[], keywords: Keywords) => Value,
    typeName = 'builtin_function_or_method',
    self?: Value,
  ) {
    super();
    this.name = name;
    this.#run = run;
    this.typeName = typeName;
    this.self = self;
  }

  invoke(args: readonly Value[], keywords: Keywords): Value {
    return this.#run(args, keywords);
  }
}

/** A class: `range`, `dict`, `namespace` … or what `__class__` gives. */
export class PyType extends PyCallable {
  readonly name: string;
  readonly module: string;
  readonly #make: ((args: readonly Value[], keywords: Keywords) => Value) | undefined;

  constructor(name: string, module: string, make?: (args: readonly Value[], keywords: Keywords) => Value) {
    super();
    this.name = name;
    this.module = module;
    this.#make = make;
  }

  get typeName(): string {
    return 'type';
  }

  invoke(args: readonly Value[], keywords: Keywords): Value {
    if (this.#make === undefined) throw typeError(`cannot create '${this.name}' instances`);
    return this.#make(args, keywords);
  }
}

/** An object of the template runtime that answers for itself. */
export interface Custom {
  /** The value of an attribute, `undefined` if there is none. */
  attribute(name: string): Value | undefined;
  /** What `repr()` gives. */
  describe(repr: (value: Value) => string): string;
}

/** Returns whether a value has attributes and a description of its own. */
export function isCustom(value: Value): value is PyObject & Custom {
  return value instanceof PyObject && 'attribute' in value && 'describe' in value;
}

export const noKeywords: Keywords = new Map();

/** Returns whether a value is a string, safe for HTML or not. */
export function isText(value: Value): value is string | Markup {
  return typeof value === 'string' || value instanceof Markup;
}

/** The characters of a string. */
export function textOf(value: string | Markup): string {
  return typeof value === 'string' ? value : value.text;
}

/** An `int`, or a `bool`, which is one. */
export function isInteger(value: Value): value is bigint | boolean {
  return typeof value === 'bigint' || typeof value === 'boolean';
}

/** The value of an `int` or `bool`. */
export function integerOf(value: bigint | boolean): bigint {
  return typeof value === 'bigint' ? value : value ? 1n : 0n;
}

/** Name of the value's Python type. */
export function typeName(value: Value): string {
  switch (typeof value) {
    case 'string':
      return 'str';
    case 'bigint':
      return 'int';
    case 'number':
      return 'float';
    case 'boolean':
      return 'bool';
    default:
      return value === null ? 'NoneType' : value.typeName;
  }
}
