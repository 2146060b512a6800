import { parsedOrUndefined } from '../../../base/common/parseJson.ts';
import { exactJson } from '../../../base/common/exactNumbers.ts';
import type { Json } from '../../../base/common/json.ts';
import { FrameReader } from '../sse/frameReader.ts';
import { CaptureBuilder, clockMs, type CaptureKind, type StreamCapture } from './capture.ts';
import { CurlLines } from './curl.ts';
import { isDevToolsHeader, parseDevToolsRow } from './devtools.ts';
import { isHar, streamsOfHar } from './har.ts';
import { linesOf } from './lines.ts';

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
