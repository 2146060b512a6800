import { isSourceError, toSourceError, type SourceError } from '../../../chatkit/common/errors.ts';
import type { ThreadRef } from '../../../chatkit/common/refs.ts';
import { inParallel } from '../../../chatkit/common/store/inParallel.ts';
import type { ThreadsModel } from '../model/threadsModel.ts';

/** Requests at once. */
const maxConcurrentRequests = 4;

export interface DeletionOutcome {
  /** Gone now, those that were gone already included. */
  readonly deleted: readonly ThreadRef[];
  readonly failed: readonly { readonly thread: ThreadRef; readonly label: string; readonly error: SourceError }[];
  /** Left as they were when the user stopped. */
  readonly left: readonly ThreadRef[];
}

/**
 * Deletes threads, a few at a time. What was asked for when `signal` fires may or may not have happened: it is left.
 * `check` is called right before each; when it throws, the thread is not deleted and has failed.
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
    // The connection was taken away meanwhile.
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
  const settled = new Set([...deleted, ...failed.map(({ thread }) => thread)]);
  return { deleted, failed, left: threads.filter((thread) => !settled.has(thread)) };
}
