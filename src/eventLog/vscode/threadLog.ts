import * as l10n from '@vscode/l10n';
import type { Exchange, NetworkLog } from '../../connections/vscode/networkLog.ts';
import type { RecordedResponse } from '../common/recordedResponse.ts';
import { SourceError } from '../../chatkit/common/errors.ts';
import {
  type EventLogState,
  type ReplayControl,
  type ReplayView,
  noEventLog,
  toResponseView,
} from '../common/protocol.ts';
import type { EventLogs } from '../common/responseRecorder.ts';
import type { Unsubscribe } from '../../base/common/events.ts';
import type { ThreadRef } from '../../chatkit/common/model/thread.ts';

/** A replay that a webview shows and controls. */
export interface Replay {
  readonly view: ReplayView;
  /** Called when a webview shows the replay. */
  onShown(): void;
  control(to: ReplayControl): void;
}

/** The recorded responses of one thread. */
export interface ThreadLog {
  /** Oldest first. */
  readonly responses: readonly RecordedResponse[];
  /** Null for a thread of a connection. */
  readonly replay: Replay | null;
  /** The requests of the thread, or of its connection; null where there is no connection. */
  readonly requests: ((scope: 'thread' | 'connection') => readonly Exchange[]) | null;
  readonly onDidChange: (listener: () => void) => Unsubscribe;
}

/** Returns the log of a thread of a connection. */
export function liveLog(
  logs: EventLogs,
  { connectionId, threadId }: ThreadRef,
  requests: Pick<NetworkLog, 'of' | 'onDidChange'>,
): ThreadLog {
  return {
    get responses() {
      return logs.responses(connectionId, threadId);
    },
    replay: null,
    requests: (scope) => requests.of(connectionId, scope === 'thread' ? threadId : undefined),
    onDidChange: (listener) => {
      const unsubscribe = [
        logs.onDidChange(({ connectionId: changed, response, threadKey }) => {
          if (changed === connectionId && (response.threadId === threadId || threadKey === threadId)) listener();
        }),
        requests.onDidChange((changed) => {
          if (changed === connectionId) listener();
        }),
      ];
      return () => {
        for (const stop of unsubscribe) stop();
      };
    },
  };
}

/** Minimum time between two updates of the webview during a response, ms. */
const debounceMs = 100;

/** Keeps one webview up to date about a thread's log. */
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
      throw new SourceError('notFound', l10n.t('This response is no longer available.'), { nextStep: 'none' });
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
      throw new SourceError('notFound', l10n.t('This request is no longer available.'), { nextStep: 'none' });
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
