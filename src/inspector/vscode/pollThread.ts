import type { ThreadItem } from '../../chatkit/common/model/item.ts';
import type { ItemsChange, ThreadItems, ThreadStore } from '../../chatkit/common/store/types.ts';

/** Number of items at the end that are read again while one of them is open. */
const recheckedItems = 20;

/**
 * Polls a thread: requests the items after the newest one, the thread itself and, while an item at the end is open, the
 * last items again. Returns true if an item was added or changed. The cost does not depend on the length of the thread.
 * Throws `SourceError`.
 */
export async function pollThread(store: ThreadStore, threadId: string, signal: AbortSignal): Promise<boolean> {
  let changed = false;
  const unsubscribe = store.on((event) => {
    if (event.type === 'items' && event.threadId === threadId && isNews(event.change)) changed = true;
  });
  try {
    await store.pollNewer(threadId, recheckCount(store.items(threadId)), signal);
    await store.refreshThread(threadId, signal);
  } finally {
    unsubscribe();
  }
  return changed;
}

function isNews({ type }: ItemsChange): boolean {
  return type !== 'bounds' && type !== 'asOf';
}

/** Returns the number of items at the end to read again: 0 unless one of them is open. */
export function recheckCount({ windows }: Pick<ThreadItems, 'windows'>): number {
  return windows.at(-1)?.items.slice(-recheckedItems).some(isOpen) === true ? recheckedItems : 0;
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
