import { parseCapture } from '../../../chatkit/common/streamCaptures/parseCapture.ts';
import type { CaptureProblem } from '../../../chatkit/common/streamCaptures/capture.ts';
import { StreamState } from '../../../chatkit/common/stream/streamState.ts';
import type { ReceivedEvent } from '../../../chatkit/common/stream/events.ts';
import { toStreamEvent } from '../../../chatkit/common/wire/server/event.ts';
import type { Json } from '../../../base/common/json.ts';
import { cutDeep } from '../../../base/common/parseJson.ts';
import { oneLine } from '../../../base/common/plainText.ts';
import { readEventLog } from '../../../eventLog/common/readEventLog.ts';
import type { Context } from '../connection.ts';
import { CliError, exitCodes } from '../errors.ts';
import { readText } from '../files.ts';
import { toJson, writeItems } from '../reading.ts';

/** A recorded stream. */
interface Recording {
  readonly received: readonly Pick<ReceivedEvent, 'event'>[];
  readonly threadId: string | null;
  /** How it ended; null if the recording has no end. */
  readonly end: string | null;
  readonly problems: readonly { readonly line: number; readonly problem: string }[];
}

/** Prints the thread after the last event of a saved event log or of a capture of another tool. */
export async function replay(path: string, context: Context): Promise<number> {
  const { out } = context;
  const recording = recordingOf(await readText(path, context), path);
  const state = new StreamState();
  for (const { event } of recording.received) state.take(event);
  const open = [...state.open];
  const { thread, items, fault, notices } = state;
  const threadId = thread?.id ?? recording.threadId ?? items[0]?.threadId ?? null;
  if (out.isJson) {
    await out.json({
      ...(thread === null ? { id: threadId, title: null, createdAt: null, raw: null } : toJson(thread)),
      items: items.map(toJson),
      openItems: open,
      events: recording.received.length,
      end: recording.end,
      error: fault === null ? null : { ...fault },
      notices: notices.map((notice) => ({ ...notice })),
      problems: recording.problems.map((problem) => ({ ...problem })),
    });
    return exitCodes.fine;
  }
  await out.line(out.paint('bold', oneLine(thread?.title ?? '') || oneLine(threadId ?? '') || 'Thread'));
  await writeItems(out, items);
  const counts = `${recording.received.length} events, ${items.length} items`;
  out.note(open.length === 0 ? `${counts}.` : `${counts}, ${open.length} never finished.`);
  if (fault !== null) out.note(`The response ended with an error: ${oneLine(fault.message ?? fault.code)}`);
  for (const { line, problem } of recording.problems) out.note(`${path}:${line}: ${problem}`);
  return exitCodes.fine;
}

function recordingOf(text: string, path: string): Recording {
  if (/^\uFEFF?\s*\{[^\n]*"chatkit-inspector\/events"/.test(text)) return savedRecording(text);
  const { events, problems } = parseCapture(text);
  const received = events
    .filter(({ data }) => typeof data === 'object' && data !== null)
    .map(({ data }) => ({ event: toStreamEvent(cutDeep(data as Json), '') }));
  if (received.every(({ event }) => event.type === 'unknown' && event.wireType === null)) {
    throw new CliError('file', `${path} contains no events of a ChatKit stream.`, 'record one: curl -N … > stream.txt');
  }
  return {
    received,
    threadId: null,
    end: null,
    problems: problems.map(({ kind, line }) => ({ line, problem: captureProblems[kind] })),
  };
}

function savedRecording(text: string): Recording {
  const { response, received, stoppedAt } = readEventLog(text);
  const dropped = received.filter((event) => event === null).length;
  return {
    received: received.filter((event) => event !== null),
    threadId: response.threadId,
    end: response.end?.kind ?? null,
    problems: [
      ...(dropped === 0 ? [] : [{ line: 1, problem: `${dropped} events were saved without their content.` }]),
      ...(stoppedAt === null ? [] : [{ line: stoppedAt.line, problem: 'The file ends here or is damaged.' }]),
    ],
  };
}

const captureProblems: Readonly<Record<CaptureProblem['kind'], string>> = {
  noEvents: 'There are no events.',
  notJson: 'The data of this event is not JSON.',
  lineWithoutField: 'A line inside this event has no field name.',
  unterminated: 'The capture ends inside this event.',
  ignoredLine: 'This line is not part of a stream.',
  severalStreams: 'Only the first stream is read.',
  tooManyEvents: 'Later events are not read.',
};
