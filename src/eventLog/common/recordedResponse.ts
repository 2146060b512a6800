import { type Json, isJsonObject } from '../../base/common/json.ts';
import type { ThreadItem } from '../../chatkit/common/model/item.ts';
import type { ItemUpdate, ReceivedEvent, StreamEvent } from '../../chatkit/common/stream/events.ts';
import { itemSummary } from '../../threads/common/summary/itemSummary.ts';
import { oneLine } from '../../base/common/plainText.ts';
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
  /** Start of its text, on one line. */
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

/** Converts a received event to an entry of the log. All fields except `raw` are bounded in size. */
export function toRecordedEvent({ at, bytes, raw, event, type, eventName, rules }: ReceivedEvent): RecordedEvent {
  return {
    at,
    bytes,
    type: wireType(raw) ?? type?.slice(0, 200) ?? null,
    change: event.type === 'itemUpdated' && isJsonObject(raw) ? wireType(raw['update'] ?? null) : null,
    itemId: itemIdOf(event),
    text: spacedLine(textOf(event, raw)),
    problem: problemOf(event),
    ...(rules === undefined ? {} : { rules }),
    ...(eventName === undefined ? {} : { eventName: eventName.slice(0, 200) }),
    raw,
  };
}

/** Returns a text on one line. White space at its ends becomes a space, so that the texts of deltas can be joined. */
function spacedLine(text: string): string {
  const line = oneLine(text);
  if (line === '') return text === '' ? '' : ' ';
  return `${/^\s/.test(text) ? ' ' : ''}${line}${/\s$/.test(text) ? ' ' : ''}`;
}

function wireType(raw: Json): string | null {
  const type = isJsonObject(raw) ? raw['type'] : null;
  return typeof type === 'string' ? type.slice(0, 200) : null;
}

function itemIdOf(event: StreamEvent): string | null {
  switch (event.type) {
    case 'itemAdded':
    case 'itemDone':
    case 'itemReplaced':
      return event.item.id;
    case 'itemUpdated':
    case 'itemFinished':
    case 'itemRemoved':
      return event.itemId;
    default:
      return null;
  }
}

function problemOf(event: StreamEvent): string | null {
  if (event.type === 'unknown') return event.problem;
  if (event.type === 'itemUpdated') return event.update.type === 'unknown' ? event.update.problem : null;
  const isWhole = event.type === 'itemAdded' || event.type === 'itemDone' || event.type === 'itemReplaced';
  return isWhole && event.item.kind === 'unknown' ? event.item.problem : null;
}

function textOf(event: StreamEvent, raw: Json): string {
  switch (event.type) {
    case 'threadCreated':
    case 'threadUpdated':
      return event.thread.title ?? event.thread.id;
    case 'itemAdded':
    case 'itemDone':
    case 'itemReplaced':
      return textOfItem(event.item);
    case 'itemUpdated':
      return textOfUpdate(event.update);
    case 'itemFinished':
    case 'itemRemoved':
      return '';
    case 'options':
      return `allow_cancel: ${event.allowCancel}`;
    case 'progress':
      return event.text;
    case 'effect':
      return event.name;
    case 'notice':
      return event.title === null ? event.message : `${event.title}: ${event.message}`;
    case 'error':
      return event.message === null ? event.code : `${event.code}: ${event.message}`;
    case 'unknown':
      return typeof raw === 'string' ? raw.slice(0, 400) : '';
  }
}

/** Returns the summary of an item; empty for an empty message, which a tree row would describe as empty. */
function textOfItem(item: ThreadItem): string {
  if (item.kind === 'assistant_message' && item.parts.every(({ text }) => text === '')) return '';
  return itemSummary(item);
}

function textOfUpdate(update: ItemUpdate): string {
  switch (update.type) {
    case 'textDelta':
    case 'widgetText':
      return update.delta;
    case 'partAdded':
    case 'partDone':
      return update.part.text;
    case 'annotationAdded':
      return update.annotation.source.title ?? '';
    case 'taskAdded':
    case 'taskUpdated':
      return [update.task.title ?? update.task.content ?? '', update.task.progress ?? ''].filter(Boolean).join(' — ');
    case 'widgetComponent':
      return update.componentId;
    case 'image':
      return update.progress === null ? update.image.id : `${Math.round(update.progress * 100)} %`;
    case 'widgetRoot':
    case 'unknown':
      return '';
  }
}
