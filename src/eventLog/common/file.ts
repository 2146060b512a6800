import * as z from 'zod';
import type { Connection } from '../../chatkit/common/connection.ts';
import type { Json } from '../../base/common/json.ts';
import { plainUrl } from '../../base/common/plainUrl.ts';
import { notJson } from '../../chatkit/common/stream/events.ts';
import type { RecordedEvent, RecordedResponse } from './recordedResponse.ts';

// `*.chatkit-events.jsonl`: a first line that says what it is, a line an event, and a last one for the end. Never in it:
// credentials, headers, what was sent.

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

/** `data`: the event's JSON. `text`: what was not JSON. Neither: it had made room for later ones. */
export const eventLineSchema = z.union([
  z.object({ ...timed, data: z.custom<Json>((value) => value !== undefined) }),
  z.object({ ...timed, text: z.string() }),
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
  /** Events that came after the log was full. */
  unkept: z.int().min(0).nullish(),
});

export interface SavedFrom {
  readonly connection: Pick<Connection, 'name' | 'kind' | 'url'> | null;
  /** ms since the epoch. */
  readonly savedAt: number;
  /** Takes secrets out of a text; every text of the file goes through it. */
  readonly redact: (text: string) => string;
}

/** The lines of a file, each with its line end. Of a run that is still running: what has come so far. */
export function* eventLogLines(run: RecordedResponse, { connection, savedAt, redact }: SavedFrom): Generator<string> {
  const line = (value: object) => `${JSON.stringify(redacted(value as Json, redact))}\n`;
  yield line({
    format: eventsFormat,
    version: 1,
    savedAt: new Date(savedAt).toISOString(),
    connection: connection === null ? null : { ...connection, url: plainUrl(connection.url) },
    command: run.command,
    threadId: run.threadId,
    startedAt: new Date(run.startedAt).toISOString(),
  });
  for (const event of run.events) yield line(eventLine(event));
  const { end, unkept } = run;
  if (end === null) return;
  yield line({
    end: end.how,
    at: end.at,
    ...(end.reason === null ? {} : { reason: end.reason }),
    ...(unkept === 0 ? {} : { unkept }),
  });
}

function eventLine({ at, bytes, raw, type, change, itemId, text, problem }: RecordedEvent): object {
  if (raw === undefined) return { at, bytes, type, change, itemId, says: text, withoutJson: true };
  return typeof raw === 'string' && problem === notJson ? { at, bytes, text: raw } : { at, bytes, data: raw };
}

function redacted(value: Json, redact: (text: string) => string): Json {
  if (typeof value === 'string') return redact(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((element: Json) => redacted(element, redact));
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, redacted(field as Json, redact)]));
}
