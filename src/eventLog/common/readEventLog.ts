import { parseJson } from '../../base/common/parseJson.ts';
import type * as z from 'zod';
import type { Json } from '../../base/common/json.ts';
import { SourceError } from '../../chatkit/common/errors.ts';
import { notJson, type ReceivedEvent } from '../../chatkit/common/stream/events.ts';
import { problemOf } from '../../chatkit/common/wire/problem.ts';
import { toStreamEvent } from '../../chatkit/common/wire/server/event.ts';
import { endLineSchema, eventLineSchema, eventsHeaderSchema } from './eventLogFile.ts';
import type { RecordedResponse } from './recordedResponse.ts';
import { ResponseRecorder, type RecorderLimits } from './responseRecorder.ts';

/** `notJson`: the file is probably truncated there. `line` starts at 1. */
interface StoppedAt {
  readonly line: number;
  readonly problem: 'notJson' | 'notAnEvent';
}

export interface SavedResponse {
  readonly response: RecordedResponse;
  /** The events of `response` to play, in order; null for an event whose JSON was not saved. */
  readonly received: readonly (ReceivedEvent | null)[];
  /** The connection's name at the time of saving. */
  readonly connectionName: string | null;
  /** Where reading stopped because of invalid content; null if the whole file was read. */
  readonly stoppedAt: StoppedAt | null;
}

/** The whole file is shown, so only the number of events is limited. */
const fileLimits: RecorderLimits = { jsonBytes: Number.MAX_SAFE_INTEGER, events: 200_000, itemIds: 5_000 };

/**
 * Reads a saved event log. For a truncated or damaged file, returns the events before the invalid line. Throws
 * `SourceError` `invalidResponse` if the file is not an event log.
 */
export function readEventLog(text: string): SavedResponse {
  const lines = linesOf(text);
  const { value: head = '' } = lines.next();
  const header = eventsHeaderSchema.safeParse(parse(head));
  if (!header.success) {
    const why = parse(head) === undefined ? 'the first line is not valid JSON' : problemOf(header.error);
    throw new SourceError('invalidResponse', `This file is not an event log: ${why}.`, { nextStep: 'none' });
  }
  const { command, threadId = null, startedAt, connection } = header.data;
  const response = new ResponseRecorder('saved', { command, threadId, startedAt: Date.parse(startedAt) }, fileLimits);
  const reader = new Reader(response);
  for (const line of lines) if (!reader.readLine(line)) break;
  return {
    response,
    received: reader.received,
    connectionName: connection?.name ?? null,
    stoppedAt: reader.stoppedAt,
  };
}

/** Thread id of items that have none. */
const unknownThread = '';

class Reader {
  readonly received: (ReceivedEvent | null)[] = [];
  stoppedAt: StoppedAt | null = null;
  readonly #response: ResponseRecorder;
  #line = 1;
  #at = 0;

  constructor(response: ResponseRecorder) {
    this.#response = response;
  }

  /** Returns false after the last readable line. */
  readLine(text: string): boolean {
    this.#line += 1;
    if (text.trim() === '') return true;
    const json = parse(text);
    if (json === undefined) return this.#stop('notJson');
    const end = endLineSchema.safeParse(json);
    if (end.success) {
      const { end: how, at, reason = null, unkept } = end.data;
      this.#response.addDropped(unkept ?? 0);
      this.#response.finish({ kind: how, at: this.#inOrder(at), reason });
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
      this.#response.addWithoutJson({ at, bytes, type, change, itemId, text: says ?? '', problem: null });
      this.received.push(null);
      return;
    }
    const received: ReceivedEvent =
      'text' in line
        ? { at, bytes, raw: line.text, event: { type: 'unknown', wireType: null, problem: notJson } }
        : { at, bytes, raw: line.data, event: toStreamEvent(line.data, this.#response.threadId ?? unknownThread) };
    this.#response.add([received]);
    this.received.push(received);
  }

  #stop(problem: StoppedAt['problem']): false {
    this.stoppedAt = { line: this.#line, problem };
    return false;
  }

  /** Returns `at` or the previous event's time, whichever is later: the player requires ascending times. */
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
