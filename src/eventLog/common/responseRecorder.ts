import { Emitter } from '../../base/common/events.ts';
import { type ReceivedEvent, type StreamEvent, hasVisibleText } from '../../chatkit/common/stream/events.ts';
import type { StreamCommand } from '../../chatkit/common/stream/conversationApi.ts';
import { oneLine } from '../../base/common/plainText.ts';
import { textDeltaOf } from '../../chatkit/common/stream/applyUpdate.ts';
import {
  type Latencies,
  type RecordedEnd,
  type RecordedEvent,
  type RecordedResponse,
  type RecordedStart,
  toRecordedEvent,
} from './recordedResponse.ts';

export interface RecorderLimits {
  /** Size of the event data whose JSON is stored, in bytes. */
  readonly jsonBytes: number;
  readonly events: number;
  readonly itemIds: number;
}

/** Enough for several minutes of the fastest stream. A longer response keeps all times and types but only the latest JSON. */
const recorderLimits: RecorderLimits = { jsonBytes: 32 * 1024 * 1024, events: 200_000, itemIds: 5_000 };

/** Length of the preview, in characters. */
const maxPreview = 80;

/** The text of an answer that an event adds. `isFirst`: there is no text yet. */
function previewOf(event: StreamEvent, isFirst: boolean): string {
  if (event.type === 'error') return isFirst ? (event.message ?? event.code) : '';
  const delta = textDeltaOf(event);
  if (delta !== null) return delta.update.delta.slice(0, maxPreview);
  const isItem = event.type === 'itemAdded' || event.type === 'itemDone';
  if (!isFirst || !isItem || event.item.kind !== 'assistant_message') return '';
  return event.item.parts.map(({ text }) => text.slice(0, maxPreview)).join(' ');
}

/** Records one response in bounded memory. */
export class ResponseRecorder implements RecordedResponse {
  readonly id: string;
  readonly command: string;
  readonly startedAt: number;
  readonly #limits: RecorderLimits;
  readonly #events: RecordedEvent[] = [];
  readonly #itemIds = new Set<string>();
  #threadId: string | null;
  #jsonBytes = 0;
  #withoutJson = 0;
  #droppedCount = 0;
  #firstEvent: number | null = null;
  #firstText: number | null = null;
  #end: RecordedEnd | null = null;
  #preview = '';

  constructor(id: string, { command, threadId, startedAt }: RecordedStart, limits: RecorderLimits = recorderLimits) {
    this.id = id;
    this.command = command;
    this.startedAt = startedAt;
    this.#threadId = threadId;
    this.#limits = limits;
  }

  /** Null until the server has created the thread. */
  get threadId(): string | null {
    return this.#threadId;
  }

  get events(): readonly RecordedEvent[] {
    return this.#events;
  }

  get droppedCount(): number {
    return this.#droppedCount;
  }

  get withoutJson(): number {
    return this.#withoutJson;
  }

  /** Size of the event data whose JSON is stored, in bytes. */
  get jsonBytes(): number {
    return this.#jsonBytes;
  }

