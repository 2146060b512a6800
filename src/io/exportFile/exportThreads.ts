import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exportFileName, threadExtension } from '../../domain/export/format.ts';
import type { ExportHeader } from '../../domain/export/format.ts';
import type { Redactor } from '../../domain/export/redact.ts';
import { isSourceError, SourceError, toSourceError } from '../../domain/errors.ts';
import type { Json } from '../../domain/json.ts';
import type { ThreadItem } from '../../domain/model/item.ts';
import type { Thread } from '../../domain/model/thread.ts';
import type { ThreadSource } from '../../domain/threadSource.ts';
import { itemTranscript, transcriptHead } from '../../domain/transcript/transcript.ts';
import type { WireReader } from './exportedFileSource.ts';
import { appendToThreadsFile, exists, isWholeThreadFile, threadsInFile, writeThreadFile } from './writer.ts';
import type { ThreadWriter } from './writer.ts';

export type ExportFormat = 'json' | 'jsonl' | 'markdown';

export interface ExportRequest {
  readonly source: ThreadSource;
  readonly threads: AsyncIterable<Thread> | Iterable<Thread>;
  readonly format: ExportFormat;
  /** `folder`: one file a thread, named after it. `file`: that one file (one thread, or any number as `jsonl`). */
  readonly target: { readonly type: 'folder' | 'file'; readonly path: string };
  readonly header: ExportHeader;
  /** Skips what an earlier run has finished; else begins anew. Stand-ins are numbered anew in each run: not with `redactor`. */
  readonly resume: boolean;
  /** Hides what belongs to people; null writes the wire to the letter. */
  readonly redactor: Redactor | null;
  /** Reads the redacted wire JSON again, so that a redacted transcript is made of nothing else. */
  readonly reread: WireReader;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: ExportProgress) => void;
  /** Resolves after `ms`, or rejects when the signal fires. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
}

export interface ExportProgress {
  readonly thread: Thread;
  /** Threads finished before this one. */
  readonly threadsDone: number;
  readonly itemsOfThread: number;
  /** The server asked to wait this long, ms; null while it answers. */
  readonly waitingMs: number | null;
}

export interface ExportReport {
  /** Written and read back. */
  readonly written: readonly Thread[];
  /** Stood there whole from an earlier export. */
  readonly skipped: readonly Thread[];
  readonly failed: readonly { readonly thread: Thread; readonly error: SourceError }[];
  readonly cancelled: boolean;
  /** Why the list of threads ended early; null when it was walked to its end. */
  readonly listError: SourceError | null;
}

/** Most items of one page (chatkit-api 1.4). */
const pageSize = 100;
/** A server that asks for longer than this in all is given up on for the thread at hand; ms. */
const maxWaitMs = 10 * 60_000;

/**
 * Exports threads one after the other, items page by page: what it holds in memory does not grow with the export (but a
 * Markdown transcript is put together whole). What is done stays when it is cancelled, and is skipped when it runs again.
 * One thread that fails does not end the others. Never throws.
 */
export async function exportThreads(request: ExportRequest): Promise<ExportReport> {
  const written: Thread[] = [];
  const skipped: Thread[] = [];
  const failed: { thread: Thread; error: SourceError }[] = [];
  let listError: SourceError | null = null;
  try {
    const isDone = await prepare(request);
    for await (const thread of request.threads) {
      request.signal.throwIfAborted();
      if (await isDone(thread)) {
        skipped.push(thread);
        continue;
      }
      try {
        await exportThread(request, thread, written.length + skipped.length);
        written.push(thread);
      } catch (error) {
        if (request.signal.aborted) throw error;
        failed.push({ thread, error: toSourceError(error) });
      }
    }
  } catch (error) {
    if (!request.signal.aborted) listError = toSourceError(error);
  }
  return { written, skipped, failed, cancelled: request.signal.aborted, listError };
}

