import { type ErrorKind, type SourceError, toSourceError } from '../../chatkit/common/errors.ts';
import type { ThreadItem } from '../../chatkit/common/model/item.ts';
import type { Thread } from '../../chatkit/common/model/thread.ts';
import { everyPage } from '../../chatkit/common/everyPage.ts';
import { maxPageSize } from '../../chatkit/common/threadSource.ts';
import { type ExportRequest, type ExportTarget, openTarget } from './target.ts';
import type { WrittenThread } from './verify.ts';

export interface ExportReport {
  /** Threads that were written and verified. */
  readonly written: readonly Thread[];
  /** Where each of them was written, by thread ID. */
  readonly files: ReadonlyMap<string, WrittenThread>;
  /** The newest item ID of each written thread, by thread ID; null for a thread without items. */
  readonly newestItems: ReadonlyMap<string, string | null>;
  /** Threads that an earlier export has written and that have not changed since. */
  readonly skipped: readonly Thread[];
  readonly failed: readonly { readonly thread: Thread; readonly error: SourceError }[];
  readonly cancelled: boolean;
  /** Why not all threads were listed; null when the list is complete. */
  readonly listError: SourceError | null;
}

/** Errors that would also occur for every other thread. */
const fatalErrors: ReadonlySet<ErrorKind> = new Set<ErrorKind>(['unauthorized', 'withheld']);

/**
 * Exports threads one after the other, items page by page. Memory use does not grow with the export, except for Markdown
 * transcripts, which are assembled in memory. After a cancellation, written threads remain and are skipped by the next
 * export. A thread that fails does not stop the others. Never throws.
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
      // A list can repeat a thread. A second copy in the same file would add its items to the first.
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
  // The draft did not replace the target, so none of its threads were exported.
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

/** `newest` is the ID of the newest item. */
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

/** Yields all items, oldest first. */
function pagesOf(
  { source, signal, sleep }: ExportRequest,
  { id }: Thread,
  onWait: (ms: number) => void,
): AsyncGenerator<readonly ThreadItem[]> {
  const fetchPage = (after: string | undefined) =>
    source.listItems(id, { limit: maxPageSize, order: 'asc', ...(after === undefined ? {} : { after }) }, signal);
  return everyPage(fetchPage, { signal, sleep, onWait });
}
