import type { Task } from '../../../chatkit/common/model/item.ts';

export type ShownProgress = 'done' | 'running' | 'unfinished' | 'none' | 'unknown';

/**
 * Returns the progress of a task. The REST API reports none (chatkit-api 4.3): a task that is followed by another item is
 * inferred to be done; the progress of the last task is unknown. `none` is reported by a server: no progress is shown. A task
 * that runs in an item that cannot change any more (`canChange`) was not finished.
 */
export function taskProgress(
  { progress }: Pick<Task, 'progress'>,
  followed: boolean,
  canChange: boolean,
): { readonly progress: ShownProgress; readonly inferred: boolean } {
  if (progress === 'complete') return { progress: 'done', inferred: false };
  if (progress === 'loading') return { progress: canChange ? 'running' : 'unfinished', inferred: false };
  if (progress === 'none') return { progress: 'none', inferred: false };
  return followed ? { progress: 'done', inferred: true } : { progress: 'unknown', inferred: true };
}
