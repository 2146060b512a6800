import type { Json } from '../../../base/common/json.ts';

/** Indentation of one level, characters. */
const indent = 2;

/**
 * Returns about how many characters a value takes when it is printed with indentation, or Infinity when there are more than
 * `max`. Deep nesting makes the printed text grow with the square of the depth.
 */
export function printedSize(value: Json, max: number): number {
  let size = 0;
  // An explicit stack: values can be nested more deeply than calls.
  const waiting: { readonly value: Json; readonly depth: number }[] = [{ value, depth: 0 }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { value: current, depth } = next;
    size += depth * indent * 2 + (typeof current === 'string' ? current.length + 4 : 8);
    if (size > max) return Infinity;
    if (typeof current !== 'object' || current === null) continue;
    for (const [key, inner] of Object.entries(current)) {
      size += key.length;
      if (size + waiting.length > max) return Infinity;
      waiting.push({ value: inner as Json, depth: depth + 1 });
    }
  }
  return size;
}
