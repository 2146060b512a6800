import { spansOf, type Span } from '../../threads/common/timing/spans.ts';
import { between, type Turn } from '../../threads/common/timing/turns.ts';
import type { InspectorItem } from '../common/inspectorItem.ts';
import type { Transcript } from './state/transcript.ts';

/** What stands beside an item, from its neighbours. */
export interface RowFacts {
  readonly item: InspectorItem;
  /** Since the item before it in the thread, ms; null where nothing stands before it or a time is missing. */
  readonly offsetMs: number | null;
  /** It begins a turn or what is loaded, so its time of day is worth more than an offset. */
  readonly showsClock: boolean;
  /** A gap of items that are not loaded stands before it: the index of the window that ends there. */
  readonly gapBefore: number | null;
  /** The turn that ends with this row, where the transcript draws a line. */
  readonly turnEnds: Turn | null;
  /** It says nothing about which came first: the server gave both items the same time. */
  readonly sameTime: boolean;
  /** The server gave its id to several items. */
  readonly duplicate: boolean;
  /** Where the time of the turn went that ends here. */
  readonly spans: readonly Span[];
}

/** One for all, so that rows without a turn's end stay equal. */
const noSpans: readonly Span[] = [];
const spans = new WeakMap<Turn, readonly Span[]>();

/** Each turn's once, so that its row stays equal too. */
function spansIn(items: readonly InspectorItem[], turn: Turn): readonly Span[] {
  const known = spans.get(turn) ?? spansOf(items, turn);
  spans.set(turn, known);
  return known;
}

/** The facts of one visible row. Cheap: called for each row that is drawn. */
export function rowFacts(transcript: Transcript, visible: Uint32Array, position: number): RowFacts | null {
  const index = visible[position] ?? -1;
  const { items, windowStarts, turns, turnOf, duplicateIds } = transcript;
  const item = items[index];
  if (item === undefined) return null;
  const startsWindow = windowStarts.includes(index);
  const before = startsWindow ? undefined : items[index - 1];
  const turn = turns[turnOf[index] ?? -1];
  const nextIndex = visible[position + 1];
  const endsTurn = nextIndex === undefined || turnOf[nextIndex] !== turnOf[index];
  const previousVisible = position === 0 ? -1 : (visible[position - 1] ?? -1);
  const offsetMs = between(before, item);
  return {
    item,
    offsetMs,
    showsClock: before === undefined || turn?.start === index,
    gapBefore: gapBetween(windowStarts, previousVisible, index),
    turnEnds: endsTurn ? (turn ?? null) : null,
    sameTime: before !== undefined && offsetMs === 0 && before.createdAt === item.createdAt,
    duplicate: duplicateIds.size > 0 && duplicateIds.has(item.id.replace(/#[^#]*$/, '')),
    spans: endsTurn && turn ? spansIn(items, turn) : noSpans,
  };
}

/** The gap between two rows, also where the items right beside it are filtered out. */
function gapBetween(windowStarts: readonly number[], before: number, index: number): number | null {
  const window = windowStarts.findLastIndex((start) => start <= index);
  const start = windowStarts[window] ?? 0;
  return window > 0 && before < start ? window - 1 : null;
}
