import { type Json, sameJson } from '../../base/common/json.ts';
import type { WidgetNode } from './node.ts';

/**
 * Returns `next` with every part that equals the same part of `previous` replaced by that part, so that a page renders
 * again only what changed.
 */
export function reuseNodes(previous: WidgetNode | null, next: WidgetNode): WidgetNode {
  if (previous === null || previous.component !== next.component) return next;
  const children = next.children.map((child, index) => reuseNodes(previous.children[index] ?? null, child));
  const isSame =
    children.length === previous.children.length &&
    children.every((child, index) => child === previous.children[index]) &&
    sameJson(ownPart(previous), ownPart(next));
  return isSame ? previous : { ...next, children };
}

/** Everything of a node except its children; absent props are not in it. */
function ownPart(node: WidgetNode): Json {
  const { children: _, ...own } = node;
  return own as unknown as Json;
}
