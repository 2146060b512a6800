import { Emitter } from '../../base/common/events.ts';
import { ResponseRecorder } from './responseRecorder.ts';
import type { ReceivedEvent } from '../../chatkit/common/stream/events.ts';
import type { RecordedEnd, RecordedStart } from './recordedResponse.ts';

/** What is kept over all threads; the oldest run that is over makes room. */
const maxRuns = 50;
const maxJsonBytes = 96 * 1024 * 1024;

/** A run began, grew or ended. */
export interface ResponseRecord {
  readonly connectionId: string;
  readonly run: ResponseRecorder;
  /** The thread that it was begun for; for a new one, what stands for its id until the server has made it. */
  readonly place: string | null;
}

/** The recording of one run, for whoever receives its events. */
export interface Recording {
  readonly run: ResponseRecorder;
  add(received: readonly ReceivedEvent[]): void;
  finish(end: RecordedEnd): void;
}

/** What streamed since the window was opened, run by run. */
export class EventLogs {
  readonly #runs: ResponseRecord[] = [];
  readonly #changed = new Emitter<ResponseRecord>();
  #lastId = 0;

  readonly on = this.#changed.on;

  /** Oldest first; `threadId` may also be a place. Those before the one that made the thread belong to it. */
  runs(connectionId: string, threadId: string): readonly ResponseRecorder[] {
    const here = this.#runs.filter((kept) => kept.connectionId === connectionId);
    const places = new Set([threadId, ...here.flatMap(({ run, place }) => (run.threadId === threadId ? place : []))]);
    return here.flatMap(({ run, place }) =>
      run.threadId === threadId || (run.threadId === null && place !== null && places.has(place)) ? run : [],
    );
  }

  /** All of them, oldest first. */
  get all(): readonly ResponseRecord[] {
    return this.#runs;
  }

  begin(connectionId: string, start: RecordedStart, place = start.threadId): Recording {
    this.#lastId += 1;
    const run = new ResponseRecorder(String(this.#lastId), start, undefined);
    const change = { connectionId, run, place };
    this.#runs.push(change);
    this.#makeRoom();
    this.#changed.fire(change);
    return {
      run,
      add: (received) => {
        run.add(received);
        this.#changed.fire(change);
      },
      finish: (end) => {
        run.finish(end);
        this.#makeRoom();
        this.#changed.fire(change);
      },
    };
  }

  #makeRoom(): void {
    while (this.#runs.length > maxRuns || this.#jsonBytes > maxJsonBytes) {
      const oldest = this.#runs.findIndex(({ run }) => run.end !== null);
      // The newest run stays, whatever its size: it has a limit of its own.
      if (oldest < 0 || oldest === this.#runs.length - 1) return;
      const [gone] = this.#runs.splice(oldest, 1);
      if (gone !== undefined) this.#changed.fire(gone);
    }
  }

  get #jsonBytes(): number {
    return this.#runs.reduce((sum, { run }) => sum + run.jsonBytes, 0);
  }
}
