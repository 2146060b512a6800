import type { Json } from '../../base/common/json.ts';

/** One event as the log keeps it. */
export interface RecordedEvent {
  /** Since the request was sent; ms. */
  readonly at: number;
  /** Of its data, UTF-8. */
  readonly bytes: number;
  /** Its type on the wire; null for what has none, or is not JSON. */
  readonly type: string | null;
  /** For `thread.item.updated`: the type of the change. */
  readonly change: string | null;
  /** The item that it made, changed or removed. */
  readonly itemId: string | null;
  /** Its first words, on one line. */
  readonly text: string;
  /** Why it could not be read; null for a good one, and for one of a newer type. */
  readonly problem: string | null;
  /** The exact JSON that came, or the text where it was not JSON; undefined once it had to make room. */
  readonly raw: Json | undefined;
}

/** `closed`: the server ended the stream. `stopped`: somebody here did. `failed`: it was refused, cut off or not a stream. */
export type RecordedEndKind = 'closed' | 'stopped' | 'failed';

export interface RecordedEnd {
  readonly how: RecordedEndKind;
  /** Since the request was sent; ms. */
  readonly at: number;
  /** Why it failed: a sentence, free of secrets. */
  readonly reason: string | null;
}

export interface RecordedStart {
  /** The command as the protocol calls it (chatkit-api 5.3). */
  readonly command: string;
  /** Null for a thread that the command itself creates. */
  readonly threadId: string | null;
  /** ms since the epoch. */
  readonly startedAt: number;
}

/** When the first of something came, since the request was sent; ms. Null: it has not come (yet). */
export interface Latencies {
  readonly firstEvent: number | null;
  /** The first text of an answer that a reader would see. */
  readonly firstText: number | null;
  readonly end: number | null;
}

/** One streaming command and all that came back. */
export interface RecordedResponse extends RecordedStart {
  /** Unique in its log. */
  readonly id: string;
  readonly events: readonly RecordedEvent[];
  /** Events that came after the log was full: counted, not kept. */
  readonly unkept: number;
  /** So many of the first events have lost their JSON to make room for later ones. */
  readonly withoutJson: number;
  /** Ids of the items that it made or touched, in the order in which they first came. */
  readonly itemIds: readonly string[];
  readonly marks: Latencies;
  /** Null while it runs. */
  readonly end: RecordedEnd | null;
}

/** Index of the last event that could be read, -1 where there is none. */
export function lastValidEvent({ events }: Pick<RecordedResponse, 'events'>): number {
  return events.findLastIndex(({ problem }) => problem === null);
}
