import { isJsonObject, type Json, type JsonObject } from '../../../base/common/json.ts';
import type { ItemUpdate } from './events.ts';

type NodeUpdate = Extract<ItemUpdate, { type: 'widgetText' | 'widgetComponent' }>;

/** Widgets are untrusted, and their trees can have any depth. */
const maxDepth = 200;

/** A widget with the node that `update` names changed; the widget itself where no node has that id. */
export function applyToWidget(root: Json, update: NodeUpdate): Json {
  return changeNode(root, update, 0);
}

function changeNode(node: Json, update: NodeUpdate, depth: number): Json {
  if (!isJsonObject(node) || depth > maxDepth) return node;
  if (node['id'] === update.componentId) {
    return update.type === 'widgetComponent' ? update.component : withText(node, update);
  }
  const { children } = node;
  if (children === undefined || children === null) return node;
  // Most containers have a list, a Transition has one object.
  const changed = Array.isArray(children)
    ? changeFirst(children, update, depth)
    : changeNode(children, update, depth + 1);
  return changed === children ? node : { ...node, children: changed };
}

function changeFirst(children: readonly Json[], update: NodeUpdate, depth: number): readonly Json[] {
  for (const [index, child] of children.entries()) {
    const changed = changeNode(child, update, depth + 1);
    if (changed !== child) return children.with(index, changed);
  }
  return children;
}

function withText(node: JsonObject, { delta, done }: Extract<NodeUpdate, { type: 'widgetText' }>): JsonObject {
  const value = typeof node['value'] === 'string' ? node['value'] : '';
  return { ...node, value: value + delta, streaming: !done };
}
