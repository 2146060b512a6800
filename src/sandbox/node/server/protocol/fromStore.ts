import type { StoredItem } from '../../store/items.ts';
import type { StoredThread } from '../../store/threads.ts';
import { toServerBody } from './translate.ts';
import type { Json, JsonObject, ServerBody, ServerItem, ServerPage, ServerThread } from '../../model/serverTypes.ts';

/** Returns an item in the format of the self-hosted protocol (chatkit-api 5.5), without null values. */
export function serverItem(threadId: string, item: StoredItem): ServerItem {
  const body = serverBody(item);
  return { id: item.id, thread_id: threadId, created_at: naiveTime(item.createdAt), ...body };
}

export function serverBody(item: StoredItem): ServerBody {
  const body = item.format === 'server' ? item.body : toServerBody(item.body);
  return body.type === 'widget' ? { ...body, widget: withoutNulls(body.widget) } : body;
}

/** Returns a thread with a page of its items, which is empty except in `threads.get_by_id` (chatkit-api 5.3). */
export function serverThread(
  thread: StoredThread,
  items: ServerPage<ServerItem> = { data: [], has_more: false },
): ServerThread {
  const { status } = thread;
  return {
    id: thread.id,
    ...(thread.title !== null && { title: thread.title }),
    created_at: naiveTime(thread.createdAt),
    status:
      status.type === 'active' || status.reason === null
        ? { type: status.type }
        : { type: status.type, reason: status.reason },
    ...(thread.imageDomains && { allowed_image_domains: [...thread.imageDomains] }),
    metadata: {},
    items,
  };
}

/** Returns whether an item is never sent to clients (chatkit-api 5.5). */
export function isHidden(item: StoredItem): boolean {
  return (
    item.format === 'server' && (item.body.type === 'hidden_context_item' || item.body.type === 'sdk_hidden_context')
  );
}

/**
 * Returns an ISO 8601 time with microseconds and without a zone, in the zone of this machine, as Python's `datetime.now()`
 * writes it (chatkit-api 5.2).
 */
function naiveTime(ms: number): string {
  const offsetMs = new Date(ms).getTimezoneOffset() * 60_000;
  return new Date(ms - offsetMs).toISOString().replace('Z', '000');
}

/** Removes all null values from a widget, including action payloads, except from `children`. */
function withoutNulls(value: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, inner]) => inner !== null || key === 'children')
      .map(([key, inner]) => [key, inner === undefined ? undefined : clean(inner)]),
  );
}

function clean(value: Json): Json {
  if (Array.isArray(value)) return value.map(clean);
  return typeof value === 'object' && value !== null ? withoutNulls(value as JsonObject) : value;
}
