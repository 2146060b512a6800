import { turnsOf, type Turn } from '../../../threads/common/timing/turns.ts';
import type { Bounds, ItemsDelta, Layout } from '../../common/protocol.ts';
import type { InspectorItem } from '../../common/inspectorItem.ts';

type Run = readonly InspectorItem[];

/** All items the page has, in thread order. Each change makes a new one; only the index by id is handed on and grows. */
export interface Transcript {
  readonly bounds: Bounds;
  /** Contiguous runs; between two of them a gap. */
  readonly windows: readonly Run[];
  readonly byId: ReadonlyMap<string, InspectorItem>;
  /** All windows one after the other. */
  readonly items: Run;
  /** A number for each of `items` that stays with its id: rows are known by it, because numbers are found faster. */
  readonly keys: Uint32Array;
  /** Index in `items` where each window begins; a gap stands before all but the first. */
  readonly windowStarts: readonly number[];
  readonly turns: readonly Turn[];
  /** Index into `turns` by index into `items`. */
  readonly turnOf: Uint32Array;
  /** Ids that stand for several items. */
  readonly duplicateIds: ReadonlySet<string>;
}

type Index = Map<string, InspectorItem>;

const noBounds: Bounds = { reachesStart: false, reachesEnd: false, asOf: null, stopped: null, duplicateIds: [] };

export const emptyTranscript: Transcript = build(noBounds, [], new Map());

export function fromLayout({ windows, ...bounds }: Layout, items: Run, known?: Transcript): Transcript {
  const fresh = new Map(items.map((item) => [item.id, item]));
  const runs = windows.map((ids) => ids.flatMap((id) => fresh.get(id) ?? known?.byId.get(id) ?? []));
  return build(bounds, runs, new Map(runs.flat().map((item) => [item.id, item])));
}

/** All items of the thread are here, without a gap. */
export function isWhole({ bounds, windows }: Transcript): boolean {
  return bounds.reachesStart && bounds.reachesEnd && windows.length <= 1;
}

/** Applies what the host says has changed. Ids that are not here are passed over: they were never sent. */
export function applyDelta(transcript: Transcript, delta: ItemsDelta): Transcript {
  const { bounds, windows } = transcript;
  const byId = transcript.byId as Index;
  switch (delta.type) {
    case 'layout':
      return fromLayout(delta.layout, delta.items, transcript);
    case 'added': {
      for (const item of delta.items) byId.set(item.id, item);
      const grown = windows.map((run, index) => {
        if (index !== delta.window) return run;
        return delta.at === 'start' ? delta.items.concat(run) : run.concat(delta.items);
      });
      return build(delta.bounds, grown, byId);
    }
    case 'changed': {
      const changed = new Map(delta.items.filter(({ id }) => byId.has(id)).map((item) => [item.id, item]));
      for (const [id, item] of changed) byId.set(id, item);
      const runs = windows.map((run) => run.map((item) => changed.get(item.id) ?? item));
      return build(bounds, runs, byId);
    }
    case 'removed': {
      const gone = new Set(delta.itemIds);
      for (const id of gone) byId.delete(id);
      const runs = windows.map((run) => run.filter(({ id }) => !gone.has(id)));
      return build(bounds, runs, byId);
    }
    case 'bounds':
      // Whether the ends are reached decides how turns are numbered and timed.
      return build(delta.bounds, windows, byId);
  }
}

/** Numbers handed out so far; an id keeps its own as long as the page lives. */
const numbers = new Map<string, number>();

function numberOf(id: string): number {
  const known = numbers.get(id);
  if (known !== undefined) return known;
  numbers.set(id, numbers.size);
  return numbers.size - 1;
}

function build(bounds: Bounds, windows: readonly Run[], byId: ReadonlyMap<string, InspectorItem>): Transcript {
  const items = windows.length === 1 ? (windows[0] ?? []) : windows.flat();
  const windowStarts: number[] = [];
  const turns: Turn[] = [];
  let start = 0;
  for (const [index, run] of windows.entries()) {
    windowStarts.push(start);
    const fromStart = index === 0 && bounds.reachesStart;
    for (const turn of turnsOf(run, { fromStart, toEnd: index === windows.length - 1 })) {
      turns.push({ ...turn, start: turn.start + start, end: turn.end + start });
    }
    start += run.length;
  }
  const turnOf = new Uint32Array(items.length);
  for (const [index, turn] of turns.entries()) turnOf.fill(index, turn.start, turn.end);
  const keys = Uint32Array.from(items, ({ id }) => numberOf(id));
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
