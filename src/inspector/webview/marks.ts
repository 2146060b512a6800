import type { InspectorItem } from '../common/inspectorItem.ts';

/** What the map shows, the most urgent last: it is drawn over the others. */
export const markKinds = ['user', 'open', 'error'] as const;
export type MarkKind = (typeof markKinds)[number];

/** Why an item is worth a mark in the map; null for most. */
export function markOf(item: InspectorItem): MarkKind | null {
  switch (item.kind) {
    case 'user_message':
      return 'user';
    case 'client_tool_call':
      if (item.arguments.form === 'invalid' || item.output.form === 'invalid') return 'error';
      return item.status === 'open' ? 'open' : null;
    case 'widget':
      return item.widget.form === 'invalid' ? 'error' : null;
    case 'unknown':
      return item.problem === null ? null : 'error';
    case 'structured_input':
      return item.status === 'pending' ? 'open' : null;
    default:
      return null;
  }
}
