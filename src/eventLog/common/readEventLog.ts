import * as l10n from '@vscode/l10n';
import * as z from 'zod';
import { exactJson, parseJson, withNumbersOf } from '../../base/common/parseJson.ts';
import type { Connection } from '../../chatkit/common/connection.ts';
import { type Json, isRecord } from '../../base/common/json.ts';
import { plainUrl } from '../../base/common/plainUrl.ts';
import { type ReceivedEvent, notJson } from '../../chatkit/common/stream/events.ts';
import { append } from '../../base/common/lists.ts';
import { SourceError } from '../../chatkit/common/errors.ts';
import { isRuleId } from '../../chatkit/common/protocolProblems/catalogue/ruleIds.ts';
import { ignoreProblems } from '../../chatkit/common/protocolProblems/problem.ts';
import { type CaptureProblem, parseCapture } from '../../chatkit/common/streamEvents/capture.ts';
import { StreamReader } from '../../chatkit/common/streamEvents/streamReader.ts';
import { problemOf } from '../../chatkit/common/wire/readWith.ts';
import { plainReading } from '../../chatkit/common/wire/reading.ts';
import type { RecordedEvent, RecordedResponse } from './recordedResponse.ts';
import { type RecorderLimits, ResponseRecorder } from './responseRecorder.ts';

// `*.chatkit-events.jsonl`: a header line, one line per event, and an end line. Never contains
// credentials, headers or request content.

const eventsFormat = 'chatkit-inspector/events';
export const eventsExtension = '.chatkit-events.jsonl';

const eventsHeaderSchema = z.object({
  format: z.literal(eventsFormat),
  version: z.literal(1),
  connection: z.object({ name: z.string(), kind: z.string(), url: z.string() }).nullish(),
  command: z.string().max(200),
  threadId: z.string().min(1).max(1024).nullish(),
  /** ISO 8601, UTC. */
  startedAt: z.iso.datetime(),
});

const timed = { at: z.number().min(0).max(Number.MAX_SAFE_INTEGER), bytes: z.int().min(0) };
/** The `event:` line, where the stream had one. */
const named = { event: z.string().max(1000).nullish() };
/** Ids of rules that were violatedRules; unknown ones are from a newer version. */
const violatedRules = { rules: z.array(z.string()).max(200).nullish() };

/** `data`: the event's JSON. `text`: data that is not valid JSON. `withoutJson`: the JSON was discarded before saving. */
const eventLineSchema = z.union([
  z.object({ ...timed, ...named, ...violatedRules, data: z.custom<Json>((value) => value !== undefined) }),
  z.object({ ...timed, ...named, ...violatedRules, text: z.string() }),
  z.object({
    ...timed,
    type: z.string().nullish(),
    change: z.string().nullish(),
    itemId: z.string().nullish(),
    says: z.string().nullish(),
    withoutJson: z.literal(true),
  }),
]);

const endLineSchema = z.object({
  end: z.enum(['closed', 'stopped', 'failed']),
  at: timed.at,
  reason: z.string().nullish(),
  /** Number of events received after the log was full. */
  unkept: z.int().min(0).nullish(),
  ...violatedRules,
});

interface EventLogFileOptions {
  readonly connection: Pick<Connection, 'name' | 'kind' | 'url'> | null;
  /** ms since the epoch. */
  readonly savedAt: number;
  /** Removes secrets from a text; applied to every string of the file. */
  readonly redact: (text: string) => string;
}

/** Yields the lines of a file, each with a line break. A response in progress is saved without an end line. */
export function* eventLogLines(
  response: RecordedResponse,
  { connection, savedAt, redact }: EventLogFileOptions,
): Generator<string> {
  const line = (value: object) => `${exactJson(redacted(value as Json, redact))}\n`;
  yield line({
    format: eventsFormat,
    version: 1,
    savedAt: new Date(savedAt).toISOString(),
    connection: connection === null ? null : { ...connection, url: plainUrl(connection.url) },
    command: response.command,
    threadId: response.threadId,
    startedAt: new Date(response.startedAt).toISOString(),
  });
  for (const event of response.events) yield line(eventLine(event));
  const { end, droppedCount: unkept } = response;
  if (end === null) return;
  yield line({
    end: end.kind,
    at: end.at,
    ...(end.reason === null ? {} : { reason: end.reason }),
    ...(unkept === 0 ? {} : { unkept }),
    ...(end.rules === undefined ? {} : { rules: end.rules }),
  });
}

function eventLine({ at, bytes, raw, type, change, itemId, text, problem, eventName, rules }: RecordedEvent): object {
  if (raw === undefined) return { at, bytes, type, change, itemId, says: text, withoutJson: true };
  const about = {
    at,
    bytes,
    ...(eventName === undefined ? {} : { event: eventName }),
    ...(rules === undefined ? {} : { rules }),
  };
  return typeof raw === 'string' && problem === notJson ? { ...about, text: raw } : { ...about, data: raw };
}

function redacted(value: Json, redact: (text: string) => string): Json {
  if (typeof value === 'string') return redact(value);
  if (typeof value !== 'object' || value === null) return value;
  const copy: Json = Array.isArray(value)
    ? value.map((element: Json) => redacted(element, redact))
    : Object.fromEntries(Object.entries(value).map(([key, field]) => [key, redacted(field as Json, redact)]));
  return withNumbersOf(value, copy);
}

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
  /** Of a stream that something else recorded; null for an event log. */
  readonly capture: CaptureFacts | null;
}

