import * as z from 'zod';
import { exactJson } from '../../base/common/parseJson.ts';
import type { Connection } from '../../chatkit/common/connection.ts';
import type { Json } from '../../base/common/json.ts';
import { plainUrl } from '../../base/common/plainUrl.ts';

/** The start of every export: the format and the source. */
export interface ExportHeader {
  readonly version: 1;
  /** ISO 8601, UTC. */
  readonly exportedAt: string;
  /** The source. It never contains credentials, header names or the query of the URL. */
  readonly connection: Pick<Connection, 'name' | 'kind' | 'url'>;
  /** Users, titles, text, IDs, URLs and argument values are replaced with placeholders. */
  readonly redacted?: true;
}

export const threadFormat = 'chatkit-inspector/thread';
export const threadsFormat = 'chatkit-inspector/threads';
export const threadExtension = '.chatkit.json';
export const threadsExtension = '.chatkit.jsonl';

const headerShape = {
  version: z.literal(1),
  exportedAt: z.string(),
  connection: z.looseObject({ name: z.string(), kind: z.enum(['openai', 'server']), url: z.string() }),
  redacted: z.literal(true).optional(),
};

/** `*.chatkit.json` without `items`, which are read one by one. */
export const threadFileSchema = z.looseObject({
  format: z.literal(threadFormat),
  ...headerShape,
  thread: z.looseObject({ id: z.string() }),
});

/** First line of `*.chatkit.jsonl`. */
export const threadsHeaderSchema = z.looseObject({ format: z.literal(threadsFormat), ...headerShape });

/** Every other line: a thread, then its items. */
export const threadsLineSchema = z.union([
  z.looseObject({ thread: z.looseObject({ id: z.string() }) }),
  z.looseObject({ threadId: z.string(), item: z.looseObject({}) }),
]);

/** Returns the text before the first item of a `*.chatkit.json` file. One item per line, for diffs and streaming. */
export function threadFileStart(header: ExportHeader, thread: Json): string {
  const head = exactJson({ format: threadFormat, ...plainHeader(header), thread }, 2);
  return `${head.slice(0, -2)},\n  "items": [`;
}

function plainHeader({ connection, ...header }: ExportHeader): ExportHeader {
  return { ...header, connection: { ...connection, url: plainUrl(connection.url) } };
}

export function threadFileItem(item: Json, first: boolean): string {
  return `${first ? '' : ','}\n    ${exactJson(item)}`;
}

export const threadFileEnd = '\n  ]\n}\n';

export function threadsFileStart(header: ExportHeader): string {
  return `${JSON.stringify({ format: threadsFormat, ...plainHeader(header) })}\n`;
}

export function threadsFileThread(thread: Json): string {
  return `${exactJson({ thread })}\n`;
}

export function threadsFileItem(threadId: string, item: Json): string {
  return `${exactJson({ threadId, item })}\n`;
}
