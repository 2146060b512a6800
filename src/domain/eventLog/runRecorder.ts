import { bringsText } from '../stream/bringsText.ts';
import type { ReceivedEvent } from '../stream/events.ts';
import { englishSummary, type SummaryStrings } from '../summary/strings.ts';
import { toRecordedEvent } from './recordedEvent.ts';
import type { LatencyMarks, RecordedEvent, RecordedRun, RunEnd, RunStart } from './recordedRun.ts';

export interface RecorderLimits {
  /** Bytes of event data whose JSON is kept. */
  readonly jsonBytes: number;
  readonly events: number;
  readonly itemIds: number;
}

/** Some minutes of the fastest stream; a run that is longer keeps its times and types, and the JSON of its last part. */
export const recorderLimits: RecorderLimits = { jsonBytes: 32 * 1024 * 1024, events: 200_000, itemIds: 5_000 };

/** Records one run, event by event, in bounded memory. */
export class RunRecorder implements RecordedRun {
  readonly id: string;
  readonly command: string;
  readonly startedAt: number;
  readonly #limits: RecorderLimits;
  readonly #strings: SummaryStrings;
  readonly #events: RecordedEvent[] = [];
  readonly #itemIds = new Set<string>();
  #threadId: string | null;
  #jsonBytes = 0;
  #withoutJson = 0;
  #unkept = 0;
  #firstEvent: number | null = null;
  #firstText: number | null = null;
  #end: RunEnd | null = null;

  constructor(
    id: string,
    { command, threadId, startedAt }: RunStart,
    limits: RecorderLimits = recorderLimits,
    strings: SummaryStrings = englishSummary,
  ) {
    this.id = id;
    this.command = command;
    this.startedAt = startedAt;
    this.#threadId = threadId;
    this.#limits = limits;
    this.#strings = strings;
  }

  /** The thread that was written to; known from its first event on where the command created it. */
  get threadId(): string | null {
    return this.#threadId;
  }

  get events(): readonly RecordedEvent[] {
    return this.#events;
  }

  get unkept(): number {
    return this.#unkept;
  }

  get withoutJson(): number {
    return this.#withoutJson;
  }

  /** Bytes of event data whose JSON is kept. */
  get jsonBytes(): number {
    return this.#jsonBytes;
  }

  get itemIds(): readonly string[] {
    return [...this.#itemIds];
  }

  get marks(): LatencyMarks {
    return { firstEvent: this.#firstEvent, firstText: this.#firstText, end: this.#end?.at ?? null };
  }

  get end(): RunEnd | null {
    return this.#end;
  }

  /** Takes what came, in the order in which it came. */
  add(received: readonly ReceivedEvent[]): void {
    for (const one of received) this.#take(one);
    this.#makeRoom();
  }

  /** An event of a saved log that had lost its JSON before it was saved. Those come first. */
  addWithoutJson(event: Omit<RecordedEvent, 'raw'>): void {
    this.#firstEvent ??= event.at;
    if (this.#events.length >= this.#limits.events) {
      this.#unkept += 1;
      return;
    }
    this.#keep({ ...event, raw: undefined });
    this.#withoutJson = this.#events.length;
  }

  /** So many more came than are here. */
  countUnkept(events: number): void {
    this.#unkept += events;
  }

  /** The first end counts. */
  finish(end: RunEnd): void {
    this.#end ??= end;
  }

  #take(received: ReceivedEvent): void {
    const { at, bytes, event } = received;
    this.#firstEvent ??= at;
    if (this.#firstText === null && bringsText(event)) this.#firstText = at;
    if (event.type === 'threadCreated') this.#threadId ??= event.thread.id;
    if (this.#events.length >= this.#limits.events) {
      this.#unkept += 1;
      return;
    }
    const recorded = toRecordedEvent(received, this.#strings);
    this.#keep(recorded);
    this.#jsonBytes += bytes;
  }

  #keep(event: RecordedEvent): void {
    this.#events.push(event);
    if (event.itemId !== null && this.#itemIds.size < this.#limits.itemIds) this.#itemIds.add(event.itemId);
  }

  /** The oldest JSON goes first: of a stream that went wrong the end tells more than the beginning. */
  #makeRoom(): void {
    while (this.#jsonBytes > this.#limits.jsonBytes) {
      const oldest = this.#events[this.#withoutJson];
      if (oldest === undefined) return;
      this.#events[this.#withoutJson] = { ...oldest, raw: undefined };
      this.#jsonBytes -= oldest.bytes;
      this.#withoutJson += 1;
    }
  }
}
