import { Emitter } from '../../base/common/events.ts';
import { ResponseRecorder } from './responseRecorder.ts';
import type { ReceivedEvent } from '../../chatkit/common/stream/events.ts';
import type { StreamCommand } from '../../chatkit/common/stream/conversationApi.ts';
import type { RecordedEnd, RecordedStart } from './recordedResponse.ts';

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
