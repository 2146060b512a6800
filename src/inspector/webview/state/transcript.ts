import { turnsOf, type Turn } from '../../../threads/common/timing/turns.ts';
import type { Bounds, ItemsDelta, Layout } from '../../common/protocol.ts';
import type { Task } from '../../../chatkit/common/model/item.ts';
import type { InspectorItem } from '../../common/inspectorItem.ts';

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
      return build(delta.bounds, extended, byId);
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

/** Replaces the copies of repeated strings in an item that was just received. */
function shareStrings(item: Mutable<InspectorItem>): void {
  item.kind = share(item.kind);
  item.threadId = share(item.threadId);
  const tasks: readonly Mutable<Task>[] = item.kind === 'task' ? [item.task] : 'tasks' in item ? item.tasks : [];
  for (const task of tasks) {
    task.type = share(task.type);
    task.wireType = share(task.wireType);
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

function build(bounds: Bounds, windows: readonly Items[], byId: ReadonlyMap<string, InspectorItem>): Transcript {
  const items = windows.length === 1 ? (windows[0] ?? []) : windows.flat();
  const windowStarts: number[] = [];
  const turns: Turn[] = [];
  let start = 0;
  for (const [index, window] of windows.entries()) {
    windowStarts.push(start);
    const fromStart = index === 0 && bounds.reachesStart;
    for (const turn of turnsOf(window, { fromStart, toEnd: index === windows.length - 1 })) {
      turns.push({ ...turn, start: turn.start + start, end: turn.end + start });
    }
    start += window.length;
  }
  const turnOf = new Uint32Array(items.length);
  for (const [index, turn] of turns.entries()) turnOf.fill(index, turn.start, turn.end);
  const keys = Uint32Array.from(items, ({ id }) => keyOf(id));
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
