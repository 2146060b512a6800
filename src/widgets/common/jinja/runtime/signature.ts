import {
  type Keywords,
  PyCallable,
  PyFunction,
  Undefined,
  type Value,
  isText,
  noKeywords,
  textOf,
  typeName,
} from '../values/model.ts';
import { type TemplateError, typeError } from '../core/errors.ts';
import { failUndefined, indexArgument } from '../values/protocols.ts';
import type { Rendering } from './context.ts';

/** Arguments in the order of the parameters; `undefined` where an optional one was not given. */
export type Bound = readonly (Value | undefined)[];

interface Parameter {
  readonly name: string;
  readonly optional: boolean;
}

/** The parameters of a function of Python. */
export interface Signature {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  /** Functions that are written in C accept some parameters by position only. */
  readonly positionalOnly: boolean;
  /** How many parameters have to be given. */
  readonly required: number;
}

/**
 * Describes parameters: `'text, width='` has an optional second one.
 * @param text a leading `/` means that no argument can be given by name
 */
export function signature(name: string, text: string): Signature {
  const positionalOnly = text.startsWith('/');
  const parameters = (positionalOnly ? text.slice(1) : text)
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => ({ name: part.replace('=', ''), optional: part.endsWith('=') }));
  const required = parameters.filter(({ optional }) => !optional).length;
  return { name, parameters, positionalOnly, required };
}

const quoted = (names: readonly string[]): string => {
  const shown = names.map((name) => `'${name}'`);
  const last = shown.pop() ?? '';
  if (shown.length === 0) return last;
  return shown.length === 1 ? `${shown[0]} and ${last}` : `${shown.join(', ')}, and ${last}`;
};

const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** The error of a function in C; only some of its messages name the type. */
function wrongCount({ name, parameters, required }: Signature, given: number): TemplateError {
  const max = parameters.length;
  const short = name.slice(name.lastIndexOf('.') + 1);
  if (max === 0) return typeError(`${name}() takes no arguments (${given} given)`);
  if (required === max && max === 1) return typeError(`${name}() takes exactly one argument (${given} given)`);
  const [bound, count] = given > max ? ['at most ', max] : ['at least ', required];
  return typeError(`${short} expected ${required === max ? '' : bound}${plural(count, 'argument')}, got ${given}`);
}

function tooMany(of: Signature, given: number): TemplateError {
  const { name, parameters, positionalOnly, required: min } = of;
  if (positionalOnly) return wrongCount(of, given);
  const max = parameters.length;
  const takes =
    min === max ? plural(max, 'positional argument') : `from ${min} to ${plural(max, 'positional argument')}`;
  return typeError(`${name}() takes ${takes} but ${given} ${given === 1 ? 'was' : 'were'} given`);
}

function missing(of: Signature, names: readonly string[], given: number): TemplateError {
  if (of.positionalOnly) return wrongCount(of, given);
  return typeError(`${of.name}() missing ${plural(names.length, 'required positional argument')}: ${quoted(names)}`);
}

/** Binds a call's arguments to parameters. @throws {TemplateError} TypeError as Python does */
export function bind(of: Signature, args: readonly Value[], keywords: Keywords): Bound {
  const { name, parameters, positionalOnly, required } = of;
  if (keywords.size === 0 && args.length >= required && args.length <= parameters.length) return args;
  if (positionalOnly && keywords.size > 0) throw typeError(`${name}() takes no keyword arguments`);
  if (args.length > parameters.length) throw tooMany(of, args.length);
  const bound: (Value | undefined)[] = parameters.map((_, index) => args[index]);
  for (const [key, value] of keywords) {
    const index = parameters.findIndex((parameter) => parameter.name === key);
    if (index === -1) throw typeError(`${name}() got an unexpected keyword argument '${key}'`);
    if (index < args.length) throw typeError(`${name}() got multiple values for argument '${key}'`);
    bound[index] = value;
  }
  const absent = parameters.filter(({ optional }, index) => !optional && bound[index] === undefined);
  if (absent.length > 0) {
    throw missing(
      of,
      absent.map((parameter) => parameter.name),
      args.length,
    );
  }
  return bound;
}

