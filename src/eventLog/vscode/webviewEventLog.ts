import type { Exchange } from '../../connections/vscode/networkLog.ts';
import type { RecordedResponse } from '../common/recordedResponse.ts';
import { SourceError } from '../../chatkit/common/errors.ts';
import { noEventLog, toResponseView, type EventLogState } from '../common/protocol.ts';
import type { ThreadLog } from './threadLog.ts';

/** Minimum time between two updates of the page during a response, ms. */
const debounceMs = 100;

/** Keeps one page up to date about a thread's log. */
export class WebviewEventLog {
  readonly log: ThreadLog | null;
  readonly #onChange: (state: EventLogState) => void;
  readonly #unsubscribe: () => void;
  #revision = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(log: ThreadLog | null, onChange: (state: EventLogState) => void) {
    this.log = log;
    this.#onChange = onChange;
    this.#unsubscribe = log?.onDidChange(() => this.#changed()) ?? (() => undefined);
  }

  get state(): EventLogState {
    const { log } = this;
    return log === null
      ? noEventLog
      : {
          responses: log.responses.map(toResponseView),
          replay: log.replay?.view ?? null,
          ...(log.requests === null ? {} : { requests: this.#revision }),
        };
  }

  /** Returns a response by its id. Throws `SourceError` `notFound` if it was discarded. */
  response(responseId: string): RecordedResponse {
    const response = this.log?.responses.find(({ id }) => id === responseId);
    if (response === undefined)
      throw new SourceError('notFound', 'This response is no longer available.', { nextStep: 'none' });
    return response;
  }

  /** Returns the requests of the thread or of its connection. */
  requests(scope: 'thread' | 'connection'): readonly Exchange[] {
    return this.log?.requests?.(scope) ?? [];
  }

  /** Returns a request by its id. Throws `SourceError` `notFound` if it was discarded. */
  request(requestId: number): Exchange {
    const found = this.requests('connection').find(({ id }) => id === requestId);
    if (found === undefined)
      throw new SourceError('notFound', 'This request is no longer available.', { nextStep: 'none' });
    return found;
  }

  dispose(): void {
    this.#unsubscribe();
    clearTimeout(this.#timer);
  }

  /** Reports changes of a replay's buttons immediately and all other changes debounced. */
  #changed(): void {
    this.#revision += 1;
    const { replay } = this.log ?? {};
    if (replay && replay.view.mode !== 'playing') return this.#onChange(this.state);
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#onChange(this.state);
    }, debounceMs);
  }
}
