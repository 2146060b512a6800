import { type Json, isRecord } from '../../../base/common/json.ts';
import { exactJson, parsedOrUndefined } from '../../../base/common/parseJson.ts';
import { FrameReader } from '../sse/frameReader.ts';
import { CaptureBuilder, type CaptureKind, type StreamCapture, clockMs } from './capture.ts';

interface CaptureOptions {
  /** Most events that are read. */
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
    onStrayLine: ({ line, text: stray }) => {
      if (stray.trim() !== '') builder.problem('ignoredLine', line, stray);
    },
  });
  const take = (frames: ReturnType<FrameReader['push']>): void => {
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
  const push = (line: string): void => take(reader.push(number === 1 ? line : `\n${line}`));
  for (const raw of linesOf(text)) {
    number += 1;
    const line = number === 1 ? raw.replace(/^\uFEFF/, '') : raw;
    const row = parseDevToolsRow(line);
    const body = row !== null || isDevToolsHeader(line) ? null : curl.take(line);
    push(body === null ? ignored : body.text);
    if (body?.stamp != null && /^(?:data|event|id|\{|\[)/.test(body.text)) stamp ??= clockMs(body.stamp);
    if (row === null) continue;
    seen.rows += 1;
    builder.add(row.data, number, row.eventName, row.clockMs);
  }
  if (/[\r\n]$/.test(text)) take(reader.push('\n'));
  take(reader.end());
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
  take(line: string): BodyLine | null {
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
