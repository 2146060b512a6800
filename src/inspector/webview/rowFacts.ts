import type { ResponseView } from '../../eventLog/common/protocol.ts';
import type { InspectorItem } from '../common/inspectorItem.ts';
import { type Span, type Turn, between, spansOf } from '../../threads/common/summary/turns.ts';
import type { Transcript } from './state/transcript.ts';

/** What a row shows in addition to its item, derived from the neighbouring items. */
export interface RowFacts {
  readonly item: InspectorItem;
  /** Time since the previous item of the thread, in ms; null for the first item and where a time is missing. */
  readonly offsetMs: number | null;
  /** Whether the row shows the time of day instead of an offset: at the start of a turn or of the loaded items. */
  readonly showsClock: boolean;
  /** Index of the window that ends before a gap of unloaded items in front of this row; null without a gap. */
  readonly gapBefore: number | null;
  /** The turn that ends with this row, which is followed by a line. */
  readonly turnEnds: Turn | null;
  /** Time of the streams that contain the whole turn that ends here, in ms; null where a part of it was not received. */
  readonly streamedMs: number | null;
  /** Whether a response still adds to the turn that ends here, so that its time is not known yet. */
  readonly turnRuns: boolean;
  /** Whether a turn follows the turn of the item. */
  readonly turnIsFollowed: boolean;
  /** Whether the item has the same time as the previous item, so that only the order of the server is known. */
  readonly sameTime: boolean;
  /** Whether the server uses its ID for several items. */
  readonly duplicate: boolean;
  /** The time that each kind of item took in the turn that ends here. */
  readonly spans: readonly Span[];
}

/** Shared, so that the props of rows that do not end a turn stay equal. */
const noSpans: readonly Span[] = [];
const spans = new WeakMap<Turn, readonly Span[]>();

/** Returns the cached spans of a turn, so that the props of its row stay equal. */
function spansIn(items: readonly InspectorItem[], turn: Turn): readonly Span[] {
  const known = spans.get(turn) ?? spansOf(items, turn);
  spans.set(turn, known);
  return known;
}

/** Responses that have ended, by the ids of their items. */
type ResponseTimes = ReadonlyMap<string, ResponseView>;

/** Returns the responses that ended while the window is open, by the ids of their items. */
export function responseTimes(ended: readonly ResponseView[]): ResponseTimes {
  const timed = ended.filter(({ latencies }) => latencies.end !== null);
  return new Map(timed.flatMap((response) => response.itemIds.map((id) => [id, response] as const)));
}

/** The waits for the user between two responses do not count. */
function streamedMs(items: readonly InspectorItem[], turn: Turn, times: ResponseTimes): number | null {
  const { start, end, durationMs } = turn;
  if (times.size === 0) return null;
  const used = new Set<ResponseView>();
  for (let index = start; index < end; index += 1) {
    const item = items[index];
    const response = item && times.get(item.id);
    if (response !== undefined) used.add(response);
    // Not every server streams the user message.
    else if (item?.kind !== 'user_message') return null;
  }
  if (used.size === 0) return null;
  const ms = [...used].reduce((sum, { latencies }) => sum + (latencies.end ?? 0), 0);
  // After the end of a stopped or broken stream, the server may have gone on.
  const complete = [...used].every(({ end: ended }) => ended?.kind === 'closed');
  return complete || durationMs === null || durationMs <= ms ? ms : null;
}

/** Returns the facts of one visible row. Must be fast: called for each row that is rendered. */
export function rowFacts(
  transcript: Transcript,
  visible: Uint32Array,
  position: number,
  times: ResponseTimes,
  responding: boolean,
): RowFacts | null {
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
    streamedMs: endsTurn && turn ? streamedMs(items, turn, times) : null,
    turnRuns: endsTurn && responding && (turnOf[index] ?? 0) === turns.length - 1,
    turnIsFollowed: (turnOf[index] ?? 0) < turns.length - 1,
    sameTime: before !== undefined && offsetMs === 0 && before.createdAt === item.createdAt,
    duplicate: duplicateIds.size > 0 && duplicateIds.has(item.id.replace(/#[^#]*$/, '')),
    spans: endsTurn && turn ? spansIn(items, turn) : noSpans,
  };
}

/** Returns the gap between two rows, also if the items next to it are filtered out. */
function gapBetween(windowStarts: readonly number[], before: number, index: number): number | null {
  const window = windowStarts.findLastIndex((start) => start <= index);
  const start = windowStarts[window] ?? 0;
  return window > 0 && before < start ? window - 1 : null;
}

/** The kinds of markers, the most important last: later kinds are drawn over earlier ones. */
export const markerKinds = ['user', 'open', 'error'] as const;
export type MarkerKind = (typeof markerKinds)[number];

/** Returns the kind of marker of an item in the map, or null for items without one. */
export function markerOf(item: InspectorItem): MarkerKind | null {
  switch (item.kind) {
    case 'user_message':
      return 'user';
    case 'client_tool_call':
      if (item.arguments.form === 'invalid' || item.output.form === 'invalid') return 'error';
      return item.status === 'open' ? 'open' : null;
    case 'widget':
      return item.widget.form === 'invalid' ? 'error' : null;
    case 'unknown':
      return item.problem === null ? null : 'error';
    case 'structured_input':
      return item.status === 'pending' ? 'open' : null;
    default:
      return null;
  }
}
