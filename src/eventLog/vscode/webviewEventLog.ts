import type { RecordedResponse } from '../common/recordedResponse.ts';
import { SourceError } from '../../chatkit/common/errors.ts';
import { noEventLog, toResponseView, type EventLogState } from '../common/protocol.ts';
import type { ThreadLog } from './threadLog.ts';

/** How often a page hears that a run has grown, ms: often enough to look alive, and next to nothing to draw. */
const tellEvery = 100;

/** What one page is told of a thread's log. */
export class WebviewEventLog {
  readonly log: ThreadLog | null;
  readonly #onChange: (state: EventLogState) => void;
  readonly #unsubscribe: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(log: ThreadLog | null, onChange: (state: EventLogState) => void) {
    this.log = log;
    this.#onChange = onChange;
    this.#unsubscribe = log?.onDidChange(() => this.#changed()) ?? (() => undefined);
  }

  get state(): EventLogState {
    const { log } = this;
    return log === null ? noEventLog : { responses: log.runs.map(toResponseView), replay: log.replay?.view ?? null };
  }

  /** Throws `SourceError` kind `notFound` for a run that made room. */
  run(runId: string): RecordedResponse {
    const run = this.log?.runs.find(({ id }) => id === runId);
    if (run === undefined) throw new SourceError('notFound', 'This run is no longer kept.', { nextStep: 'none' });
    return run;
  }

  dispose(): void {
    this.#unsubscribe();
    clearTimeout(this.#timer);
  }

  /** What a button of a replay does is told at once: somebody pressed it and looks. */
  #changed(): void {
    const { replay } = this.log ?? {};
    if (replay && replay.view.mode !== 'playing') return this.#onChange(this.state);
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#onChange(this.state);
    }, tellEvery);
  }
}
