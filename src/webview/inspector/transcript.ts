import { turnsOf, type Turn } from '../../domain/timing/turns.ts';
import type { Bounds, ItemsDelta, Layout } from '../../protocol/inspector.ts';
import type { InspectorItem } from '../../protocol/inspectorItem.ts';

/** All items the page has, in thread order, over all windows. Immutable: each change makes a new one. */
export interface Transcript {
  readonly bounds: Bounds;
  /** Item ids window by window. */
  readonly windows: readonly (readonly string[])[];
  readonly byId: ReadonlyMap<string, InspectorItem>;
  /** All windows one after the other. */
  readonly items: readonly InspectorItem[];
  /** Index in `items` where each window begins; a gap stands before all but the first. */
  readonly windowStarts: readonly number[];
  readonly turns: readonly Turn[];
  /** Index into `turns` by index into `items`. */
  readonly turnOf: Uint32Array;
  /** Ids that stand for several items. */
  readonly duplicateIds: ReadonlySet<string>;
}

const noBounds: Bounds = { reachesStart: false, reachesEnd: false, asOf: null, stopped: null, duplicateIds: [] };

export const emptyTranscript: Transcript = build(noBounds, [], new Map());

export function fromLayout(layout: Layout, items: readonly InspectorItem[], known?: Transcript): Transcript {
  const byId = new Map<string, InspectorItem>();
  const fresh = new Map(items.map((item) => [item.id, item]));
  for (const id of layout.windows.flat()) {
    const item = fresh.get(id) ?? known?.byId.get(id);
    if (item) byId.set(id, item);
  }
  const { windows, ...bounds } = layout;
  return build(bounds, windows, byId);
}

/** All items of the thread are here, without a gap. */
export function isWhole({ bounds, windows }: Transcript): boolean {
  return bounds.reachesStart && bounds.reachesEnd && windows.length <= 1;
}

/** Applies what the host says has changed. Ids that are not here are passed over: they were never sent. */
export function applyDelta(transcript: Transcript, delta: ItemsDelta): Transcript {
  switch (delta.type) {
    case 'layout':
      return fromLayout(delta.layout, delta.items, transcript);
    case 'added': {
      const byId = new Map(transcript.byId);
      for (const item of delta.items) byId.set(item.id, item);
      const ids = delta.items.map((item) => item.id);
      const windows = transcript.windows.map((window, index) => {
        if (index !== delta.window) return window;
        return delta.at === 'start' ? [...ids, ...window] : [...window, ...ids];
      });
      return build(delta.bounds, windows, byId);
    }
    case 'changed': {
      const byId = new Map(transcript.byId);
      for (const item of delta.items) if (byId.has(item.id)) byId.set(item.id, item);
      return build(transcript.bounds, transcript.windows, byId);
    }
    case 'removed': {
      const gone = new Set(delta.itemIds);
      const byId = new Map([...transcript.byId].filter(([id]) => !gone.has(id)));
      const windows = transcript.windows.map((window) => window.filter((id) => !gone.has(id)));
      return build(transcript.bounds, windows, byId);
    }
    case 'bounds':
      // Whether the ends are reached decides how turns are numbered and timed.
      return build(delta.bounds, transcript.windows, transcript.byId);
  }
}

function build(
  bounds: Bounds,
  windows: readonly (readonly string[])[],
  byId: ReadonlyMap<string, InspectorItem>,
): Transcript {
  const items: InspectorItem[] = [];
  const windowStarts: number[] = [];
  const turns: Turn[] = [];
  for (const [index, ids] of windows.entries()) {
    const start = items.length;
    windowStarts.push(start);
    const run = ids.flatMap((id) => byId.get(id) ?? []);
    for (const item of run) items.push(item);
    const fromStart = index === 0 && bounds.reachesStart;
    for (const turn of turnsOf(run, { fromStart, toEnd: index === windows.length - 1 })) {
      turns.push({ ...turn, start: turn.start + start, end: turn.end + start });
    }
  }
  const turnOf = new Uint32Array(items.length);
  for (const [index, turn] of turns.entries()) turnOf.fill(index, turn.start, turn.end);
  return { bounds, windows, byId, items, windowStarts, turns, turnOf, duplicateIds: new Set(bounds.duplicateIds) };
}
