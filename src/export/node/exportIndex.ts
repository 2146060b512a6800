import * as l10n from '@vscode/l10n';
import * as z from 'zod';
import { SourceError } from '../../chatkit/common/errors.ts';
import { parseJson } from '../../base/common/parseJson.ts';
import {
  type ExportHeader,
  threadFileSchema,
  threadFormat,
  threadsFormat,
  threadsHeaderSchema,
  threadsLineSchema,
} from '../common/format.ts';
import type { Json } from '../../base/common/json.ts';
import { type ByteReader, chunksOf } from './byteReader.ts';

/** The positions of an exported thread in its file. */
export interface IndexedThread {
  readonly thread: Json;
  readonly threadId: string;
  /** The JSON of the items, in the order of the file (oldest first). */
  readonly items: readonly Span[];
  /** From the first byte of the thread to the end of its last item; whole lines in `*.chatkit.jsonl`. */
  readonly span: Span;
}

interface ExportIndex {
  readonly header: ExportHeader;
  readonly threads: readonly IndexedThread[];
  /** The parts that could not be read, in the order of the file; at most `maxProblems`. */
  readonly problems: readonly ExportProblem[];
}

/**
 * An invalid line, a line whose thread is not in the file, or the offset (bytes) where a `*.chatkit.json` file ends
 * unexpectedly.
 */
export type ExportProblem =
  | { readonly type: 'unreadable' | 'orphan'; readonly line: number }
  | { readonly type: 'truncated'; readonly at: number };

const maxProblems = 1000;
const newLine = 0x0a;

/** 64 MiB: no single line or item may be longer. */
const maxPartBytes = 64 * 1024 * 1024;

/**
 * Finds the thread and its items in a `*.chatkit.json` file without reading the items. If the file is truncated within the
 * items, returns the complete items.
 * @throws `SourceError` kind `invalidResponse` when the file is not an export.
 */
export async function indexThreadExport(reader: ByteReader): Promise<ExportIndex> {
  const { values, elements, invalidAt: truncatedAt } = await scanObject(reader, 'items');
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
  const problems: ExportProblem[] = truncatedAt === null ? [] : [{ type: 'truncated', at: truncatedAt }];
  return { header: toHeader(parsed.data), threads: [indexed], problems };
}

/**
 * Finds the threads and their items in a `*.chatkit.jsonl` file. Skips invalid lines and reports them as problems.
 * @throws `SourceError` kind `invalidResponse` when the first line is not the header of an export.
 */