  get itemIds(): readonly string[] {
    return [...this.#itemIds];
  }

  get latencies(): Latencies {
    return { firstEvent: this.#firstEvent, firstText: this.#firstText, end: this.#end?.at ?? null };
  }

  get preview(): string {
    return oneLine(this.#preview, maxPreview);
  }

  get end(): RecordedEnd | null {
    return this.#end;
  }

  /** Adds received events in order. */
  add(received: readonly ReceivedEvent[]): void {
    for (const one of received) this.#addOne(one);
    this.#discardOldJson();
  }

  /** Adds an event of a saved log whose JSON had been discarded. Call it before `add`. */
  addWithoutJson(event: Omit<RecordedEvent, 'raw'>): void {
    this.#firstEvent ??= event.at;
    if (this.#events.length >= this.#limits.events) {
      this.#droppedCount += 1;
      return;
    }
    this.#push({ ...event, raw: undefined });
    this.#withoutJson = this.#events.length;
  }

  /** Adds to the number of dropped events. */
  addDropped(events: number): void {
    this.#droppedCount += events;
  }

  /** Sets the end; later calls have no effect. */
  finish(end: RecordedEnd): void {
    this.#end ??= end;
  }

  #addOne(received: ReceivedEvent): void {
    const { at, bytes, event } = received;
    this.#firstEvent ??= at;
    if (this.#firstText === null && hasVisibleText(event)) this.#firstText = at;
    if (event.type === 'threadCreated') this.#threadId ??= event.thread.id;
    // Some servers do not announce a new thread.
    else if ('item' in event && event.item.threadId !== '') this.#threadId ??= event.item.threadId;
    if (this.#preview.length < maxPreview) this.#preview += previewOf(event, this.#preview === '');
    if (this.#events.length >= this.#limits.events) {
      this.#droppedCount += 1;
      return;
    }
    const recorded = toRecordedEvent(received);
    this.#push(recorded);
    this.#jsonBytes += bytes;
  }

  #push(event: RecordedEvent): void {
    this.#events.push(event);
    if (event.itemId !== null && this.#itemIds.size < this.#limits.itemIds) this.#itemIds.add(event.itemId);
  }

  /** Discards the oldest JSON first: the end of a failed stream is more useful than its start. */
  #discardOldJson(): void {
    while (this.#jsonBytes > this.#limits.jsonBytes) {
      const oldest = this.#events[this.#withoutJson];
      if (oldest === undefined) return;
      this.#events[this.#withoutJson] = { ...oldest, raw: undefined };
      this.#jsonBytes -= oldest.bytes;
      this.#withoutJson += 1;
    }
  }
}

/** Limits over all threads; the oldest ended response is discarded first. */
const maxResponses = 50;
const maxJsonBytes = 96 * 1024 * 1024;

/** A recorded response with its connection and thread. */
interface ResponseRecord {
  readonly connectionId: string;
  readonly response: ResponseRecorder;
  /** The thread's id or, if the command creates the thread, its placeholder id. */
  readonly threadKey: string | null;
  /** What was sent, in this window only: it is never saved. Null where only its name is known. */
  readonly sent: StreamCommand | null;
}

/** Records the events of one response. */
interface Recording {
  readonly response: ResponseRecorder;
  add(received: readonly ReceivedEvent[]): void;
  finish(end: RecordedEnd): void;
}

/** The event logs of all responses since the window was opened. */
export class EventLogs {
  readonly #records: ResponseRecord[] = [];
  readonly #changed = new Emitter<ResponseRecord>();
  #lastId = 0;

  readonly onDidChange = this.#changed.on;

  /** Returns the responses of a thread, oldest first. `threadId` may be a placeholder id. Includes failed attempts to create the thread. */
  responses(connectionId: string, threadId: string): readonly ResponseRecorder[] {
    const here = this.#records.filter((record) => record.connectionId === connectionId);
    const threadKeys = new Set([
      threadId,
      ...here.flatMap(({ response, threadKey }) => (response.threadId === threadId ? threadKey : [])),
    ]);
    return here.flatMap(({ response, threadKey }) =>
      response.threadId === threadId || (response.threadId === null && threadKey !== null && threadKeys.has(threadKey))
        ? response
        : [],
    );
  }

  /** All responses, oldest first. */
  get all(): readonly ResponseRecord[] {
    return this.#records;
  }

  startRecording(
    connectionId: string,
    start: RecordedStart,
    threadKey = start.threadId,
    sent: StreamCommand | null = null,
  ): Recording {
    this.#lastId += 1;
    const response = new ResponseRecorder(String(this.#lastId), start, undefined);
    const record = { connectionId, response, threadKey, sent };
    this.#records.push(record);
    this.#discardOldest();
    this.#changed.fire(record);
    return {
      response,
      add: (received) => {
        response.add(received);
        this.#changed.fire(record);
      },
      finish: (end) => {
        response.finish(end);
        this.#discardOldest();
        this.#changed.fire(record);
      },
    };
  }

  #discardOldest(): void {
    while (this.#records.length > maxResponses || this.#jsonBytes > maxJsonBytes) {
      const oldest = this.#records.findIndex(({ response }) => response.end !== null);
      // The newest response is never discarded: its recorder limits its size.
      if (oldest < 0 || oldest === this.#records.length - 1) return;
      const [removed] = this.#records.splice(oldest, 1);
      if (removed !== undefined) this.#changed.fire(removed);
    }
  }

  get #jsonBytes(): number {
    return this.#records.reduce((sum, { response }) => sum + response.jsonBytes, 0);
  }
}
