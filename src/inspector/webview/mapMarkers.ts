import type { InspectorItem } from '../common/inspectorItem.ts';

/** The kinds of markers, the most important last: later kinds are drawn over earlier ones. */
export const markerKinds = ['user', 'open', 'error'] as const;
export type MarkerKind = (typeof markerKinds)[number];

/** Returns the kind of marker of an item in the map, or null for items without one. */
export function markerOf(item: InspectorItem): MarkerKind | null {
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
