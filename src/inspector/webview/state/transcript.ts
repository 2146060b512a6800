import { none } from '../../../base/common/lists.ts';
import { isJsonObject } from '../../../base/common/json.ts';
import type { AssistantPart } from '../../../chatkit/common/model/content.ts';
import { type TextDelta, appendTextToParts, applyToWidget } from '../../../chatkit/common/stream/applyUpdate.ts';
import { type InspectorItem, maxItemText, valueOf, viewOfValue } from '../../common/inspectorItem.ts';
import { type Waiting, pendingActionAt } from '../../../threads/common/summary/waiting.ts';
import type { ItemKind, Task } from '../../../chatkit/common/model/item.ts';
import { type Turn, turnsOf } from '../../../threads/common/summary/turns.ts';
import type { Bounds, ItemsDelta, Layout } from '../../common/protocol.ts';

interface Wait extends Waiting {
  readonly itemId: string;
}

/** Maximum number of entries that are listed. */
const maxWaits = 3;

/** Returns the loaded open tool calls and forms, newest first; without any, the last turn if it has no response. */
export function waitingFor({ items, turns, bounds }: Transcript): readonly Wait[] {
  const waits: Wait[] = [];
  for (let index = items.length - 1; index >= 0 && waits.length < maxWaits; index--) {
    const item = items[index];
    const need = pendingActionAt(items, index);
    if (item !== undefined && need !== null) {
      waits.push({ itemId: item.id, since: item.createdAt, for: need });
    }
  }
  const last = turns.at(-1);
  const message = last && items[last.start];
  if (waits.length === 0 && bounds.reachesEnd && last?.answered === false && message?.kind === 'user_message') {
    waits.push({ itemId: message.id, since: message.createdAt, for: { type: 'answer' } });
  }
  return waits;
}

/**
 * Returns a `visibleIndices` that returns the same array as long as text is only appended: then the layout does not
 * change.
 */
export function createVisibleItems(): (transcript: Transcript, hidden: ReadonlySet<ItemKind>) => Uint32Array {
  let last:
    { readonly keys: Uint32Array; readonly hidden: ReadonlySet<ItemKind>; readonly indices: Uint32Array } | undefined;
  return ({ items, keys }, hidden) => {
    if (last?.keys !== keys || last.hidden !== hidden) last = { keys, hidden, indices: visibleIndices(items, hidden) };
    return last.indices;
  };
}

/** Indices of the items whose kind is not filtered out, in thread order. */
export function visibleIndices(items: readonly InspectorItem[], hidden: ReadonlySet<ItemKind>): Uint32Array {
  const indices = new Uint32Array(items.length);
  let count = 0;
  for (const [index, item] of items.entries()) if (!hidden.has(item.kind)) indices[count++] = index;
  return indices.subarray(0, count);
}

type Items = readonly InspectorItem[];

/** All loaded items, in thread order. Each change creates a new object; only `byId` is shared and updated in place. */
export interface Transcript {
  readonly bounds: Bounds;
  /** Contiguous ranges of items, separated by gaps. */
  readonly windows: readonly Items[];
  readonly byId: ReadonlyMap<string, InspectorItem>;
  /** The items of all windows. */
  readonly items: Items;
  /** A stable number for the ID of each of `items`, used as the row key because number lookups are faster. */
  readonly keys: Uint32Array;
  /** Index in `items` of the first item of each window; all windows but the first follow a gap. */
  readonly windowStarts: readonly number[];
  readonly turns: readonly Turn[];
  /** Index into `turns` by index into `items`. */
  readonly turnOf: Uint32Array;
  /** IDs that the server uses for several items. */
  readonly duplicateIds: ReadonlySet<string>;
}

type Index = Map<string, InspectorItem>;

const noBounds: Bounds = { reachesStart: false, reachesEnd: false, asOf: null, stopped: null, duplicateIds: [] };

export const emptyTranscript: Transcript = build(noBounds, [], new Map());

export function fromLayout({ windows, ...bounds }: Layout, items: Items, previous?: Transcript): Transcript {
  items.forEach(shareStrings);
  const fresh = new Map(items.map((item) => [item.id, item]));
  const itemsOfWindows = windows.map((ids) => ids.flatMap((id) => fresh.get(id) ?? previous?.byId.get(id) ?? []));
  return build(bounds, itemsOfWindows, new Map(itemsOfWindows.flat().map((item) => [item.id, item])));
}

/** Returns whether all items of the thread are loaded, without a gap. */
export function isComplete({ bounds, windows }: Transcript): boolean {
  return bounds.reachesStart && bounds.reachesEnd && windows.length <= 1;
}

