import { bind, signature, type Bound, type Signature } from './signature.ts';
import { PyFunction, type Value } from '../values/model.ts';

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
