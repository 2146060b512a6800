import type { Thread } from '../../chatkit/common/model/thread.ts';
import { threadLabel } from '../../threads/common/summary/itemSummary.ts';
import type { ThreadView } from './protocol.ts';

/**
 * Returns a thread as the webview receives it: with a bounded title and without `raw`. Null while the thread is
 * unknown.
 */
export function toThreadView(thread: Thread | undefined, firstUserText?: string | null): ThreadView | null {
  if (thread === undefined) return null;
  const { id, title, createdAt, timeSource, status, user, imageDomains } = thread;
  return {
    id,
    title: title === null ? null : title.slice(0, 2_000),
    label: threadLabel(thread, firstUserText),
    createdAt,
    ...(timeSource === undefined ? {} : { timeSource }),
    status,
    user,
    imageDomains,
  };
}
