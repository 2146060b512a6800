import { type Json, isRecord } from '../../../base/common/json.ts';
import { exactJson, parsedOrUndefined } from '../../../base/common/parseJson.ts';
import { FrameReader } from './frameReader.ts';

/** How a capture was recorded: shown to the user, and decides whether its times are known. */
export type CaptureKind =
  /** Server-sent events as text, such as `curl -N` output. */
  | 'sse'
  /** `curl -i` or `curl -v` output: with headers or line prefixes. */
  | 'curl'
  /** Rows copied from the EventStream tab of DevTools. */
  | 'devtools'
  | 'ndjson'
  /** An HTTP archive. */
  | 'har'
  /** A JSON list of events, or one event. */
  | 'json';

interface CapturedEvent {
  /** Since the first event that has a time, in ms; absent where the capture has no times. */
  readonly at?: number;
  /** The parsed data; the text where it is not JSON. */
  readonly data: unknown;
  /** The original data. */
  readonly raw: string;
  /** The `event:` field; null where there is none. */
  readonly eventName: string | null;
  /** Line in the capture, from 1. */
  readonly line: number;
}

type CaptureProblemKind =
  | 'noEvents'
  /** The data of an event is not JSON. */
  | 'notJson'
  /** A line inside an event has no field name: the event is incomplete. */
  | 'lineWithoutField'
  /** The capture ends inside an event. */
  | 'unterminated'
  /** A line that is no part of a stream was ignored. */
  | 'ignoredLine'
  /** Only the first stream of an archive is read. */
  | 'severalStreams'
  /** Events after the limit are ignored. */
  | 'tooManyEvents';

export interface CaptureProblem {
  readonly kind: CaptureProblemKind;
  readonly line: number;
  /** At most 200 characters. */
  readonly excerpt: string;
}

export interface StreamCapture {
  readonly kind: CaptureKind;
  readonly events: readonly CapturedEvent[];
  readonly problems: readonly CaptureProblem[];
  /** Whether events have times. */
  readonly isTimed: boolean;
}

/** Maximum number of events that are read. */
const maxCapturedEvents = 200_000;
const maxProblems = 100;
const maxExcerpt = 200;
const dayMs = 86_400_000;

/** Collects events and problems in bounded memory, and makes clock times relative. */
class CaptureBuilder {
  readonly #events: CapturedEvent[] = [];
  readonly #problems: CaptureProblem[] = [];
  readonly #maxEvents: number;
  #firstMs: number | null = null;
  #lastMs = 0;
  #daysMs = 0;

  constructor(maxEvents = maxCapturedEvents) {
    this.#maxEvents = maxEvents;
  }

  get count(): number {
    return this.#events.length;
  }