async function exportThread(request: ExportRequest, thread: Thread, threadsDone: number): Promise<void> {
  const writer = await writerFor(request, thread);
  try {
    let count = 0;
    const progress = (waitingMs: number | null) =>
      request.onProgress({ thread, threadsDone, itemsOfThread: count, waitingMs });
    progress(null);
    for await (const page of pagesOf(request, thread, progress)) {
      for (const item of page) await writer.item(item.raw);
      count += page.length;
      progress(null);
    }
  } catch (error) {
    await writer.abandon();
    throw error;
  }
  await writer.finish();
}

/** All items, oldest first. A server that says to wait is waited for. Each cursor is used once. */
async function* pagesOf(
  request: ExportRequest,
  thread: Thread,
  progress: (waitingMs: number | null) => void,
): AsyncGenerator<readonly ThreadItem[]> {
  const used = new Set<string>();
  let after: string | undefined;
  let waited = 0;
  for (;;) {
    try {
      const query = { limit: pageSize, order: 'asc', ...(after === undefined ? {} : { after }) } as const;
      const page = await request.source.listItems(thread.id, query, request.signal);
      yield page.data;
      if (!page.hasMore || page.next === null || used.has(page.next)) return;
      used.add(page.next);
      after = page.next;
    } catch (error) {
      const wait = isSourceError(error, 'rateLimited') ? (error.details.retryAfterMs ?? 1000) : Infinity;
      if (waited + wait > maxWaitMs) throw error;
      waited += wait;
      progress(wait);
      await request.sleep(wait, request.signal);
    }
  }
}

async function writerFor(request: ExportRequest, thread: Thread): Promise<ThreadWriter> {
  const { header, redactor, format } = request;
  const raw = redactor === null ? thread.raw : redactor.redact(thread.raw);
  const threadId = redactor === null ? thread.id : idOf(raw);
  const path = pathFor(request, thread);
  if (format === 'markdown') return markdownWriter(request, thread, raw, path);
  const writer =
    format === 'jsonl'
      ? await appendToThreadsFile(path, header, raw, threadId)
      : await writeThreadFile(path, header, raw, threadId);
  return redactor === null ? writer : { ...writer, item: (item) => writer.item(redactor.redact(item)) };
}

function markdownWriter({ redactor, reread }: ExportRequest, thread: Thread, raw: Json, path: string): ThreadWriter {
  const shown = redactor === null ? thread : reread.thread(raw);
  if (shown === null) throw new SourceError('invalidResponse', 'The redacted thread cannot be read.');
  const parts: string[] = [];
  let before: ThreadItem | null = null;
  return {
    item(wire) {
      const item = reread.item(redactor === null ? wire : redactor.redact(wire), shown.id);
      parts.push(itemTranscript(item, before));
      before = item;
      return Promise.resolve();
    },
    async finish() {
      await writeFile(`${path}.partial`, [transcriptHead(shown, parts.length), ...parts].join(''));
      await rename(`${path}.partial`, path);
    },
    abandon: () => Promise.resolve(),
  };
}

function pathFor({ target, format, redactor }: ExportRequest, thread: Thread): string {
  if (target.type === 'file') return target.path;
  // A redacted export must not tell the title and the id by its file names.
  const name = exportFileName(redactor === null ? thread : { id: idOf(redactor.redact(thread.raw)), title: null });
  return join(target.path, name + (format === 'markdown' ? '.md' : threadExtension));
}

/** Makes the target ready; gives what tells which threads an earlier run has finished. */
async function prepare(request: ExportRequest): Promise<(thread: Thread) => Promise<boolean>> {
  const { target, format, resume } = request;
  if (target.type === 'folder') await mkdir(target.path, { recursive: true });
  else if (!resume) await rm(target.path, { force: true });
  if (!resume) return () => Promise.resolve(false);
  if (format === 'jsonl') {
    const ids = await threadsInFile(target.path);
    return (thread) => Promise.resolve(ids.has(thread.id));
  }
  if (format === 'json') return (thread) => isWholeThreadFile(pathFor(request, thread), thread.id);
  return (thread) => exists(pathFor(request, thread));
}

function idOf(raw: Json): string {
  const id = typeof raw === 'object' && raw !== null && 'id' in raw ? raw.id : undefined;
  return typeof id === 'string' ? id : 'thread';
}