/** How a stream was recorded, where the file is not an event log. */
interface CaptureFacts {
  /** False: the events have no times and are played at an even pace. */
  readonly isTimed: boolean;
  readonly problems: readonly CaptureProblem[];
}

/** Time between the events of a capture without times, ms. */
export const evenPaceMs = 100;

/** The whole file is shown, so only the number of events is limited. */
const fileLimits: RecorderLimits = { jsonBytes: Number.MAX_SAFE_INTEGER, events: 200_000, itemIds: 5_000 };

/**
 * Reads a saved event log, or a stream that something else recorded (`parseCapture`). For a truncated or damaged file,
 * returns the events before the invalid line. Throws `SourceError` `invalidResponse` if the file is neither.
 */
export function readEventLog(text: string): SavedResponse {
  const lines = linesOf(text);
  const { value: head = '' } = lines.next();
  const first = parse(head);
  const header = eventsHeaderSchema.safeParse(first);
  if (!header.success) {
    const isEventLog = isRecord(first) && first['format'] === eventsFormat;
    return isEventLog ? notAnEventLog(problemOf(header.error)) : readCapture(text);
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
    capture: null,
  };
}

function readCapture(text: string): SavedResponse {
  const { events, problems, isTimed } = parseCapture(text);
  const isNew = events.some(
    ({ data, eventName }) =>
      eventName === 'thread.created' || (isRecord(data) && [data['type'], data['event']].includes('thread.created')),
  );
  const response = new ResponseRecorder(
    'saved',
    { command: isNew ? 'threads.create' : '', threadId: null, startedAt: 0 },
    fileLimits,
  );
  const reader = new Reader(response);
  let at = 0;
  for (const [index, { raw, eventName, at: time }] of events.entries()) {
    at = isTimed ? Math.max(at, time ?? at) : (index + 1) * evenPaceMs;
    reader.add({ at, bytes: byteLength(raw), text: raw, eventName });
  }
  if (!response.events.some(({ problem }) => problem === null)) {
    const [problem] = problems;
    const none = l10n.t('it contains no events of ChatKit');
    if (problem === undefined || problem.kind === 'noEvents') return notAnEventLog(none);
    return notAnEventLog(l10n.t('{0} (line {1})', none, problem.line));
  }
  return {
    response,
    received: reader.received,
    connectionName: null,
    stoppedAt: null,
    capture: { isTimed, problems },
  };
}

function notAnEventLog(why: string): never {
  throw new SourceError('invalidResponse', l10n.t('This file is not an event log or a recorded stream: {0}.', why), {
    nextStep: 'none',
  });
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).byteLength;
}

interface SavedEvent {
  readonly at: number;
  readonly bytes: number;
  /** The data as it was received. */
  readonly text: string;
  readonly eventName: string | null;
  /** The rules that were found at the time of the recording. Default: those that are found now. */
  readonly rules?: Pick<ReceivedEvent, 'rules'>;
}

class Reader {
  readonly received: (ReceivedEvent | null)[] = [];
  stoppedAt: StoppedAt | null = null;
  readonly #response: ResponseRecorder;
  readonly #stream: StreamReader;
  #line = 1;
  #at = 0;

  constructor(response: ResponseRecorder) {
    this.#response = response;
    const { command, threadId } = response;
    const reading = { problems: ignoreProblems, times: plainReading.times };
    this.#stream = new StreamReader({ command, threadId, reading });
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
      this.#response.finish({ kind: how, at: this.#inOrder(at), reason, ...violated(end.data.rules) });
      return false;
    }
    const event = eventLineSchema.safeParse(json);
    if (!event.success) return this.#stop('notAnEvent');
    this.#addLine(event.data);
    return true;
  }

  /** Adds an event as the stream contained it. Ignores end markers and keep-alives. */
  add({ at, bytes, text, eventName, rules }: SavedEvent): void {
    const about = { id: null, dataLines: 1, line: this.#line, complete: true, strayLine: null } as const;
    const { events } = this.#stream.read({ data: text, event: eventName, form: 'sse', ...about });
    const received = events.map(({ rules: found, ...event }): ReceivedEvent => {
      return { at, bytes, ...event, ...(rules ?? (found === undefined ? {} : { rules: found })) };
    });
    this.#response.add(received);
    append(this.received, received);
  }

  #addLine(line: z.output<typeof eventLineSchema>): void {
    const { bytes } = line;
    const at = this.#inOrder(line.at);
    if ('withoutJson' in line) {
      const { type = null, change = null, itemId = null, says } = line;
      this.#response.addWithoutJson({ at, bytes, type, change, itemId, text: says ?? '', problem: null });
      this.received.push(null);
      return;
    }
    const text = 'text' in line ? line.text : exactJson(line.data);
    this.add({ at, bytes, text, eventName: line.event ?? null, rules: violated(line.rules) });
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

function violated(rules: readonly string[] | null | undefined): Pick<ReceivedEvent, 'rules'> {
  const known = (rules ?? []).filter(isRuleId);
  return known.length === 0 ? {} : { rules: known };
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
