import type { Json } from '../../../base/common/json.ts';
import { isJsonObject } from '../../../base/common/json.ts';

/** Props that hold words a reader sees, in the order in which they are read. */
const wordProps = ['value', 'label', 'placeholder', 'alt', 'text'] as const;
const maxVisited = 2_000;

/**
 * Returns the first words of a widget in reading order, as one line, for tree rows, accessible names and search.
 * `maxLength` is in characters. Empty if there are no words. Never throws, for any JSON.
 */
export function widgetText(json: Json, maxLength = 200): string {
  const words: string[] = [];
  let length = 0;
  let visited = 0;
  // Uses an explicit stack, because widgets can be nested deeper than the call stack allows.
  const stack: Json[] = [json];
  while (stack.length > 0 && length < maxLength && visited < maxVisited) {
    const node = stack.pop();
    visited += 1;
    if (!isJsonObject(node)) continue;
    const status = node['status'];
    const sources = isJsonObject(status) ? [status, node] : [node];
    for (const source of sources) {
      for (const prop of wordProps) {
        const word = source[prop];
        if (typeof word !== 'string') continue;
        const line = word
          .slice(0, 2 * maxLength + 1)
          .replace(/\s+/g, ' ')
          .trim();
        if (line === '') continue;
        words.push(line);
        length += line.length + 1;
      }
    }
    const children = node['children'];
    const list = Array.isArray(children) ? (children as readonly Json[]) : children === undefined ? [] : [children];
    for (let index = Math.min(list.length, maxVisited) - 1; index >= 0; index -= 1) stack.push(list[index] ?? null);
  }
  const text = words.join(' ');
  return text.length > maxLength ? `${text.slice(0, maxLength - 1).trimEnd()}…` : text;
}
