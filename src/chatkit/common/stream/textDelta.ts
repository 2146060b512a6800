import type { AssistantPart } from '../model/content.ts';
import type { ItemUpdate, StreamEvent } from './events.ts';

/** Text that is appended to an item: the most frequent change, and the only one that is not sent as a whole item. */
export interface TextDelta {
  readonly itemId: string;
  readonly update: Extract<ItemUpdate, { type: 'textDelta' | 'widgetText' }>;
}

/** Returns the text delta of an event; null for every other event. */
export function textDeltaOf(event: StreamEvent): TextDelta | null {
  if (event.type !== 'itemUpdated') return null;
  const { itemId, update } = event;
  return update.type === 'textDelta' || update.type === 'widgetText' ? { itemId, update } : null;
}

/** No real message has as many parts; an invalid index must not exhaust the memory. */
export const maxPartIndex = 10_000;

/** Returns message parts with a text delta appended; missing parts before it become empty. Unchanged for an invalid index. */
export function appendTextToParts(
  parts: readonly AssistantPart[],
  { index, delta }: { readonly index: number; readonly delta: string },
): readonly AssistantPart[] {
  if (index < 0 || index > maxPartIndex) return parts;
  const changed = [...parts];
  while (changed.length <= index) changed.push({ text: '', annotations: [] });
  const part = changed[index] as AssistantPart;
  changed[index] = { ...part, text: part.text + delta };
  return changed;
}

/** Adds a text delta to a list, in place. It is joined with the last one if both extend the same text. */
export function joinTextDeltas(list: TextDelta[], delta: TextDelta): void {
  const last = list.at(-1);
  const joined = last === undefined ? null : join(last, delta);
  if (joined === null) list.push(delta);
  else list[list.length - 1] = joined;
}

function join(first: TextDelta, second: TextDelta): TextDelta | null {
  if (first.itemId !== second.itemId) return null;
  const [a, b] = [first.update, second.update];
  if (a.type === 'textDelta' && b.type === 'textDelta' && a.index === b.index) {
    return { itemId: first.itemId, update: { ...b, delta: a.delta + b.delta } };
  }
  if (a.type === 'widgetText' && b.type === 'widgetText' && a.componentId === b.componentId) {
    return { itemId: first.itemId, update: { ...b, delta: a.delta + b.delta } };
  }
  return null;
}
