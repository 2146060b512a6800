import { createHash } from 'node:crypto';
import { lstat } from 'node:fs/promises';
import * as l10n from '@vscode/l10n';
import * as z from 'zod';
import { threadsLineSchema } from '../common/format.ts';
import type { Thread } from '../../chatkit/common/model/thread.ts';
import { codeSpan } from '../../base/common/markdownText.ts';
import { type ByteReader, chunksOf, openRegularFile, readerOf, sliceOf } from './byteReader.ts';
import { indexThreadExport, linesOf } from './exportIndex.ts';
import { isMissing } from '../../base/node/isMissing.ts';

export type ExportFormat = 'json' | 'jsonl' | 'markdown';

export const writtenThreadSchema = z.object({
  threadId: z.string(),
  path: z.string(),
  /** Offset in bytes; 0 for a file of one thread. */
  start: z.number(),
  /** Bytes. */
  size: z.number(),
  /** SHA-256 of these bytes, hex. */
  digest: z.string(),
  items: z.number(),
});

/** Where a thread was written, and the size and digest of the written data. */
export type WrittenThread = Readonly<z.infer<typeof writtenThreadSchema>>;

/**
 * Reads back a written thread. Returns true when the file contains exactly these bytes, and they are this thread with this
 * number of items. Never throws: returns false when the file cannot be read.
 */
export async function holdsThread(written: WrittenThread, format: ExportFormat): Promise<boolean> {
  const holds = await withFile(written.path, async (reader) => {
    const { start, size, digest } = written;
    if (format === 'jsonl' ? reader.size < start + size : reader.size !== size) return false;
    const part = sliceOf(reader, start, size);
    const hash = createHash('sha256');
    for await (const { chunk } of chunksOf(part)) hash.update(chunk);
    return hash.digest('hex') === digest && (await isOfThread(part, written, format));
  });
  return holds ?? false;
}

/**
 * What an export of a thread would replace: an export of the same thread, a redacted export (which does not name its thread),
 * or another file.
 */
export type Replaced = 'ours' | 'redacted' | 'foreign';

/** Returns what an export of `thread` would replace at a path. Only `ours` can be replaced without confirmation. */
export async function findAt(
  path: string,
  thread: Thread,
  format: ExportFormat,
  connectionUrl: string,
): Promise<'nothing' | Replaced> {
  const exists = await lstat(path).then(
    () => true,
    (error: unknown) => !isMissing(error),
  );
  if (!exists) return 'nothing';
  const found = await withFile(path, (reader) =>
    format === 'markdown' ? transcriptAt(reader, thread) : exportAt(reader, thread, connectionUrl),
  );
  return found ?? 'foreign';
}

async function exportAt(reader: ByteReader, thread: Thread, connectionUrl: string): Promise<Replaced> {
  const { header, threads } = await indexThreadExport(reader);
  if (header.redacted === true) return 'redacted';
  return header.connection.url === connectionUrl && threads[0]?.threadId === thread.id ? 'ours' : 'foreign';
}

/** Returns null when the file cannot be read. */
async function withFile<T>(path: string, use: (reader: ByteReader) => Promise<T>): Promise<T | null> {
  try {
    const reader = await readerOf(await openRegularFile(path));
    try {
      return await use(reader);
    } finally {
      await reader.close();
    }
  } catch {
    return null;
  }
}

async function isOfThread(
  part: ByteReader,
  { threadId, items }: WrittenThread,
  format: ExportFormat,
): Promise<boolean> {
  switch (format) {
    case 'json': {
      const { threads, problems } = await indexThreadExport(part);
      const [read] = threads;
      return problems.length === 0 && read?.threadId === threadId && read.items.length === items;
    }
    case 'jsonl':
      return isThreadInLines(part, threadId, items);
    case 'markdown': {
      const head = await headOf(part);
      return head[2] === factOf(threadId) && head.includes(`- ${l10n.t('Items')}: ${items}`);
    }
  }
}

/** The thread's own line, then one line for each of its items, and nothing else. */
async function isThreadInLines(part: ByteReader, threadId: string, items: number): Promise<boolean> {
  let lines = 0;
  for await (const { bytes } of linesOf(part)) {
    if (bytes === null) return false;
    const { success, data } = threadsLineSchema.safeParse(JSON.parse(new TextDecoder().decode(bytes)));
    if (!success) return false;
    const owner = 'item' in data ? (data.threadId as string) : (data.thread as { readonly id: string }).id;
    if (owner !== threadId || 'item' in data !== lines > 0) return false;
    lines += 1;
  }
  return lines === items + 1;
}

async function transcriptAt(reader: ByteReader, thread: Thread): Promise<Replaced> {
  const fact = (await headOf(reader))[2];
  if (fact === factOf(thread.id)) return 'ours';
  const id = /id_\d+/.exec(fact ?? '')?.[0];
  return id !== undefined && fact === factOf(id) ? 'redacted' : 'foreign';
}

/** Returns the third line of a transcript, after its title and an empty line. */
function factOf(threadId: string): string {
  return `- ${l10n.t('Thread')}: ${codeSpan(threadId)}`;
}

/** Returns the first lines of a transcript, which contain its title and facts. */
async function headOf(reader: ByteReader): Promise<readonly string[]> {
  return new TextDecoder().decode(await reader.read(0, 64 * 1024)).split('\n', 10);
}
