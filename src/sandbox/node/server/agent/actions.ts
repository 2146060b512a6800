import type { StoredThread } from '../../model/store.ts';
import { type Action, ServerFailure } from '../protocol/commands.ts';
import { serverBody, serverItem } from '../protocol/fromStore.ts';
import type { JsonObject, ServerItem } from '../../model/serverTypes.ts';

/** Returns the widget after an action: cards show the action in their header, counters are incremented. */
export function applyAction(widget: JsonObject, { type }: Action): JsonObject {
  const counted = type === 'sandbox.count' ? count(widget) : widget;
  return counted['type'] === 'Basic' ? counted : { ...counted, status: { text: `Received ${type}`, icon: 'check' } };
}

/** Executes `threads.sync_custom_action`, whose response contains the changed widget (chatkit-api 5.3). Throws `ServerFailure`. */
export function executeSyncAction(
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
  const updated = {
    id,
    createdAt,
    format: 'server' as const,
    body: { ...body, widget: applyAction(body.widget, action) },
  };
  thread.items.replace(updated);
  return { updated_item: serverItem(thread.id, updated) };
}

function count(node: JsonObject): JsonObject {
  if (node['id'] === 'count') return { ...node, value: String(Number(node['value'] ?? 0) + 1) };
  const { children } = node;
  return Array.isArray(children) ? { ...node, children: children.map((child: JsonObject) => count(child)) } : node;
}
