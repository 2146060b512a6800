import type { StoredThread } from '../../store/threads.ts';
import type { Action } from '../protocol/commands.ts';
import { ServerFailure } from '../protocol/failure.ts';
import { serverBody, serverItem } from '../protocol/fromStore.ts';
import type { JsonObject, ServerItem } from '../../model/serverTypes.ts';

/** The widget after an action: a card says in its header what came, and one that counts, counts. */
export function actOn(widget: JsonObject, { type }: Action): JsonObject {
  const counted = type === 'sandbox.count' ? count(widget) : widget;
  return counted['type'] === 'Basic' ? counted : { ...counted, status: { text: `Received ${type}`, icon: 'check' } };
}

/** `threads.sync_custom_action`: the changed widget comes in the reply itself (chatkit-api 5.3). Throws `ServerFailure`. */
export function answerSyncAction(
  thread: StoredThread,
  itemId: string | null,
  action: Action,
): { updated_item?: ServerItem } {
  if (itemId === null) return {};
  const item = thread.items.find(itemId);
  const body = item && serverBody(item);
  if (item === undefined || body?.type !== 'widget') {
    throw new ServerFailure('threads.sync_custom_action requires a widget sender item');
  }
  const { id, createdAt } = item;
  const updated = { id, createdAt, face: 'server' as const, body: { ...body, widget: actOn(body.widget, action) } };
  thread.items.replace(updated);
  return { updated_item: serverItem(thread.id, updated) };
}

function count(node: JsonObject): JsonObject {
  if (node['id'] === 'count') return { ...node, value: String(Number(node['value'] ?? 0) + 1) };
  const { children } = node;
  return Array.isArray(children) ? { ...node, children: children.map((child: JsonObject) => count(child)) } : node;
}
