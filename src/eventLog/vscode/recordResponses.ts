import type { EventLogs } from '../common/eventLogs.ts';
import type { RecordedEnd as RecordedEnd } from '../common/recordedResponse.ts';
import { toWireCommand } from '../../chatkit/common/wire/server/command.ts';
import type { RunEnd, ResponseStream } from '../../conversation/vscode/responseStream.ts';
import type { ConversationService } from '../../conversation/vscode/conversationService.ts';

/** Records every run of this window, whether or not a panel shows its thread. */
export function recordResponses(talks: Pick<ConversationService, 'onDidStart'>, logs: EventLogs): void {
  talks.onDidStart((run) => record(run, logs));
}

function record(run: ResponseStream, logs: EventLogs): void {
  const { connectionId, command, threadId, place, startedAt } = run;
  // Of what was sent only the command's name: the rest is the user's, and stands in the thread.
  const recording = logs.begin(connectionId, { command: toWireCommand(command).type, threadId, startedAt }, place);
  run.onDidReceive(recording.add);
  run.onDidEnd((end) => recording.finish(toRecordedEnd(end, Date.now() - startedAt)));
}

function toRecordedEnd(end: RunEnd, at: number): RecordedEnd {
  switch (end.reason) {
    case 'done':
      return { how: 'closed', at, reason: null };
    case 'stopped':
      return { how: 'stopped', at, reason: null };
    case 'fault':
      return { how: 'closed', at, reason: end.fault.message ?? end.fault.code };
    case 'failed':
      return { how: 'failed', at, reason: end.error.message };
  }
}
