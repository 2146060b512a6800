import type { EventLogs } from '../../../domain/eventLog/eventLogs.ts';
import type { RecordedRun } from '../../../domain/eventLog/recordedRun.ts';
import type { Unsubscribe } from '../../../domain/events.ts';
import type { ThreadRef } from '../../../domain/refs.ts';
import type { AskLog, ReplayView } from '../../../protocol/eventLog.ts';

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
  readonly runs: readonly RecordedRun[];
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
