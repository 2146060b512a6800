import type { Json } from '../../../base/common/json.ts';

/** Indentation per level, in characters. */
const indent = 2;

/**
 * Returns the approximate length of a value as indented JSON, in characters, or Infinity if it is more than `max`. With deep
 * nesting the length grows with the square of the depth.
 */
export function printedSize(value: Json, max: number): number {
  let size = 0;
  // An explicit stack: values can be nested more deeply than calls.
  const stack: { readonly value: Json; readonly depth: number }[] = [{ value, depth: 0 }];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { value: current, depth } = next;
    size += depth * indent * 2 + (typeof current === 'string' ? current.length + 4 : 8);
    if (size > max) return Infinity;
    if (typeof current !== 'object' || current === null) continue;
    for (const [key, inner] of Object.entries(current)) {
      size += key.length;
      if (size + stack.length > max) return Infinity;
      stack.push({ value: inner as Json, depth: depth + 1 });
    }
  }
  return size;
}
