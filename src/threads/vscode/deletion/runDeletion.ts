import { type SourceError, isSourceError, toSourceError } from '../../../chatkit/common/errors.ts';
import type { ThreadRef } from '../../../chatkit/common/refs.ts';
import { inParallel } from '../../../chatkit/common/store/requests.ts';
import type { ThreadsModel } from '../model/threadsModel.ts';

/** Maximum number of concurrent requests. */
const maxConcurrentRequests = 4;

export interface DeletionOutcome {
  /** Deleted threads, including threads that did not exist any more. */
  readonly deleted: readonly ThreadRef[];
  readonly failed: readonly { readonly thread: ThreadRef; readonly label: string; readonly error: SourceError }[];
  /** Threads not processed when the user cancelled. */
  readonly remaining: readonly ThreadRef[];
}

/**
 * Deletes threads, a few at a time. A request that is in progress when `signal` fires may or may not succeed; its thread is
 * `remaining`. `check` is called directly before each deletion. When it throws, the thread is not deleted and has failed.
 */
export async function runDeletion(
  model: ThreadsModel,
  threads: readonly ThreadRef[],
  signal: AbortSignal,
  onProgress: (done: number) => void,
  check?: (thread: ThreadRef) => Promise<void>,
): Promise<DeletionOutcome> {
  const deleted: ThreadRef[] = [];
  const failed: DeletionOutcome['failed'][number][] = [];
  await inParallel(threads, maxConcurrentRequests, signal, async (thread) => {
    const label = model.label(thread);
    const store = model.store(thread.connectionId);
    // The connection was removed in the meantime.
    if (store === undefined) return;
    try {
      await check?.(thread);
      await store.deleteThread(thread.threadId, signal);
      deleted.push(thread);
    } catch (error) {
      if (isSourceError(error, 'cancelled')) return;
      failed.push({ thread, label, error: toSourceError(error) });
    }
    onProgress(deleted.length + failed.length);
  });
  const processed = new Set([...deleted, ...failed.map(({ thread }) => thread)]);
  return { deleted, failed, remaining: threads.filter((thread) => !processed.has(thread)) };
}
