import * as z from 'zod';
import type { Connection } from '../../chatkit/common/connection.ts';
import type { Json } from '../../base/common/json.ts';
import { plainUrl } from '../../base/common/plainUrl.ts';

/** First words of every exported file: what it is and where it came from. */
export interface ExportHeader {
  readonly version: 1;
  /** ISO 8601, UTC. */
  readonly exportedAt: string;
  /** Where it came from; credentials, header names and the query of the URL are never part of it. */
  readonly connection: Pick<Connection, 'name' | 'kind' | 'url'>;
  /** End users, titles, texts, ids, URLs and argument values are stand-ins. */
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

/** `*.chatkit.json`, without its `items`: those may be many and are read one by one. */
export const threadFileSchema = z.looseObject({
  format: z.literal(threadFormat),
  ...headerShape,
  thread: z.looseObject({ id: z.string() }),
});

/** First line of `*.chatkit.jsonl`. */
export const threadsHeaderSchema = z.looseObject({ format: z.literal(threadsFormat), ...headerShape });

/** Every further line: a thread, then its items. */
export const threadsLineSchema = z.union([
  z.looseObject({ thread: z.looseObject({ id: z.string() }) }),
  z.looseObject({ threadId: z.string(), item: z.looseObject({}) }),
]);

/** Text before the first item of a `*.chatkit.json` file. One item a line, so that files compare and stream well. */
export function threadFileStart(header: ExportHeader, thread: Json): string {
  const head = JSON.stringify({ format: threadFormat, ...plainHeader(header), thread }, null, 2);
  return `${head.slice(0, -2)},\n  "items": [`;
}

function plainHeader({ connection, ...header }: ExportHeader): ExportHeader {
  return { ...header, connection: { ...connection, url: plainUrl(connection.url) } };
}

export function threadFileItem(item: Json, first: boolean): string {
  return `${first ? '' : ','}\n    ${JSON.stringify(item)}`;
}

export const threadFileEnd = '\n  ]\n}\n';

export function threadsFileStart(header: ExportHeader): string {
  return `${JSON.stringify({ format: threadsFormat, ...plainHeader(header) })}\n`;
}

export function threadsFileThread(thread: Json): string {
  return `${JSON.stringify({ thread })}\n`;
}

export function threadsFileItem(threadId: string, item: Json): string {
  return `${JSON.stringify({ threadId, item })}\n`;
}