/** Applies a change that the host reported. Unknown IDs are ignored: their items were never sent. */
export function applyDelta(transcript: Transcript, delta: ItemsDelta): Transcript {
  const { bounds, windows } = transcript;
  const byId = transcript.byId as Index;
  switch (delta.type) {
    case 'layout':
      return fromLayout(delta.layout, delta.items, transcript);
    case 'added': {
      for (const item of delta.items) {
        shareStrings(item);
        byId.set(item.id, item);
      }
      const extended = windows.map((window, index) => {
        if (index !== delta.window) return window;
        return delta.at === 'start' ? delta.items.concat(window) : window.concat(delta.items);
      });
      return build(delta.bounds, extended, byId, keysWith(transcript, delta));
    }
    case 'changed': {
      const changed = new Map(delta.items.filter(({ id }) => byId.has(id)).map((item) => [item.id, item]));
      for (const [id, item] of changed) byId.set(id, item);
      const itemsOfWindows = windows.map((window) => window.map((item) => changed.get(item.id) ?? item));
      return build(bounds, itemsOfWindows, byId);
    }
    case 'removed': {
      const removed = new Set(delta.itemIds);
      for (const id of removed) byId.delete(id);
      const itemsOfWindows = windows.map((window) => window.filter(({ id }) => !removed.has(id)));
      return build(bounds, itemsOfWindows, byId);
    }
    case 'bounds': {
      const { reachesStart, reachesEnd, duplicateIds } = delta.bounds;
      const sameEnds = reachesStart === bounds.reachesStart && reachesEnd === bounds.reachesEnd;
      // Polls and streams change only the time of the last request, however long the thread is.
      if (sameEnds && duplicateIds.length === bounds.duplicateIds.length)
        return { ...transcript, bounds: delta.bounds };
      // The numbers and durations of turns depend on whether the ends are reached.
      return build(delta.bounds, windows, byId);
    }
  }
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Strings that most items repeat. A message contains a copy for each item. */
const sharedStrings = new Map<string, string>();

/** Replaces the copies of repeated strings and of empty lists in an item that was just received. */
function shareStrings(item: Mutable<InspectorItem>): void {
  item.kind = share(item.kind);
  item.threadId = share(item.threadId);
  const tasks: readonly Mutable<Task>[] = item.kind === 'task' ? [item.task] : 'tasks' in item ? item.tasks : [];
  for (const task of tasks) {
    task.type = share(task.type);
    task.wireType = share(task.wireType);
    if (task.queries.length === 0) task.queries = none;
    if (task.sources.length === 0) task.sources = none;
  }
  switch (item.kind) {
    case 'user_message':
      if (item.attachments.length === 0) item.attachments = none;
      for (const part of item.content as readonly { type: string }[]) part.type = share(part.type);
      break;
    case 'assistant_message':
      for (const part of item.parts as readonly Mutable<AssistantPart>[]) {
        if (part.annotations.length === 0) part.annotations = none;
      }
      break;
    case 'client_tool_call':
      item.status = share(item.status);
      item.wireStatus = share(item.wireStatus);
      item.name = share(item.name);
      break;
  }
}

function share<T extends string>(text: T): T {
  const known = sharedStrings.get(text);
  if (known !== undefined) return known as T;
  // Only short strings repeat; a hostile server must not fill the map.
  if (text.length <= 100 && sharedStrings.size < 1_000) sharedStrings.set(text, text);
  return text;
}

/** Assigned keys; an ID keeps its key for the lifetime of the page. */
const keysById = new Map<string, number>();

function keyOf(id: string): number {
  const known = keysById.get(id);
  if (known !== undefined) return known;
  keysById.set(id, keysById.size);
  return keysById.size - 1;
}

function keysOf(items: Items): Uint32Array {
  return Uint32Array.from(items, ({ id }) => keyOf(id));
}

/** Returns the keys of a transcript with those of added items. The others are copied: looking up all takes longer. */
function keysWith(
  { keys, windows, windowStarts }: Transcript,
  { window, at, items }: Extract<ItemsDelta, { type: 'added' }>,
): Uint32Array {
  const extended = windows[window];
  if (extended === undefined) return keys;
  const position = (windowStarts[window] ?? 0) + (at === 'start' ? 0 : extended.length);
  const all = new Uint32Array(keys.length + items.length);
  all.set(keys.subarray(0, position));
  all.set(keysOf(items), position);
  all.set(keys.subarray(position), position + items.length);
  return all;
}

function build(
  bounds: Bounds,
  windows: readonly Items[],
  byId: ReadonlyMap<string, InspectorItem>,
  knownKeys?: Uint32Array,
): Transcript {
  const items = windows.length === 1 ? (windows[0] ?? []) : windows.flat();
  const windowStarts: number[] = [];
  const turns: Turn[] = [];
  let start = 0;
  for (const [index, window] of windows.entries()) {
    windowStarts.push(start);
    const fromStart = index === 0 && bounds.reachesStart;
    for (const turn of turnsOf(window, { fromStart, toEnd: index === windows.length - 1 })) {
      turns.push(start === 0 ? turn : { ...turn, start: turn.start + start, end: turn.end + start });
    }
    start += window.length;
  }
  const turnOf = new Uint32Array(items.length);
  for (const [index, turn] of turns.entries()) turnOf.fill(index, turn.start, turn.end);
  const keys = knownKeys ?? keysOf(items);
  return {
    bounds,
    windows,
    byId,
    items,
    keys,
    windowStarts,
    turns,
    turnOf,
    duplicateIds: new Set(bounds.duplicateIds),
  };
}

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
