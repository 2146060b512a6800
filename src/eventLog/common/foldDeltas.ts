import { matchesWords } from '../../base/common/plainText.ts';
import type { RecordedEvent } from './recordedResponse.ts';

/** Consecutive text deltas of one item: one row until it is expanded. */
export interface DeltaFold {
  readonly type: 'fold';
  /** Indices of its first and its last event in the response. */
  readonly first: number;
  readonly last: number;
  readonly count: number;
  readonly bytes: number;
  /** From the first to the last event, ms. */
  readonly durationMs: number;
  /** Start of the text, on one line. */
  readonly text: string;
  readonly itemId: string;
}

/** A row of the event list: an event by its index in the response, or a fold in front of its events. */
export type LogRow = { readonly type: 'event'; readonly index: number } | DeltaFold;

interface FoldedEvent extends Pick<RecordedEvent, 'at' | 'bytes' | 'change' | 'itemId' | 'text' | 'problem'> {
  readonly rules?: readonly unknown[];
}

const maxText = 120;

/**
 * Returns the rows of a list of events. `shown`: indices of the events that match the filter. `expanded`: first indices of
 * the folds whose events are rows too. An event with a problem is never folded.
 */
export function foldDeltas(
  events: readonly FoldedEvent[],
  shown: readonly number[],
  expanded: ReadonlySet<number>,
): readonly LogRow[] {
  const rows: LogRow[] = [];
  for (let start = 0; start < shown.length;) {
    const end = endOfRun(events, shown, start);
    if (end - start > 1) {
      const fold = foldOf(events, shown.slice(start, end));
      rows.push(fold);
      if (!expanded.has(fold.first)) {
        start = end;
        continue;
      }
    }
    for (; start < end; start += 1) rows.push({ type: 'event', index: shown[start] ?? 0 });
  }
  return rows;
}

/** Returns the end (exclusive) of the run of deltas that starts at a position; the next position for other events. */
function endOfRun(events: readonly FoldedEvent[], shown: readonly number[], start: number): number {
  const first = events[shown[start] ?? -1];
  let end = start + 1;
  if (first === undefined || !isDelta(first)) return end;
  while (end < shown.length) {
    const next = events[shown[end] ?? -1];
    // A filter can hide events in between: only neighbours are folded.
    const isNext = shown[end] === (shown[end - 1] ?? 0) + 1;
    if (next === undefined || !isNext || !isDelta(next) || next.itemId !== first.itemId) break;
    end += 1;
  }
  return end;
}

function isDelta({ change, itemId, problem, rules }: FoldedEvent): boolean {
  return (
    change !== null &&
    /(?:text|value)_delta$/.test(change) &&
    itemId !== null &&
    problem === null &&
    rules === undefined
  );
}

function foldOf(events: readonly FoldedEvent[], indices: readonly number[]): DeltaFold {
  const first = indices[0] ?? 0;
  const last = indices.at(-1) ?? first;
  let [bytes, text] = [0, ''];
  for (const index of indices) {
    bytes += events[index]?.bytes ?? 0;
    if (text.length < maxText) text += events[index]?.text ?? '';
  }
  return {
    type: 'fold',
    first,
    last,
    count: indices.length,
    bytes,
    durationMs: Math.max(0, (events[last]?.at ?? 0) - (events[first]?.at ?? 0)),
    text: text.slice(0, maxText),
    itemId: events[first]?.itemId ?? '',
  };
}

/** The fields that a filter searches. */
type FilteredEvent = Pick<RecordedEvent, 'type' | 'change' | 'itemId' | 'text' | 'problem'>;

interface EventFilter {
  /** Words that must all occur in the type, the item's id, the text or the problem; not case-sensitive. */
  readonly text: string;
  /** Only events of this item; null: all items. */
  readonly itemId: string | null;
}

/** Returns the indices of matching events in order. */
export function filterEvents(events: readonly FilteredEvent[], { text, itemId }: EventFilter): readonly number[] {
  const isSearching = text.trim() !== '';
  const passing: number[] = [];
  for (const [index, event] of events.entries()) {
    if (itemId !== null && event.itemId !== itemId) continue;
    const content = [event.type, event.change, event.itemId, event.text, event.problem];
    if (isSearching && !matchesWords(text, content)) continue;
    passing.push(index);
  }
  return passing;
}
