import type { Task } from '../../../chatkit/common/model/item.ts';

export type ShownProgress = 'done' | 'running' | 'none' | 'unknown';

/**
 * How far a task is. The REST API tells nothing (chatkit-api 4.3): a task that something follows is over, which is our
 * conclusion and marked as one; of the last one nobody knows. `none` is a server's own word: nothing is to be shown.
 */
export function taskProgress(
  { progress }: Pick<Task, 'progress'>,
  followed: boolean,
): { readonly progress: ShownProgress; readonly inferred: boolean } {
  if (progress === 'complete') return { progress: 'done', inferred: false };
  if (progress === 'loading') return { progress: 'running', inferred: false };
  if (progress === 'none') return { progress: 'none', inferred: false };
  return followed ? { progress: 'done', inferred: true } : { progress: 'unknown', inferred: true };
}