export async function indexThreadsExport(reader: ByteReader): Promise<ExportIndex> {
  let header: ExportHeader | null = null;
  const threads = new Map<string, { thread: Json; items: Span[]; start: number; end: number }>();
  const problems: ExportProblem[] = [];
  const addProblem = (type: 'unreadable' | 'orphan') => {
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
      addProblem('unreadable');
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
      addProblem('orphan');
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

/** Returns the JSON of an item. In a line of `*.chatkit.jsonl`, that is the property `item`. */
export async function readItem(reader: ByteReader, span: Span): Promise<Json> {
  const value = await readJson(reader, span);
  const isLine =
    typeof value === 'object' && value !== null && 'item' in value && 'threadId' in value && !('type' in value);
  return isLine ? ((value as { item: Json }).item ?? null) : value;
}

async function readJson(reader: ByteReader, span: Span): Promise<Json> {
  if (span.end - span.start > maxPartBytes)
    throw new SourceError('tooLarge', l10n.t('One item of the file is larger than 64 MiB.'));
  const text = new TextDecoder().decode(await reader.read(span.start, span.end - span.start));
  try {
    return parseJson(text);
  } catch (error) {
    throw new SourceError('invalidResponse', l10n.t('Invalid JSON at byte {0}.', span.start), { cause: error });
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
  /** Null when the line is longer than 64 MiB. */
  readonly bytes: Uint8Array | null;
}

/** Yields every line. Reads the file in large chunks, because one read per line would be slow. */
export async function* linesOf(reader: ByteReader): AsyncGenerator<Line> {
  let parts: Uint8Array[] = [];
  let start = 0;
  const lineTo = (end: number): Line => {
    const span = { start, end };
    const bytes = end - start > maxPartBytes ? null : parts.length === 1 ? (parts[0] ?? null) : Buffer.concat(parts);
    parts = [];
    start = end + 1;
    return { span, bytes };
  };
  for await (const { offset, chunk } of chunksOf(reader)) {
    let from = 0;
    for (let at = chunk.indexOf(newLine); at >= 0; at = chunk.indexOf(newLine, from)) {
      parts.push(chunk.subarray(from, at));
      from = at + 1;
      yield lineTo(offset + at);
    }
    // The bytes of a line that is too long are not needed.
    if (from < chunk.length && offset + chunk.length - start <= maxPartBytes) parts.push(chunk.subarray(from));
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

/** `details.code` for a file that a later version of this extension created. */
export const laterVersion = 'later_version';

function notAnExport(header: unknown, format: string): SourceError {
  const isOurs = z.looseObject({ format: z.literal(format), version: z.number().gt(1) }).safeParse(header).success;
  return isOurs
    ? new SourceError('invalidResponse', l10n.t('This file was created by a later version of ChatKit Inspector.'), {
        code: laterVersion,
        nextStep: 'none',
      })
    : new SourceError('invalidResponse', l10n.t('This file is not a ChatKit Inspector export.'), { nextStep: 'none' });
}

/** A range of bytes: start (inclusive) and end (exclusive) offsets in the file. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

interface ScannedObject {
  /** The value of every top-level key except `arrayKey`. The last duplicate wins, as in `JSON.parse`. */
  readonly values: ReadonlyMap<string, Span>;
  /** The elements of the array `arrayKey`; null when there is no such array. */
  readonly elements: readonly Span[] | null;
  /** Offset where the object ends early or becomes invalid after the start of the array; null when it is valid. */
  readonly invalidAt: number | null;
}

const [quote, backslash, comma, colon] = [0x22, 0x5c, 0x2c, 0x3a];
const [openBrace, closeBrace, openBracket, closeBracket] = [0x7b, 0x7d, 0x5b, 0x5d];
const isSpace = (byte: number) => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

/**
 * Finds the positions of the parts of a large JSON object without parsing them: the values of its top-level keys and the
 * elements of its top-level array `arrayKey`. Only the structure is checked; the parts are parsed when they are read.
 *
 * @throws `SourceError` kind `invalidResponse` when it is not a JSON object or is invalid before the array.
 */
export async function scanObject(reader: ByteReader, arrayKey: string): Promise<ScannedObject> {
  const scan = new ObjectScan(arrayKey);
  for await (const { offset, chunk } of chunksOf(reader)) {
    for (let i = 0; i < chunk.length; i++) {
      if (!scan.take(chunk[i] as number, offset + i)) return scan.result(offset + i);
    }
  }
  return scan.result(scan.isDone ? null : reader.size);
}

/** Scans an object byte by byte. A part is the value of a top-level key, or an element of the array. */
class ObjectScan {
  isDone = false;
  readonly #arrayKey: string;
  readonly #values = new Map<string, Span>();
  #elements: Span[] | null = null;
  #depth = 0;
  #inString = false;
  #escaped = false;
  /** Bytes of the key that is being read. */
  #keyBytes: number[] | null = null;
  #key: string | null = null;
  #inArray = false;
  /** Offsets of the first byte of the current part (-1: none), and of its last byte so far. */
  #start = -1;
  #last = -1;

  constructor(arrayKey: string) {
    this.#arrayKey = arrayKey;
  }

  /** Throws where the object is invalid before the array. */
  result(invalidAt: number | null): ScannedObject {
    if (invalidAt !== null && this.#elements === null) throw invalidObject(invalidAt);
    return { values: this.#values, elements: this.#elements, invalidAt };
  }

  /** Returns false if the byte makes the object invalid. Throws where there is no object. */
  take(byte: number, at: number): boolean {
    if (this.#inString) {
      this.#takeInString(byte, at);
      return true;
    }
    if (isSpace(byte)) return true;
    if (this.isDone) return false;
    if (this.#depth === 0) {
      // A byte order mark is allowed before the object.
      if (at < 3 && byte >= 0x80) return true;
      if (byte !== openBrace) throw invalidObject(at);
      this.#depth = 1;
      return true;
    }
    if (this.#depth === 1 && !this.#inArray && this.#key === null) return this.#takeBeforeKey(byte);
    this.#takeValue(byte, at);
    return true;
  }

  #takeInString(byte: number, at: number): void {
    this.#last = at;
    if (this.#escaped) this.#escaped = false;
    else if (byte === backslash) this.#escaped = true;
    else if (byte === quote) {
      this.#inString = false;
      if (this.#keyBytes !== null) this.#key = parseKey(this.#keyBytes);
      this.#keyBytes = null;
    }
    this.#keyBytes?.push(byte);
  }

  #takeBeforeKey(byte: number): boolean {
    if (byte === quote) {
      this.#inString = true;
      this.#keyBytes = [];
      return true;
    }
    if (byte === closeBrace) {
      this.#depth = 0;
      this.isDone = true;
      return true;
    }
    return byte === comma;
  }

  #takeValue(byte: number, at: number): void {
    if (this.#depth === 1 && !this.#inArray && this.#start < 0) {
      if (byte === colon) return;
      if (this.#key === this.#arrayKey && byte === openBracket) {
        this.#inArray = true;
        this.#elements = [];
        this.#depth = 2;
        return;
      }
    }
    const isAtPart = this.#depth === (this.#inArray ? 2 : 1);
    if (isAtPart && byte === comma) {
      this.#endPart();
      if (!this.#inArray) this.#key = null;
      return;
    }
    if (byte === closeBrace || byte === closeBracket) {
      this.#depth--;
      if (isAtPart) return this.#endContainer();
    } else if (byte === openBrace || byte === openBracket) this.#depth++;
    if (this.#start < 0) this.#start = at;
    this.#last = at;
    if (byte === quote) this.#inString = true;
  }

  /** The end of the array, or of the object. */
  #endContainer(): void {
    this.#endPart();
    if (this.#inArray) this.#inArray = false;
    else this.isDone = true;
    this.#key = null;
  }

  #endPart(): void {
    if (this.#start < 0) return;
    const span = { start: this.#start, end: this.#last + 1 };
    if (this.#inArray) this.#elements?.push(span);
    else if (this.#key !== null) this.#values.set(this.#key, span);
    this.#start = -1;
  }
}

function parseKey(bytes: readonly number[]): string {
  const text = new TextDecoder().decode(Uint8Array.from(bytes));
  try {
    return JSON.parse(`"${text}"`) as string;
  } catch {
    return text;
  }
}

function invalidObject(offset: number): SourceError {
  return new SourceError(
    'invalidResponse',
    l10n.t('The file is not a JSON object, or it is truncated (byte {0}).', offset),
  );
}
