import type { Exchange, NetworkLog } from '../../connections/vscode/networkLog.ts';
import type { EventLogs } from '../common/eventLogs.ts';
import type { RecordedResponse } from '../common/recordedResponse.ts';
import type { Unsubscribe } from '../../base/common/events.ts';
import type { ThreadRef } from '../../chatkit/common/refs.ts';
import type { ReplayControl, ReplayView } from '../common/protocol.ts';

/** A replay that a page shows and controls. */
export interface Replay {
  readonly view: ReplayView;
  /** Called when a page shows the replay. */
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
