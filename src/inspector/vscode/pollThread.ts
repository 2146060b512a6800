import type { ThreadItem } from '../../chatkit/common/model/item.ts';
import type { ThreadItems, ThreadStore } from '../../chatkit/common/store/types.ts';

/** Items at the end that are read again while one of them is still open. */
const rechecked = 20;

/**
 * Asks for what is new in a thread: what came after the newest item, the thread's own state, and while something at its end
 * is open the last items again. True when something came or changed. What it costs does not depend on how long the thread
 * is. Throws `SourceError`.
 */
export async function pollThread(store: ThreadStore, threadId: string, signal: AbortSignal): Promise<boolean> {
  let news = false;
  const unsubscribe = store.on((event) => {
    if (event.type === 'items' && event.threadId === threadId && event.change.type !== 'bounds') news = true;
  });
  try {
    await store.pollNewer(threadId, recheckOf(store.items(threadId)), signal);
    await store.refreshThread(threadId, signal);
  } finally {
    unsubscribe();
  }
  return news;
}

/** How many items at the end to read again: none, unless one of the last of them is still open. */
export function recheckOf({ windows }: Pick<ThreadItems, 'windows'>): number {
  return windows.at(-1)?.items.slice(-rechecked).some(isOpen) === true ? rechecked : 0;
}

function isOpen(item: ThreadItem): boolean {
  switch (item.kind) {
    case 'client_tool_call':
      return item.status === 'open';
    case 'workflow':
      return item.summary === null;
    case 'generated_image':
      return item.image === null;
    case 'structured_input':
      return item.status === 'pending';
    case 'task':
      return item.task.progress === 'loading';
    default:
      return false;
  }
}
