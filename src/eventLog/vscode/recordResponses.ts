import type { EventLogs } from '../common/responseRecorder.ts';
import type { RecordedEnd } from '../common/recordedResponse.ts';
import type { RuleId } from '../../chatkit/common/protocolProblems/catalogue/ruleIds.ts';
import { toWireCommand } from '../../chatkit/common/wire/server/command.ts';
import type { ResponseEnd, ResponseStream } from '../../conversation/vscode/responseStream.ts';
import type { ConversationService } from '../../conversation/vscode/conversationService.ts';

/** Records every response of this window, even if no panel shows its thread. */
export function recordResponses(conversations: Pick<ConversationService, 'onDidStart'>, logs: EventLogs): void {
  conversations.onDidStart((response) => record(response, logs));
}

function record(response: ResponseStream, logs: EventLogs): void {
  const { connectionId, command, threadId, threadKey, startedAt } = response;
  // A saved log has only the command's name: its content is the user's and is part of the thread.
  const recording = logs.startRecording(
    connectionId,
    { command: toWireCommand(command).type, threadId, startedAt },
    threadKey,
    command,
  );
  response.onDidReceive(recording.add);
  response.onDidEnd((end) => recording.finish(toRecordedEnd(end, Date.now() - startedAt, response.rules)));
}

function toRecordedEnd(end: ResponseEnd, at: number, violated: readonly RuleId[]): RecordedEnd {
  const rules = violated.length === 0 ? {} : { rules: violated };
  switch (end.reason) {
    case 'done':
      return { kind: 'closed', at, reason: null, ...rules };
    case 'stopped':
      return { kind: 'stopped', at, reason: null, ...rules };
    case 'fault':
      return { kind: 'failed', at, reason: end.fault.message ?? end.fault.code, ...rules };
    case 'failed':
      return { kind: 'failed', at, reason: end.error.message, ...rules };
  }
}
