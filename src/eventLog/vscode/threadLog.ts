import type { EventLogs } from '../common/eventLogs.ts';
import type { RecordedResponse } from '../common/recordedResponse.ts';
import type { Unsubscribe } from '../../base/common/events.ts';
import type { ThreadRef } from '../../chatkit/common/refs.ts';
import type { AskLog, ReplayView } from '../common/protocol.ts';

/** A saved run that is played; what a page may do with it. */
export interface Replay {
  readonly view: ReplayView;
  /** A page shows it for the first time. */
  shown(): void;
  control(to: AskLog<'replay'>['to']): void;
}

/** What streamed in one thread. */
export interface ThreadLog {
  /** Oldest first. */
  readonly runs: readonly RecordedResponse[];
  /** Null where it streams for real. */
  readonly replay: Replay | null;
  readonly onDidChange: (listener: () => void) => Unsubscribe;
}

/** The log of a thread of a connection. */
export function liveLog(logs: EventLogs, { connectionId, threadId }: ThreadRef): ThreadLog {
  return {
    get runs() {
      return logs.runs(connectionId, threadId);
    },
    replay: null,
    onDidChange: (listener) =>
      logs.on(({ connectionId: changed, run, place }) => {
        if (changed === connectionId && (run.threadId === threadId || place === threadId)) listener();
      }),
  };
}
