import { isJsonObject, type Json, type JsonObject } from '../../../base/common/json.ts';
import { ruleIds } from '../protocolProblems/catalogue/ruleIds.ts';
import type { ReportHere } from '../protocolProblems/problem.ts';
import { applyUpdate } from '../stream/applyUpdate.ts';
import type { StreamEvent } from '../stream/events.ts';
import type { WidgetItem } from '../model/item.ts';

/** Most widgets of a stream that are followed. */
const maxWidgets = 50;
const maxDepth = 200;
const textual: ReadonlySet<Json | undefined> = new Set(['Text', 'Markdown']);

/** The widgets of one stream: reports updates whose component does not exist or has no text (chatkit-api 5.7). */
export class StreamedWidgets {
  readonly #items = new Map<string, WidgetItem>();

  take(event: StreamEvent, report: ReportHere): void {
    if (event.type === 'itemAdded' || event.type === 'itemDone' || event.type === 'itemReplaced') {
      const { item } = event;
      if (item.kind === 'widget' && (this.#items.has(item.id) || this.#items.size < maxWidgets)) {
        this.#items.set(item.id, item);
      }
      return;
    }
    if (event.type !== 'itemUpdated') return;
    const { itemId, update } = event;
    const before = this.#items.get(itemId);
    if (before === undefined) return;
    const { widget } = before;
    if (update.type === 'widgetText' || update.type === 'widgetComponent') {
      const root = widget.form === 'absent' || widget.form === 'invalid' ? null : widget.value;
      const target = { componentId: update.componentId, isText: update.type === 'widgetText' };
      reportTarget(root, target, (rule, location, value) => report(rule, { itemId, ...location }, value));
    }
    const after = applyUpdate(before, update);
    if (after.kind === 'widget') this.#items.set(itemId, after);
  }
}

/** Reports an update of a widget whose component does not exist, or has no text although `isText`. */
export function reportTarget(
  widget: Json | undefined,
  { componentId, isText }: { readonly componentId: string; readonly isText: boolean },
  report: ReportHere,
): void {
  const node = nodeById(widget, componentId, 0);
  const where = { field: 'update.component_id' };
  if (node === null) report(ruleIds.deltaTargetMissing, where, componentId);
  else if (isText && !textual.has(node['type'])) report(ruleIds.deltaTargetNotText, where, node['type']);
}

function nodeById(node: Json | undefined, id: string, depth: number): JsonObject | null {
  if (depth > maxDepth) return null;
  if (Array.isArray(node)) {
    for (const element of node as readonly Json[]) {
      const found = nodeById(element, id, depth + 1);
      if (found !== null) return found;
    }
    return null;
  }
  if (!isJsonObject(node)) return null;
  return node['id'] === id ? node : nodeById(node['children'], id, depth + 1);
}
