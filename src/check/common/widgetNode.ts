import { isRecord } from '../../base/common/json.ts';
import type { ReportHere } from '../../chatkit/common/protocolProblems/problem.ts';
import { ruleIds } from '../../chatkit/common/protocolProblems/catalogue/ruleIds.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Reports an update of a widget whose component does not exist, or has no text (chatkit-api 5.7). */
export function judgeWidgetUpdate(widget: unknown, update: Fields, report: ReportHere): void {
  const { type, component_id: id } = update;
  if (typeof id !== 'string' || typeof type !== 'string') return;
  const node = nodeById(widget, id, 0);
  if (node === null) report(ruleIds.deltaTargetMissing, { field: 'update.component_id' }, id);
  else if (type === 'widget.streaming_text.value_delta' && node['type'] !== 'Text' && node['type'] !== 'Markdown') {
    report(ruleIds.deltaTargetNotText, { field: 'update.component_id' }, node['type']);
  }
}

/** Depth-first, within the depth that widgets are read to. */
function nodeById(node: unknown, id: string, depth: number): Fields | null {
  if (depth > 100) return null;
  if (Array.isArray(node)) {
    for (const element of node) {
      const found = nodeById(element, id, depth + 1);
      if (found !== null) return found;
    }
    return null;
  }
  if (!isRecord(node)) return null;
  if (node['id'] === id) return node;
  return nodeById(node['children'], id, depth + 1);
}
