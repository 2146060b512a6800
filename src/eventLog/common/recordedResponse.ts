import type { Json } from '../../base/common/json.ts';
import type { RuleId } from '../../chatkit/common/protocolProblems/catalogue/ruleIds.ts';

/** One event of the log. */
export interface RecordedEvent {
  /** Time since the request was sent, ms. */
  readonly at: number;
  /** Size of its data in UTF-8. */
  readonly bytes: number;
  /** Its type in the protocol; null if it has none or is not valid JSON. */
  readonly type: string | null;
  /** Type of the change of a `thread.item.updated` event. */
  readonly change: string | null;
  /** Id of the item that it added, changed or removed. */
  readonly itemId: string | null;
  /** Beginning of its text, on one line. */
  readonly text: string;
  /** Why the event is invalid; null for a valid event and for an event of an unknown type. */
  readonly problem: string | null;
  /** Rules of the protocol that it violates; absent if there are none. */
  readonly rules?: readonly RuleId[];
  /** The `event:` line; absent where there is none, as in the protocol. */
  readonly eventName?: string;
  /** The exact JSON, or the text if it is not valid JSON; undefined after it was discarded to limit memory. */
  readonly raw: Json | undefined;
}

/**
 * `closed`: by the server, without an error. `stopped`: by the user or the extension. `failed`: rejected, broken, not a
 * stream, or with an error of the server.
 */
type RecordedEndKind = 'closed' | 'stopped' | 'failed';

export interface RecordedEnd {
  readonly kind: RecordedEndKind;
  /** Time since the request was sent, ms. */
  readonly at: number;
  /** Error message without secrets. */
  readonly reason: string | null;
  /** Rules of the protocol that the stream as a whole violates; absent if there are none. */
  readonly rules?: readonly RuleId[];
}

export interface RecordedStart {
  /** The command's name in the protocol (chatkit-api 5.3). */
  readonly command: string;
  /** Null for a thread that the command creates. */
  readonly threadId: string | null;
  /** ms since the epoch. */
  readonly startedAt: number;
}

/** Times since the request was sent, ms; null if not reached. */
export interface Latencies {
  readonly firstEvent: number | null;
  /** First visible text of an assistant message or widget. */
  readonly firstText: number | null;
  readonly end: number | null;
}

/** One command and the recorded events of its response. */
export interface RecordedResponse extends RecordedStart {
  /** Unique in its log. */
  readonly id: string;
  readonly events: readonly RecordedEvent[];
  /** Number of events that were received after the log was full and are not saved. */
  readonly droppedCount: number;
  /** Number of events at the start whose JSON was discarded to limit memory. */
  readonly withoutJson: number;
  /** Ids of the items that the response added or changed, in order of their first event. */
  readonly itemIds: readonly string[];
  readonly latencies: Latencies;
  /** First words of its text, or its error; empty before them. */
  readonly preview: string;
  /** Null while the response is in progress. */
  readonly end: RecordedEnd | null;
}

/** Returns the index of the last valid event; -1 if there is none. */
export function lastValidEvent({ events }: Pick<RecordedResponse, 'events'>): number {
  return events.findLastIndex(({ problem }) => problem === null);
}
