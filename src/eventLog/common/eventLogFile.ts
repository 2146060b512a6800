import * as z from 'zod';
import { exactJson, withNumbersOf } from '../../base/common/parseJson.ts';
import type { Connection } from '../../chatkit/common/connection.ts';
import type { Json } from '../../base/common/json.ts';
import { plainUrl } from '../../base/common/plainUrl.ts';
import { notJson } from '../../chatkit/common/stream/events.ts';
import type { RecordedEvent, RecordedResponse } from './recordedResponse.ts';

// `*.chatkit-events.jsonl`: a header line, one line per event, and an end line. Never contains
// credentials, headers or request content.

export const eventsFormat = 'chatkit-inspector/events';
export const eventsExtension = '.chatkit-events.jsonl';

export const eventsHeaderSchema = z.object({
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
/** Ids of rules that were violated; unknown ones are from a newer version. */
const violated = { rules: z.array(z.string()).max(200).nullish() };

/** `data`: the event's JSON. `text`: data that is not valid JSON. `withoutJson`: the JSON was discarded before saving. */
export const eventLineSchema = z.union([
  z.object({ ...timed, ...named, ...violated, data: z.custom<Json>((value) => value !== undefined) }),
  z.object({ ...timed, ...named, ...violated, text: z.string() }),
  z.object({
    ...timed,
    type: z.string().nullish(),
    change: z.string().nullish(),
    itemId: z.string().nullish(),
    says: z.string().nullish(),
    withoutJson: z.literal(true),
  }),
]);

export const endLineSchema = z.object({
  end: z.enum(['closed', 'stopped', 'failed']),
  at: timed.at,
  reason: z.string().nullish(),
  /** Number of events received after the log was full. */
  unkept: z.int().min(0).nullish(),
  ...violated,
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
