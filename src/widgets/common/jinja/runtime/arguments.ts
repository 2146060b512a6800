import { typeError } from '../core/errors.ts';
import { isText, textOf, typeName, Undefined, type Value } from '../values/model.ts';
import { failUndefined, indexArgument } from '../values/protocols.ts';

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
    if (value instanceof Undefined) failUndefined(value);
    if (typeof value !== 'bigint' && typeof value !== 'boolean') {
      throw typeError('slice indices must be integers or None or have an __index__ method');
    }
    const index = Number(value);
    return index < 0 ? Math.max(0, index + length) : index;
  };
  return { from: bound(start, 0), to: Math.min(length, bound(end, length)) };
}
