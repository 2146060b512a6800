import type { StoredItem } from '../store/items.ts';
import type { StoredThread } from '../store/threads.ts';
import { toRestBody } from './translate.ts';
import type { RestItem, RestThread } from './types.ts';

/** A thread as the hosted API says it (chatkit-api 3.1). */
export function restThread(thread: StoredThread): RestThread {
  return {
    id: thread.id,
    object: 'chatkit.thread',
    created_at: seconds(thread.createdAt),
    status: thread.status,
    title: thread.title,
    user: thread.user,
  };
}

/** An item as the hosted API says it (chatkit-api 4); null for what it has no type for. */
export function restItem(threadId: string, { id, createdAt, ...item }: StoredItem): RestItem | null {
  const body = item.face === 'rest' ? item.body : toRestBody(item.body);
  return body && { id, object: 'chatkit.thread_item', created_at: seconds(createdAt), thread_id: threadId, ...body };
}

function seconds(ms: number): number {
  return Math.floor(ms / 1000);
}
