import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exportFileName, threadExtension } from '../../domain/export/format.ts';
import type { ExportHeader } from '../../domain/export/format.ts';
import type { Redactor } from '../../domain/export/redact.ts';
import { SourceError, toSourceError, type ErrorKind } from '../../domain/errors.ts';
import type { Json } from '../../domain/json.ts';
import type { ThreadItem } from '../../domain/model/item.ts';
import type { Thread } from '../../domain/model/thread.ts';
import type { ThreadSource } from '../../domain/threadSource.ts';
import { itemTranscript, transcriptHead } from '../../domain/transcript/transcript.ts';
import { everyPage, pageSize } from './everyPage.ts';
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
  /** The newest item of each thread that was written, by the thread's id; null of one without items. */
  readonly newestItems: ReadonlyMap<string, string | null>;
  /** Stood there whole from an earlier export. */
  readonly skipped: readonly Thread[];
  readonly failed: readonly { readonly thread: Thread; readonly error: SourceError }[];
  readonly cancelled: boolean;
  /** Why the list of threads ended early; null when it was walked to its end. */
  readonly listError: SourceError | null;
}

/** What would meet every further thread as well. */
const endsAll: ReadonlySet<ErrorKind> = new Set<ErrorKind>(['unauthorized', 'withheld']);

/**
 * Exports threads one after the other, items page by page: what it holds in memory does not grow with the export (but a
 * Markdown transcript is put together whole). What is done stays when it is cancelled, and is skipped when it runs again.
 * One thread that fails does not end the others. Never throws.
 */
export async function exportThreads(request: ExportRequest): Promise<ExportReport> {
  const written: Thread[] = [];
  const skipped: Thread[] = [];
  const failed: { thread: Thread; error: SourceError }[] = [];
  const newestItems = new Map<string, string | null>();
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
        newestItems.set(thread.id, await exportThread(request, thread, written.length + skipped.length));
        written.push(thread);
      } catch (error) {
        if (request.signal.aborted) throw error;
        const failure = toSourceError(error);
        failed.push({ thread, error: failure });
        if (endsAll.has(failure.kind)) throw failure;
      }
    }
  } catch (error) {
    if (!request.signal.aborted) listError = toSourceError(error);
  }
  return { written, newestItems, skipped, failed, cancelled: request.signal.aborted, listError };
}

/** Gives the id of its newest item. */
async function exportThread(request: ExportRequest, thread: Thread, threadsDone: number): Promise<string | null> {
  const writer = await writerFor(request, thread);
  let newest: string | null = null;
  let count = 0;
  try {
    const progress = (waitingMs: number | null) =>
      request.onProgress({ thread, threadsDone, itemsOfThread: count, waitingMs });
    progress(null);
    for await (const page of pagesOf(request, thread, progress)) {
      for (const item of page) await writer.item(item.raw);
      count += page.length;
      newest = page.at(-1)?.id ?? newest;
      progress(null);
    }
  } catch (error) {
    await writer.abandon();
    throw error;
  }
  await writer.finish();
  return newest;
}

/** All items, oldest first. */
function pagesOf(
  { source, signal, sleep }: ExportRequest,
  { id }: Thread,
  onWait: (ms: number) => void,
): AsyncGenerator<readonly ThreadItem[]> {
  const ask = (after: string | undefined) =>
    source.listItems(id, { limit: pageSize, order: 'asc', ...(after === undefined ? {} : { after }) }, signal);
  return everyPage(ask, { signal, sleep, onWait });
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
