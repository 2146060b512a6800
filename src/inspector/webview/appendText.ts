import { isJsonObject } from '../../base/common/json.ts';
import { applyToWidget } from '../../chatkit/common/stream/applyToWidget.ts';
import { appendTextToParts, type TextDelta } from '../../chatkit/common/stream/textDelta.ts';
import { maxItemText, type InspectorItem } from '../common/inspectorItem.ts';
import type { Transcript } from './transcript.ts';

/** Adds text to items. Their number, order and turns stay, so that this costs little however long the thread is. */
export function appendTextToTranscript(transcript: Transcript, growth: readonly TextDelta[]): Transcript {
  const changed = new Map<string, InspectorItem>();
  for (const { itemId, update } of growth) {
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
    // What grows nearly always stands at the end.
    const at = items.findLastIndex((candidate) => candidate.id === id);
    const window = transcript.windowStarts.findLastIndex((start) => start <= at);
    const run = windows[window];
    if (at < 0 || run === undefined) continue;
    items = items.with(at, item);
    windows[window] = windows.length === 1 ? items : run.with(at - (transcript.windowStarts[window] ?? 0), item);
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
  if (item.kind !== 'widget' || item.widget.form !== 'json' || !isJsonObject(item.widget.value)) return item;
  const value = applyToWidget(item.widget.value, update);
  return value === item.widget.value ? item : { ...item, widget: { ...item.widget, value } };
}
