import type { WidgetNode } from '../common/node.ts';

/** Names of the fields that a Label of the widget belongs to. */
export function labelledFields(root: WidgetNode | null): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (node: WidgetNode): void => {
    if (node.component === 'Label' && node.props.fieldName !== undefined) names.add(node.props.fieldName);
    node.children.forEach(visit);
  };
  if (root) visit(root);
  return names;
}
