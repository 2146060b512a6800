import { isJsonObject } from '../../../base/common/json.ts';
import { applyToWidget } from '../../../chatkit/common/stream/applyUpdate.ts';
import { type TextDelta, appendTextToParts } from '../../../chatkit/common/stream/textDelta.ts';
import { type InspectorItem, maxItemText, valueOf, viewOfValue } from '../../common/inspectorItem.ts';
import type { Transcript } from './transcript.ts';

/** Appends text deltas to items. The number, order and turns of the items stay the same, so that the costs do not depend on the length of the thread. */
export function appendTextToTranscript(transcript: Transcript, deltas: readonly TextDelta[]): Transcript {
  const changed = new Map<string, InspectorItem>();
  for (const { itemId, update } of deltas) {
    const before = changed.get(itemId) ?? transcript.byId.get(itemId);
    if (before === undefined) continue;
    const after = appendTextToItem(before, update);
    if (after !== before) changed.set(itemId, after);
  }
  if (changed.size === 0) return transcript;
  const byId = transcript.byId as Map<string, InspectorItem>;
  let { items } = transcript;
  const windows = [...transcript.windows];
  for (const [id, item] of changed) {
    byId.set(id, item);
    // The changed item is nearly always the last.
    const at = items.findLastIndex((candidate) => candidate.id === id);
    const window = transcript.windowStarts.findLastIndex((start) => start <= at);
    const windowItems = windows[window];
    if (at < 0 || windowItems === undefined) continue;
    items = items.with(at, item);
    windows[window] =
      windows.length === 1 ? items : windowItems.with(at - (transcript.windowStarts[window] ?? 0), item);
  }
  return { ...transcript, items, windows };
}

function appendTextToItem(item: InspectorItem, update: TextDelta['update']): InspectorItem {
  if (update.type === 'textDelta') {
    if (item.kind !== 'assistant_message') return item;
    // The host sends the item, truncated as usual, when it is complete.
    const length = item.parts[update.index]?.text.length ?? 0;
    if (length >= maxItemText) return item.clipped ? item : { ...item, clipped: true };
    const parts = appendTextToParts(item.parts, update);
    return parts === item.parts ? item : { ...item, parts };
  }
  if (item.kind !== 'widget' || item.widget.form !== 'json') return item;
  const before = valueOf(item.widget);
  if (!isJsonObject(before)) return item;
  const after = applyToWidget(before, update);
  return after === before ? item : { ...item, widget: viewOfValue(after, item.widget.doubleEncoded) };
}
