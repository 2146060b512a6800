import { parseJson } from '../../base/common/parseJson.ts';
import * as z from 'zod';
import {
  threadFileSchema,
  threadFormat,
  threadsFormat,
  threadsHeaderSchema,
  threadsLineSchema,
} from '../common/format.ts';
import type { ExportHeader } from '../common/format.ts';
import { SourceError } from '../../chatkit/common/errors.ts';
import type { Json } from '../../base/common/json.ts';
import { chunksOf } from './byteReader.ts';
import type { ByteReader } from './byteReader.ts';
import { scanObject } from './scanObject.ts';
import type { Span } from './scanObject.ts';

/** Where the parts of one exported thread lie in its file. */
export interface IndexedThread {
  readonly thread: Json;
  readonly threadId: string;
  /** The items' JSON, in the file's order (oldest first). */
  readonly items: readonly Span[];
  /** From the thread's first byte to after its last item's; for `*.chatkit.jsonl` whole lines. */
  readonly span: Span;
}

export interface ExportIndex {
  readonly header: ExportHeader;
  readonly threads: readonly IndexedThread[];
  /** What of the file could not be read, in its order; at most `maxProblems`. */
  readonly problems: readonly ExportProblem[];
}

/** A line that is no JSON of ours, one whose thread is not in the file, or where a `*.chatkit.json` file breaks off, bytes. */
export type ExportProblem =
  | { readonly type: 'unreadable' | 'orphan'; readonly line: number }
  | { readonly type: 'brokenOff'; readonly at: number };

const maxProblems = 1000;
const newLine = 0x0a;

/** 64 MiB: no single line or item may be longer. */
const maxPartBytes = 64 * 1024 * 1024;

/**
 * Finds the thread and its items in a `*.chatkit.json` file. Items are not read. Of a file that breaks off among its items
 * those before are found.
 * @throws `SourceError` kind `invalidResponse` when it is not such a file.
 */
export async function indexThreadExport(reader: ByteReader): Promise<ExportIndex> {
  const { values, elements, brokenAt } = await scanObject(reader, 'items');
  const outline: Record<string, Json> = {};
  for (const [key, span] of values) outline[key] = await readJson(reader, span);
  const parsed = threadFileSchema.safeParse(outline);
  if (!parsed.success || elements === null) throw notAnExport(outline, threadFormat);
  const { thread } = parsed.data;
  const indexed = {
    thread: outline['thread'] ?? null,
    threadId: thread.id,
    items: elements,
    span: { start: 0, end: reader.size },
  };
  const problems: ExportProblem[] = brokenAt === null ? [] : [{ type: 'brokenOff', at: brokenAt }];
  return { header: toHeader(parsed.data), threads: [indexed], problems };
}

/**
 * Finds the threads and their items in a `*.chatkit.jsonl` file. A line that is cut off or broken is left out and named.
 * @throws `SourceError` kind `invalidResponse` when the first line is not that of such a file.
 */
export async function indexThreadsExport(reader: ByteReader): Promise<ExportIndex> {
  let header: ExportHeader | null = null;
  const threads = new Map<string, { thread: Json; items: Span[]; start: number; end: number }>();
  const problems: ExportProblem[] = [];
  const note = (type: 'unreadable' | 'orphan') => {
    if (problems.length < maxProblems) problems.push({ type, line });
  };
  let line = 0;
  for await (const { span, bytes } of linesOf(reader)) {
    line++;
    if (bytes?.length === 0) continue;
    const value = bytes === null ? undefined : tryParse(bytes);
    if (header === null) {
      const parsed = threadsHeaderSchema.safeParse(value);
      if (!parsed.success) throw notAnExport(value, threadsFormat);
      header = toHeader(parsed.data);
      continue;
    }
    const parsed = threadsLineSchema.safeParse(value);
    if (!parsed.success) {
      note('unreadable');
      continue;
    }
    const content = value as { thread?: Json; threadId?: string; item?: Json };
    if ('thread' in parsed.data) {
      const { id } = parsed.data.thread as { id: string };
      if (!threads.has(id))
        threads.set(id, { thread: content.thread ?? null, items: [], start: span.start, end: span.end });
      continue;
    }
    const owner = threads.get(content.threadId ?? '');
    if (owner === undefined) {
      note('orphan');
      continue;
    }
    owner.items.push(span);
    owner.end = span.end;
  }
  if (header === null) throw notAnExport(null, threadsFormat);
  return {
    header,
    threads: [...threads].map(([threadId, { thread, items, start, end }]) => ({
      thread,
      threadId,
      items,
      span: { start, end },
    })),
    problems,
  };
}

/** The JSON of one item. For a line of `*.chatkit.jsonl` that is the line's `item`. */
export async function readItem(reader: ByteReader, span: Span): Promise<Json> {
  const value = await readJson(reader, span);
  const isLine =
    typeof value === 'object' && value !== null && 'item' in value && 'threadId' in value && !('type' in value);
  return isLine ? ((value as { item: Json }).item ?? null) : value;
}

async function readJson(reader: ByteReader, span: Span): Promise<Json> {
  if (span.end - span.start > maxPartBytes)
    throw new SourceError('tooLarge', 'One item of the file is larger than 64 MiB.');
  const text = new TextDecoder().decode(await reader.read(span.start, span.end - span.start));
  try {
    return parseJson(text);
  } catch (error) {
    throw new SourceError('invalidResponse', `The file holds broken JSON at byte ${span.start}.`, { cause: error });
  }
}

function tryParse(bytes: Uint8Array): unknown {
  try {
    return parseJson(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

interface Line {
  readonly span: Span;
  /** Null: longer than any line may be. */
  readonly bytes: Uint8Array | null;
}

/** Every line. The file is read in large pieces: a request to the system for each line would take ages. */
export async function* linesOf(reader: ByteReader): AsyncGenerator<Line> {
  let begun: Uint8Array[] = [];
  let start = 0;
  const lineTo = (end: number): Line => {
    const span = { start, end };
    const bytes = end - start > maxPartBytes ? null : begun.length === 1 ? (begun[0] ?? null) : Buffer.concat(begun);
    begun = [];
    start = end + 1;
    return { span, bytes };
  };
  for await (const { offset, chunk } of chunksOf(reader)) {
    let from = 0;
    for (let at = chunk.indexOf(newLine); at >= 0; at = chunk.indexOf(newLine, from)) {
      begun.push(chunk.subarray(from, at));
      from = at + 1;
      yield lineTo(offset + at);
    }
    // Of a line that is too long, nothing more has to be kept.
    if (from < chunk.length && offset + chunk.length - start <= maxPartBytes) begun.push(chunk.subarray(from));
  }
  if (start < reader.size) yield lineTo(reader.size);
}

function toHeader(data: {
  exportedAt: string;
  connection: ExportHeader['connection'];
  redacted?: true | undefined;
}): ExportHeader {
  const { name, kind, url } = data.connection;
  return {
    version: 1,
    exportedAt: data.exportedAt,
    connection: { name, kind, url },
    ...(data.redacted === true ? { redacted: true } : {}),
  };
}

/** `details.code` of a file that a later version of this extension wrote. */
export const laterVersion = 'later_version';

function notAnExport(header: unknown, format: string): SourceError {
  const isOurs = z.looseObject({ format: z.literal(format), version: z.number().gt(1) }).safeParse(header).success;
  return isOurs
    ? new SourceError('invalidResponse', 'A later version of ChatKit Inspector wrote this file.', {
        code: laterVersion,
        nextStep: 'none',
      })
    : new SourceError('invalidResponse', 'ChatKit Inspector did not write this file.', { nextStep: 'none' });
}
