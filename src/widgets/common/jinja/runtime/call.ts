import { typeError } from '../core/errors.ts';
import { noKeywords, PyCallable, typeName, Undefined, type Keywords, type Value } from '../values/model.ts';
import { failUndefined } from '../values/protocols.ts';

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