  /** Adds an event. `clockMs`: its time of the day or since the epoch, in ms; null where it has none. */
  add(raw: string, line: number, eventName: string | null = null, clockMs: number | null = null): void {
    if (this.#events.length >= this.#maxEvents) {
      if (!this.#problems.some(({ kind }) => kind === 'tooManyEvents')) this.problem('tooManyEvents', line, raw);
      return;
    }
    const data = parsedOrUndefined(raw);
    if (data === undefined && !isMarker(raw)) this.problem('notJson', line, raw);
    const at = clockMs === null ? null : this.#relative(clockMs);
    this.#events.push({
      ...(at === null ? {} : { at }),
      data: data ?? (data === null ? null : raw),
      raw,
      eventName,
      line,
    });
  }

  problem(kind: CaptureProblemKind, line: number, text: string): void {
    if (this.#problems.length < maxProblems) this.#problems.push({ kind, line, excerpt: text.slice(0, maxExcerpt) });
  }

  build(kind: CaptureKind): StreamCapture {
    if (this.#events.length === 0) this.problem('noEvents', 1, '');
    return { kind, events: this.#events, problems: this.#problems, isTimed: this.#firstMs !== null };
  }

  /** Time does not run backwards; a clock that jumps back by more than half a day has passed midnight. */
  #relative(clockMs: number): number {
    this.#firstMs ??= clockMs;
    let ms = clockMs + this.#daysMs - this.#firstMs;
    if (ms < this.#lastMs - dayMs / 2) {
      this.#daysMs += dayMs;
      ms += dayMs;
    }
    this.#lastMs = Math.max(this.#lastMs, ms);
    return this.#lastMs;
  }
}

/** `[DONE]` and keep-alives in the data of an event: no JSON, but nothing is lost. */
function isMarker(text: string): boolean {
  return /^\s*(?:\[DONE\]|ping|pong|keep-?alive|heartbeat)?\s*$/i.test(text.slice(0, 100));
}

const clock = /^(?:(\d{4}-\d{2}-\d{2})[T ])?(\d{1,2}):(\d{2}):(\d{2})(?:[.,](\d{1,9}))?\s?(?:(AM|PM)|Z)?$/i;

/** A clock time (`10:00:00.123`, `10:00:00 PM`) or an ISO time in ms; null for other text. */
export function clockMs(text: string): number | null {
  const parts = text.length > 40 ? null : clock.exec(text.trim());
  if (parts === null) return null;
  const [, day, hour = '', minute, second, fraction = '', half] = parts;
  const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (half.toUpperCase() === 'PM' ? 12 : 0);
  const ofDay =
    ((hours * 60 + Number(minute)) * 60 + Number(second)) * 1000 + Number(fraction.slice(0, 3).padEnd(3, '0'));
  return day === undefined ? ofDay : Date.parse(`${day}T00:00:00Z`) + ofDay;
}

interface CaptureOptions {
  /** Maximum number of events that are read. */
  readonly maxEvents?: number;
}

/**
 * Reads a stream that something else recorded: `curl -N` output (also with `-i` or `-v`), rows of the EventStream tab of
 * DevTools, server-sent events as text, NDJSON, an HTTP archive, or a JSON list of events. Never throws; the work is linear
 * in the length of the text. Events whose data is not JSON are included with their text; `problems` names their lines.
 */
export function parseCapture(text: string, { maxEvents }: CaptureOptions = {}): StreamCapture {
  const builder = new CaptureBuilder(maxEvents);
  const whole = wholeJson(text);
  if (whole === undefined) return builder.build(readLines(text, builder));
  if (isHar(whole)) return readHar(whole, builder);
  for (const event of Array.isArray(whole) ? whole : [whole]) builder.add(exactJson(event as Json), 1);
  return builder.build('json');
}

/** The text as one JSON value; undefined where it is not one, or is one event in one line (NDJSON). */
function wholeJson(text: string): unknown {
  const first = /^\uFEFF?\s*([{[])/.exec(text);
  if (first === null) return undefined;
  const json = parsedOrUndefined(text.replace(/^\uFEFF/, ''));
  const isOneLine = first[1] === '{' && !text.trim().includes('\n');
  return isOneLine && !isHar(json) ? undefined : json;
}

function readHar(json: unknown, builder: CaptureBuilder): StreamCapture {
  const [first, ...others] = streamsOfHar(json);
  if (first !== undefined) readLines(first.text, builder);
  if (others.length > 0) builder.problem('severalStreams', 1, '');
  return builder.build('har');
}

function readLines(text: string, builder: CaptureBuilder): CaptureKind {
  const curl = new CurlLines();
  const seen = { rows: 0, sse: 0, lines: 0 };
  let number = 0;
  let stamp: number | null = null;
  // Lines that are not part of the body are empty for the reader, so that its line numbers are those of the capture.
  const reader = new FrameReader({
    isStrict: true,
    onStrayLine: ({ line, text: stray }) => {
      if (stray.trim() !== '') builder.problem('ignoredLine', line, stray);
    },
  });
  const add = (frames: ReturnType<FrameReader['push']>): void => {
    for (const { data, event, line, form, complete, strayLine } of frames) {
      seen[form === 'sse' ? 'sse' : 'lines'] += 1;
      const isJson = parsedOrUndefined(data) !== undefined;
      if (strayLine !== null) builder.problem('lineWithoutField', strayLine.line, strayLine.text);
      // An event that is cut off but whole needs no mark: captures often lack the last line break.
      if (!complete && !isJson) builder.problem('unterminated', line, data);
      if (isJson || (complete && strayLine === null)) builder.add(data, line, event, stamp);
      stamp = null;
    }
  };
  const push = (line: string): void => add(reader.push(number === 1 ? line : `\n${line}`));
  for (const raw of linesOf(text)) {
    number += 1;
    const line = number === 1 ? raw.replace(/^\uFEFF/, '') : raw;
    const row = parseDevToolsRow(line);
    const body = row !== null || isDevToolsHeader(line) ? null : curl.read(line);
    push(body === null ? ignored : body.text);
    if (body?.stamp != null && /^(?:data|event|id|\{|\[)/.test(body.text)) stamp ??= clockMs(body.stamp);
    if (row === null) continue;
    seen.rows += 1;
    builder.add(row.data, number, row.eventName, row.clockMs);
  }
  if (/[\r\n]$/.test(text)) add(reader.push('\n'));
  add(reader.end());
  if (seen.rows > 0) return 'devtools';
  if (curl.isCurl) return 'curl';
  return seen.lines > seen.sse ? 'ndjson' : 'sse';
}

/** A comment: keeps the line numbers of the capture. */
const ignored = ':';

/** The lines of a text without their line breaks (CR, LF, CRLF), one by one. */
function* linesOf(text: string): Generator<string, void, void> {
  const lineBreak = /\r\n|\r|\n/g;
  let start = 0;
  for (let found = lineBreak.exec(text); found !== null; found = lineBreak.exec(text)) {
    yield text.slice(start, found.index);
    start = lineBreak.lastIndex;
  }
  if (start < text.length) yield text.slice(start);
}

/** What `curl -v` and `curl -i` write around the body. */
type LineKind = 'body' | 'header' | 'noise';

const status = /^HTTP\/\d(?:\.\d)? \d{3}\b/;
const header = /^[!#$%&'*+.^_`|~\w-]+:(?: |$)/;
const field = /^(?:data|event|id|retry)(?::|$)/;
/** `* Connected to …`, `{ [123 bytes data]`, and lines of the progress meter. */
const noise =
  /^(?:\* |[{}] \[\d+ bytes data\]|\s*% Total\s+% Received|\s*Dload\s+Upload|\s*\d{1,3}\s+\d+[kMG]?\s+\d{1,3}\s+\d+[kMG]?\s+\d{1,3}\s)/;
/** `> POST /chatkit`, `< content-type: …`, `<` alone. */
const verbose = /^[<>](?: |$)/;
/** A time that `ts`, `--trace-time` or a log adds to each line. */
const stamp = /^\[?((?:\d{4}-\d{2}-\d{2}[T ])?\d{2}:\d{2}:\d{2}(?:[.,]\d{1,9})?Z?)\]?:?[ \t]+/;

interface BodyLine {
  readonly text: string;
  /** The time in front of the line; null where there is none. */
  readonly stamp: string | null;
}

/** Removes headers, line prefixes, the progress meter and time stamps from the lines of a capture. */
class CurlLines {
  #inHeaders = false;
  #isCurl = false;

  /** Whether anything of curl was found. */
  get isCurl(): boolean {
    return this.#isCurl;
  }

  /** The line of the body; null for all others. */
  read(line: string): BodyLine | null {
    const stamped = stamp.exec(line);
    const text = stamped === null ? line : line.slice(stamped[0].length);
    const kind = this.#kindOf(text);
    if (kind !== 'body') this.#isCurl = true;
    return kind === 'body' ? { text, stamp: stamped?.[1] ?? null } : null;
  }

  #kindOf(line: string): LineKind {
    if (status.test(line)) {
      this.#inHeaders = true;
      return 'header';
    }
    if (this.#inHeaders) {
      if (line === '') {
        this.#inHeaders = false;
        return 'header';
      }
      // A capture may lack the empty line after the headers.
      if (header.test(line) && !field.test(line)) return 'header';
      this.#inHeaders = false;
    }
    return noise.test(line) || verbose.test(line) ? 'noise' : 'body';
  }
}

interface DevToolsRow {
  readonly data: string;
  /** Null for `message`, which is what an event without a name is. */
  readonly eventName: string | null;
  readonly clockMs: number | null;
}

/**
 * A row copied from the EventStream tab: cells (id, type, data, time) that are separated by tabs; null for other lines.
 * The tab is not part of JSON text, so the data is the first cell that starts as JSON.
 */
function parseDevToolsRow(line: string): DevToolsRow | null {
  const cells = line.split('\t', 12);
  if (cells.length < 2 || /^(?:data|event|id|retry):/.test(line)) return null;
  const index = cells.findIndex((cell) => /^\s*(?:[{["]|\[DONE\])/.test(cell));
  if (index < 0) return null;
  const name = index === 0 ? '' : (cells[index - 1] ?? '').trim();
  const time = cells
    .slice(index + 1)
    .map(clockMs)
    .find((ms) => ms !== null);
  return {
    data: (cells[index] ?? '').trim(),
    eventName: name === '' || name === 'message' || clockMs(name) !== null ? null : name,
    clockMs: time ?? null,
  };
}

/** The header of the copied table. */
function isDevToolsHeader(line: string): boolean {
  return /^(?:id\t)?type\tdata(?:\ttime)?\s*$/i.test(line);
}

interface HarStream {
  /** The body of the response. */
  readonly text: string;
}

/** Whether a JSON value is an HTTP archive. */
function isHar(json: unknown): boolean {
  return isRecord(json) && isRecord(json['log']) && Array.isArray(json['log']['entries']);
}

/** Returns the event streams in an HTTP archive. A stream is detected by its content type or its first characters. */
function streamsOfHar(json: unknown): readonly HarStream[] {
  const log = isRecord(json) && isRecord(json['log']) ? json['log'] : {};
  const entries: readonly unknown[] = Array.isArray(log['entries']) ? log['entries'] : [];
  return entries.flatMap((entry) => {
    const response = isRecord(entry) && isRecord(entry['response']) ? entry['response'] : {};
    const content = isRecord(response['content']) ? response['content'] : {};
    const { text, mimeType, encoding } = content;
    if (typeof text !== 'string') return [];
    const body = encoding === 'base64' ? decodeBase64(text) : text;
    const isStream = typeof mimeType === 'string' && /event-stream|ndjson|jsonl|jsonlines/i.test(mimeType);
    return isStream || /^\uFEFF?\s*(?:data|event):/.test(body) ? [{ text: body }] : [];
  });
}

/** Empty for text that is not base64. */
function decodeBase64(text: string): string {
  try {
    const binary = atob(text.replace(/\s/g, ''));
    return new TextDecoder().decode(Uint8Array.from(binary, (character) => character.charCodeAt(0)));
  } catch {
    return '';
  }
}
