import type { AssistantPart } from '../model/content.ts';
import type { ItemUpdate, StreamEvent } from './events.ts';

/** Text that joins an item: what comes many times a second, and the only change that is not told as a whole item. */
export interface TextDelta {
  readonly itemId: string;
  readonly update: Extract<ItemUpdate, { type: 'textDelta' | 'widgetText' }>;
}

/** The growth that an event is; null for every other event. */
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

/** Adds to a list of growths, in place; what joins the same text as the last one becomes one with it. */
export function joinTextDeltas(list: TextDelta[], growth: TextDelta): void {
  const last = list.at(-1);
  const joined = last === undefined ? null : join(last, growth);
  if (joined === null) list.push(growth);
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
