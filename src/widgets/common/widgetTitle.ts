import { append } from '../../base/common/lists.ts';
import { type Json, isJsonObject } from '../../base/common/json.ts';

/** Components that are searched for a title. */
const maxVisited = 200;
const maxLength = 60;

/** A short name of a widget from its content: its status, first title or first text. Null if it has none. */
export function widgetTitle(widget: Json): string | null {
  if (!isJsonObject(widget)) return null;
  const status = widget['status'];
  const texts = new Map<string, string>();
  let visited = 0;
  const stack: Json[] = [widget];
  for (let next = stack.pop(); next !== undefined && visited < maxVisited; next = stack.pop()) {
    visited += 1;
    if (!isJsonObject(next)) continue;
    const { type, value, children } = next;
    const isText = typeof type === 'string' && typeof value === 'string' && value.trim() !== '';
    if (isText && !texts.has(type)) texts.set(type, value);
    append(stack, Array.isArray(children) ? (children as readonly Json[]).toReversed() : [children ?? null]);
  }
  const own = isJsonObject(status) && typeof status['text'] === 'string' ? status['text'] : undefined;
  const title = own ?? texts.get('Title') ?? texts.get('Text') ?? texts.get('Markdown') ?? texts.get('Caption');
  const line = title?.replaceAll(/\s+/g, ' ').trim() ?? '';
  if (line === '') return null;
  return line.length > maxLength ? `${line.slice(0, maxLength - 1)}…` : line;
}
