import type { CaptureProblem } from '../../../chatkit/common/streamEvents/capture.ts';
import { StreamState } from '../../../chatkit/common/stream/streamState.ts';
import type { ReceivedEvent } from '../../../chatkit/common/stream/events.ts';
import { isSourceError } from '../../../chatkit/common/errors.ts';
import { ruleOf } from '../../../chatkit/common/protocolProblems/catalogue/catalogue.ts';
import type { RuleId } from '../../../chatkit/common/protocolProblems/catalogue/ruleIds.ts';
import { oneLine } from '../../../base/common/plainText.ts';
import { readEventLog } from '../../../eventLog/common/readEventLog.ts';
import type { Context } from '../connection.ts';
import { CliError, exitCodes } from '../errors.ts';
import { readText } from '../files.ts';
import { toJson, itemRows, itemStyles } from '../reading.ts';

/** A recorded stream. */
interface Recording {
  readonly received: readonly ReceivedEvent[];
  readonly threadId: string | null;
  /** How it ended; null if the recording has no end. */
  readonly end: string | null;
  /** Rules that the stream as a whole violates. */
  readonly violated: readonly RuleId[];
  readonly problems: readonly { readonly line: number; readonly problem: string }[];
}

/** Prints the thread after the last event of a saved event log or of a capture of another tool. */
export async function replay(path: string, context: Context): Promise<number> {
  const { out } = context;
  const recording = recordingOf(await readText(path, context), path);
  const state = new StreamState();
  for (const { event } of recording.received) state.apply(state.resolve(event, () => undefined));
  const rules = rulesOf(recording);
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
      rules: rules.map((rule) => ({ ...rule })),
    });
    return exitCodes.fine;
  }
  await out.line(out.paint('bold', oneLine(thread?.title ?? '') || oneLine(threadId ?? '') || 'Thread'));
  await out.table(itemRows(items), itemStyles);
  const counts = [counted(recording.received.length, 'event'), counted(items.length, 'item')].join(', ');
  out.note(open.length === 0 ? `${counts}.` : `${counts}, ${open.length} never finished.`);
  if (fault !== null) out.note(`The response ended with an error: ${oneLine(fault.message ?? fault.code)}`);
  for (const { id, title, events } of rules) out.note(`${id} ${title}${events === 0 ? '' : ` (${events})`}`);
  for (const { line, problem } of recording.problems) out.note(`${path}:${line}: ${problem}`);
  return exitCodes.fine;
}

/** Reads the file as the extension does. */
function recordingOf(text: string, path: string): Recording {
  try {
    return recordingIn(text);
  } catch (error) {
    if (!isSourceError(error, 'invalidResponse')) throw error;
    const nextStep = 'record one: curl -N … > stream.txt';
    throw new CliError('file', `${path}: ${error.message}`, nextStep);
  }
}

function recordingIn(text: string): Recording {
  const { response, received, stoppedAt, capture } = readEventLog(text);
  const dropped = received.filter((event) => event === null).length;
  return {
    received: received.filter((event) => event !== null),
    threadId: response.threadId,
    end: capture === null ? (response.end?.kind ?? null) : null,
    violated: response.end?.rules ?? [],
    problems: [
      ...(capture?.problems ?? []).map(({ kind, line }) => ({ line, problem: captureProblems[kind] })),
      ...(dropped === 0 ? [] : [{ line: 1, problem: `${dropped} events were saved without their content.` }]),
      ...(stoppedAt === null ? [] : [{ line: stoppedAt.line, problem: 'The file ends here or is damaged.' }]),
    ],
  };
}

/** The rules that the stream violates, each once. `events`: number of its events that do; 0 for the stream as a whole. */
function rulesOf({ received, violated }: Recording): { id: RuleId; title: string; events: number }[] {
  const counts = new Map<RuleId, number>(violated.map((id) => [id, 0]));
  for (const id of received.flatMap(({ rules }) => rules ?? [])) counts.set(id, (counts.get(id) ?? 0) + 1);
  return [...counts]
    .map(([id, events]) => ({ id, title: ruleOf(id).title, events }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
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

function counted(count: number, noun: 'event' | 'item'): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