/** An argument that must be a str. @throws {TemplateError} TypeError with the text that `message` gives */
export function textArgument(value: Value | undefined, message: (type: string) => string): string {
  if (value !== undefined && isText(value)) return textOf(value);
  throw typeError(message(typeName(value ?? null)));
}

/** An optional count or index. */
export function optionalIndex(value: Value | undefined, otherwise: number): number {
  return value === undefined ? otherwise : indexArgument(value);
}

/** The bounds of `find`, `index` and `count`: None is the same as no bound, and negative bounds count from the end. */
export function searchBounds(
  start: Value | undefined,
  end: Value | undefined,
  length: number,
): { readonly from: number; readonly to: number } {
  const bound = (value: Value | undefined, otherwise: number): number => {
    if (value === undefined || value === null) return otherwise;
    if (typeof value !== 'bigint' && typeof value !== 'boolean') {
      throw typeError('slice indices must be integers or None or have an __index__ method');
    }
    const index = Number(value);
    return index < 0 ? Math.max(0, index + length) : index;
  };
  return { from: bound(start, 0), to: Math.min(length, bound(end, length)) };
}

/** A method of a built-in type. */
export interface Method<T> {
  readonly signature: Signature;
  readonly run: (self: T, args: Bound) => Value;
}

export type Methods<T> = Readonly<Record<string, Method<T>>>;

/** @param parameters as for `signature`; without named arguments unless a `*` is in front */
export function method<T>(name: string, parameters: string, run: (self: T, args: Bound) => Value): Method<T> {
  const named = parameters.startsWith('*');
  return { signature: signature(name, named ? parameters.slice(1) : `/${parameters}`), run };
}

/** Describes the methods of a type by name: `[parameters, run]`. */
export function methods<T>(
  type: string,
  table: Readonly<Record<string, readonly [string, (self: T, args: Bound) => Value]>>,
): Methods<T> {
  return Object.fromEntries(
    Object.entries(table).map(([name, [parameters, run]]) => [name, method(`${type}.${name}`, parameters, run)]),
  );
}

/** The method as a value: bound to its object. */
export function boundMethod<T extends Value>(self: T, { signature: of, run }: Method<T>, python = false): PyFunction {
  return new PyFunction(
    of.name.slice(of.name.lastIndexOf('.') + 1),
    (args, keywords) => run(self, bind(of, args, keywords)),
    python ? 'method' : 'builtin_function_or_method',
    self,
  );
}

/** The method of that name, if the table has it itself. */
export function findMethod<T>(table: Methods<T>, name: string): Method<T> | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

/** `callable(value)`. */
export function isCallable(value: Value): boolean {
  return value instanceof PyCallable || value instanceof Undefined;
}

/** `value(*args, **keywords)`. @throws {TemplateError} TypeError, UndefinedError, and what the function raises */
export function call(value: Value, args: readonly Value[], keywords: Keywords = noKeywords): Value {
  if (value instanceof PyCallable) return value.invoke(args, keywords);
  if (value instanceof Undefined) return failUndefined(value);
  throw typeError(`'${typeName(value)}' object is not callable`);
}

/** A filter or test: the filtered value is the first argument. */
export type TemplateFunction = (rendering: Rendering, args: readonly Value[], keywords: Keywords) => Value;

/**
 * Defines a filter or test.
 * @param name of the Python function, which messages show
 * @param parameters as for `signature`
 */
export function define(
  name: string,
  parameters: string,
  run: (args: Bound, rendering: Rendering) => Value,
): TemplateFunction {
  const of = signature(name, parameters);
  return (rendering, args, keywords) => run(bind(of, args, keywords), rendering);
}
