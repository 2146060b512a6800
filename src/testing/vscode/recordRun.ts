import { toWireCommand } from '../../chatkit/common/wire/server/command.ts';
import type { ScriptResult, StepResult } from '../../conversation/common/script/types.ts';
import type { EventLogs } from '../../eventLog/common/eventLogs.ts';
import type { RecordedEnd } from '../../eventLog/common/recordedResponse.ts';

/**
 * Adds the responses of a script to the event logs of this window, so that its thread shows them, and they can be saved and
 * replayed. Returns the id of the response of each step; null for a step without one. `startedAt`: start of the script, in
 * ms since the epoch.
 */
export function recordRun(
  logs: EventLogs,
  connectionId: string,
  script: Pick<ScriptResult, 'threadId' | 'steps'>,
  startedAt: number,
): readonly (string | null)[] {
  return script.steps.map((step) => {
    const { command, events } = step;
    if (command === null) return null;
    const threadId = command.type === 'createThread' ? null : script.threadId;
    const start = { command: toWireCommand(command).type, threadId, startedAt: startedAt + step.startedAt };
    const recording = logs.startRecording(connectionId, start, script.threadId, command);
    recording.add(events);
    recording.finish(endOf(step));
    return recording.response.id;
  });
}

function endOf({ outcome, endMs, fault, error, durationMs }: StepResult): RecordedEnd {
  const at = endMs ?? durationMs;
  if (outcome === 'failed') return { kind: 'failed', at, reason: error?.message ?? null };
  if (outcome === 'stopped') return { kind: 'stopped', at, reason: null };
  return { kind: 'closed', at, reason: fault === null ? null : (fault.message ?? fault.code) };
}
