import type { StoredItem } from '../store/items.ts';
import type { StoredThread } from '../store/threads.ts';
import { toRestBody } from './translate.ts';
import type { RestItem, RestThread } from '../model/restTypes.ts';

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

/** Whether the hosted API has a type for the item at all. */
export function isOnRest(item: StoredItem): boolean {
  return item.face === 'rest' || toRestBody(item.body) !== null;
}

/** Items as the hosted API says them (chatkit-api 4), without those it has no type for. */
export function restItems(threadId: string, items: readonly StoredItem[]): RestItem[] {
  return items.flatMap(({ id, createdAt, ...item }): RestItem[] => {
    const body = item.face === 'rest' ? item.body : toRestBody(item.body);
    if (body === null) return [];
    return [{ id, object: 'chatkit.thread_item', created_at: seconds(createdAt), thread_id: threadId, ...body }];
  });
}

function seconds(ms: number): number {
  return Math.floor(ms / 1000);
}
