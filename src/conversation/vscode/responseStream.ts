import { toSourceError, type SourceError } from '../../chatkit/common/errors.ts';
import { Emitter } from '../../base/common/events.ts';
import type { ThreadStore } from '../../chatkit/common/store/types.ts';
import type { ReceivedEvent, StreamFault } from '../../chatkit/common/stream/events.ts';
import { StreamState } from '../../chatkit/common/stream/streamState.ts';
import type { StreamCommand, ConversationApi } from '../../chatkit/common/stream/conversationApi.ts';
import { joinTextDeltas, type TextDelta } from '../../chatkit/common/stream/textDelta.ts';
import { ApplyToStore } from './applyToStore.ts';

/** How a run ended. */
export type RunEnd =
  /** The server closed the stream, and nothing had gone wrong. */
  | { readonly reason: 'done' }
  /** Stopped here. */
  | { readonly reason: 'stopped' }
  /** The server said that something went wrong, and closed the stream. */
  | { readonly reason: 'fault'; readonly fault: StreamFault }
  /** Refused before the first event, or broken after the last good one. */
  | { readonly reason: 'failed'; readonly error: SourceError };

export interface ResponseStreamOptions {
  /** Counts up in this window. */
  readonly id: number;
  readonly connectionId: string;
  /** Null for a thread that is yet to be made. */
  readonly threadId: string | null;
  /** What stands for the id of a thread that is yet to be made; else the thread's id, also when it is not given. */
  readonly place?: string;
  readonly command: StreamCommand;
  readonly talk: ConversationApi;
  readonly store: ThreadStore;
  /** The server has made the thread. */
  readonly onCreated: (threadId: string) => void;
}

/**
 * One command and the stream that answers it. Its events go into the thread's store as they come, so that tree, inspector
 * and export see what came; text that merely grows goes there a little later, and to `onDidGrow` at once.
 */
export class ResponseStream {
  readonly id: number;
  readonly connectionId: string;
  readonly place: string | null;
  readonly command: StreamCommand;
  /** ms since the epoch. */
  readonly startedAt = Date.now();
  /** Settles when the stream is over, however it ended; never rejects. */
  readonly ended: Promise<RunEnd>;
  readonly #parts: ResponseStreamOptions;
  readonly #stop = new AbortController();
  readonly #received = new Emitter<readonly ReceivedEvent[]>();
  readonly #grown = new Emitter<readonly TextDelta[]>();
  readonly #changed = new Emitter<void>();
  readonly #finished = new Emitter<RunEnd>();
  readonly #items: ApplyToStore;
  readonly #state = new StreamState();
  #end: RunEnd | null = null;
  #growth: TextDelta[] = [];
  #events = 0;
  #unfinished: readonly string[] = [];

  /** Every event as it came, those together that came together; told once they are applied. */
  readonly onDidReceive = this.#received.on;
  /** Told once, after the last event. */
  readonly onDidEnd = this.#finished.on;
  /** Text that joined items, in the order in which it came among all that the store tells. */
  readonly onDidGrow = this.#grown.on;
  /** Something apart from items changed: progress, notices, effects, what can be done. */
  readonly onDidChange = this.#changed.on;

  constructor(parts: ResponseStreamOptions) {
    this.#parts = parts;
    this.id = parts.id;
    this.connectionId = parts.connectionId;
    this.place = parts.place ?? parts.threadId;
    this.command = parts.command;
    this.#items = new ApplyToStore(parts.store, parts.threadId, parts.command);
    this.ended = this.#run();
  }

  /** Null until a new thread has been made. */
  get threadId(): string | null {
    return this.#items.threadId;
  }

  get state(): StreamState {
    return this.#state;
  }

  /** Null while it runs. */
  get end(): RunEnd | null {
    return this.#end;
  }

  /** How many events have come. */
  get eventCount(): number {
    return this.#events;
  }

  /** Items that were still being made when the stream ended. */
  get unfinished(): readonly string[] {
    return this.#unfinished;
  }

  /** What the store tells in this very moment was told by `onDidGrow` already. */
  get isQuiet(): boolean {
    return this.#items.isQuiet;
  }

  /** Ends the stream; what came stays. */
  stop(): void {
    this.#stop.abort();
  }

  /** Brings the store up to the last event. */
  flush(): void {
    this.#items.flush(this.#state);
  }

  async #run(): Promise<RunEnd> {
    const end = await this.#follow();
    this.#unfinished = [...this.#state.open];
    this.#state.end();
    this.#items.end(this.#state, end.reason === 'done');
    this.#end = end;
    this.#finished.fire(end);
    this.#changed.fire();
    return end;
  }

  async #follow(): Promise<RunEnd> {
    const { talk, command } = this.#parts;
    const { signal } = this.#stop;
    try {
      for await (const received of talk.send(command, signal)) {
        if (signal.aborted) break;
        this.#take(received);
      }
    } catch (thrown) {
      const error = toSourceError(thrown);
      if (!signal.aborted) return { reason: 'failed', error };
    }
    if (signal.aborted) return { reason: 'stopped' };
    const { fault } = this.#state;
    return fault === null ? { reason: 'done' } : { reason: 'fault', fault };
  }

  #take(received: readonly ReceivedEvent[]): void {
    const before = this.#state.revision;
    this.#events += received.length;
    for (const { event } of received) {
      const isNews = this.#state.take(event, (itemId) => this.#items.known(itemId));
      if (event.type === 'threadCreated' && this.threadId === null) {
        this.#items.begin(event.thread);
        this.#parts.onCreated(event.thread.id);
      }
      const growth = isNews ? this.#items.growthOf(event) : null;
      if (growth !== null) {
        joinTextDeltas(this.#growth, growth);
      } else {
        // What the store is told has in it what grew before.
        this.#tellGrowth();
        this.#items.apply(event, this.#state);
      }
    }
    this.#tellGrowth();
    this.#items.schedule(() => this.flush());
    this.#received.fire(received);
    if (before !== this.#state.revision || this.#events === received.length) this.#changed.fire();
  }

  #tellGrowth(): void {
    if (this.#growth.length === 0) return;
    const growth = this.#growth;
    this.#growth = [];
    this.#grown.fire(growth);
  }
}
