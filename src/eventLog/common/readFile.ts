import { parseJson } from '../../base/common/parseJson.ts';
import type * as z from 'zod';
import type { Json } from '../../base/common/json.ts';
import { SourceError } from '../../chatkit/common/errors.ts';
import { notJson, type ReceivedEvent } from '../../chatkit/common/stream/events.ts';
import { problemOf } from '../../chatkit/common/wire/problem.ts';
import { toStreamEvent } from '../../chatkit/common/wire/server/event.ts';
import { endLineSchema, eventLineSchema, eventsHeaderSchema } from './file.ts';
import type { RecordedResponse } from './recordedResponse.ts';
import { ResponseRecorder, type RecorderLimits } from './responseRecorder.ts';

/** `notJson`: most likely the file was cut off there. Lines are counted from 1. */
export interface StoppedAt {
  readonly line: number;
  readonly problem: 'notJson' | 'notAnEvent';
}

export interface SavedResponse {
  readonly run: RecordedResponse;
  /** What to play: the events of `run`, in their order; null for one whose JSON was not saved. */
  readonly received: readonly (ReceivedEvent | null)[];
  /** The connection's name, as it was when the log was saved. */
  readonly connectionName: string | null;
  /** Where reading had to stop; null when the whole file was read. What stands before it is good. */
  readonly stoppedAt: StoppedAt | null;
}

/** Everything of a file is shown, so nothing but the number of events is limited. */
const fileLimits: RecorderLimits = { jsonBytes: Number.MAX_SAFE_INTEGER, events: 200_000, itemIds: 5_000 };

/**
 * Reads a saved event log. A file that was cut off, or that somebody broke, gives what stands before the place. Throws
 * `SourceError` kind `invalidResponse` for what is no event log at all.
 */
export function readEventLog(text: string): SavedResponse {
  const lines = linesOf(text);
  const { value: head = '' } = lines.next();
  const header = eventsHeaderSchema.safeParse(parse(head));
  if (!header.success) {
    const why = parse(head) === undefined ? 'the first line is not JSON' : problemOf(header.error);
    throw new SourceError('invalidResponse', `This file is not an event log: ${why}.`, { nextStep: 'none' });
  }
  const { command, threadId = null, startedAt, connection } = header.data;
  const run = new ResponseRecorder('saved', { command, threadId, startedAt: Date.parse(startedAt) }, fileLimits);
  const reader = new Reader(run);
  for (const line of lines) if (!reader.take(line)) break;
  return {
    run,
    received: reader.received,
    connectionName: connection?.name ?? null,
    stoppedAt: reader.stoppedAt,
  };
}

/** The id that the events' items are given where they do not say their thread. */
const unknownThread = '';

class Reader {
  readonly received: (ReceivedEvent | null)[] = [];
  stoppedAt: StoppedAt | null = null;
  readonly #run: ResponseRecorder;
  #line = 1;
  #at = 0;

  constructor(run: ResponseRecorder) {
    this.#run = run;
  }

  /** False: this was the last line that can be read. */
  take(text: string): boolean {
    this.#line += 1;
    if (text.trim() === '') return true;
    const json = parse(text);
    if (json === undefined) return this.#stop('notJson');
    const end = endLineSchema.safeParse(json);
    if (end.success) {
      const { end: how, at, reason = null, unkept } = end.data;
      this.#run.countUnkept(unkept ?? 0);
      this.#run.finish({ how, at: this.#inOrder(at), reason });
      return false;
    }
    const event = eventLineSchema.safeParse(json);
    if (!event.success) return this.#stop('notAnEvent');
    this.#add(event.data);
    return true;
  }

  #add(line: z.output<typeof eventLineSchema>): void {
    const { bytes } = line;
    const at = this.#inOrder(line.at);
    if ('withoutJson' in line) {
      const { type = null, change = null, itemId = null, says } = line;
      this.#run.addWithoutJson({ at, bytes, type, change, itemId, text: says ?? '', problem: null });
      this.received.push(null);
      return;
    }
    const received: ReceivedEvent =
      'text' in line
        ? { at, bytes, raw: line.text, event: { type: 'unknown', wireType: null, problem: notJson } }
        : { at, bytes, raw: line.data, event: toStreamEvent(line.data, this.#run.threadId ?? unknownThread) };
    this.#run.add([received]);
    this.received.push(received);
  }

  #stop(problem: StoppedAt['problem']): false {
    this.stoppedAt = { line: this.#line, problem };
    return false;
  }

  /** Time does not run backwards, whatever a file says. */
  #inOrder(at: number): number {
    this.#at = Math.max(this.#at, at);
    return this.#at;
  }
}

function* linesOf(text: string): Generator<string> {
  let start = 0;
  while (start < text.length) {
    const end = text.indexOf('\n', start);
    const stop = end < 0 ? text.length : end;
    yield text.slice(start, stop);
    start = stop + 1;
  }
}

function parse(text: string): Json | undefined {
  try {
    return parseJson(text.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}
