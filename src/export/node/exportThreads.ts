import { toSourceError, type ErrorKind, type SourceError } from '../../chatkit/common/errors.ts';
import type { ExportHeader } from '../common/format.ts';
import type { Redactor } from '../common/redact.ts';
import type { ThreadItem } from '../../chatkit/common/model/item.ts';
import type { Thread } from '../../chatkit/common/model/thread.ts';
import type { ThreadSource } from '../../chatkit/common/threadSource.ts';
import { everyPage, pageSize } from './everyPage.ts';
import type { WireReader } from './exportSource.ts';
import type { ExportLedger } from './ledger.ts';
import { openTarget, type ExportTarget } from './target.ts';
import type { ExportFormat, WrittenThread } from './verify.ts';

export interface ExportRequest {
  readonly source: ThreadSource;
  readonly threads: AsyncIterable<Thread> | Iterable<Thread>;
  readonly format: ExportFormat;
  /** `folder`: one file a thread, named after it. `file`: that one file (one thread, or any number as `jsonl`). */
  readonly target: { readonly type: 'folder' | 'file'; readonly path: string };
  readonly header: ExportHeader;
  /** Skips what an earlier run has written, as `ledger` records it. Stand-ins are numbered anew in each run: not with `redactor`. */
  readonly resume: boolean;
  readonly ledger: ExportLedger;
  /**
   * Asks whether files of the folder that are not an export of the thread may be replaced; `path` is the first of them. Asked
   * once for each export. A `target` of type `file` is not asked about: the user has picked that very file.
   */
  readonly mayReplace: (path: string) => Promise<boolean>;
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
  /** Where each of them is, by its id. */
  readonly files: ReadonlyMap<string, WrittenThread>;
  /** The newest item of each thread that was written, by the thread's id; null of one without items. */
  readonly newestItems: ReadonlyMap<string, string | null>;
  /** Written by an earlier export, and unchanged since. */
  readonly skipped: readonly Thread[];
  readonly failed: readonly { readonly thread: Thread; readonly error: SourceError }[];
  readonly cancelled: boolean;
  /** Why the list of threads ended early; null when it was walked to its end. */
  readonly listError: SourceError | null;
}

/** What would meet every further thread as well. */
const fatalErrors: ReadonlySet<ErrorKind> = new Set<ErrorKind>(['unauthorized', 'withheld']);

/**
 * Exports threads one after the other, items page by page: memory use does not grow with the export (except for Markdown
 * transcripts, which are put together in memory). When it is cancelled, what was written remains, and is skipped when it
 * runs again. One thread that fails does not end the others. Never throws.
 */
export async function exportThreads(request: ExportRequest): Promise<ExportReport> {
  const written: Thread[] = [];
  const files = new Map<string, WrittenThread>();
  const skipped: Thread[] = [];
  const failed: { thread: Thread; error: SourceError }[] = [];
  const newestItems = new Map<string, string | null>();
  let listError: SourceError | null = null;
  let target: ExportTarget | null = null;
  try {
    target = await openTarget(request);
    const seen = new Set<string>();
    for await (const thread of request.threads) {
      request.signal.throwIfAborted();
      // A list may repeat a thread; a second copy in the same file would be read as more items of the first.
      if (seen.has(thread.id)) continue;
      seen.add(thread.id);
      if (await target.isDone(thread)) {
        skipped.push(thread);
        continue;
      }
      try {
        const { newest, file } = await exportThread(request, target, thread, written.length + skipped.length);
        newestItems.set(thread.id, newest);
        files.set(thread.id, file);
        written.push(thread);
      } catch (error) {
        if (request.signal.aborted) throw error;
        const failure = toSourceError(error);
        failed.push({ thread, error: failure });
        if (fatalErrors.has(failure.kind)) throw failure;
      }
    }
  } catch (error) {
    if (!request.signal.aborted) listError = toSourceError(error);
  }
  const closeError = await close(target);
  const cancelled = request.signal.aborted;
  if (closeError === null) return { written, files, newestItems, skipped, failed, cancelled, listError };
  // The draft did not become the file: nothing of it was exported.
  const lost = [...skipped, ...written].map((thread) => ({ thread, error: closeError }));
  return {
    written: [],
    files: new Map(),
    newestItems: new Map(),
    skipped: [],
    failed: [...failed, ...lost],
    cancelled,
    listError: listError ?? closeError,
  };
}

async function close(target: ExportTarget | null): Promise<SourceError | null> {
  try {
    await target?.close();
    return null;
  } catch (error) {
    return toSourceError(error);
  }
}

/** `newest` is the id of its newest item. */
async function exportThread(
  request: ExportRequest,
  target: ExportTarget,
  thread: Thread,
  threadsDone: number,
): Promise<{ readonly newest: string | null; readonly file: WrittenThread }> {
  const writer = await target.write(thread);
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
    return { newest, file: await writer.finish() };
  } catch (error) {
    await writer.abandon();
    throw error;
  }
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
