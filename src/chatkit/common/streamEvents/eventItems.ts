import { isRecord } from '../../../base/common/json.ts';
import { exactField, withFields } from '../../../base/common/parseJson.ts';
import { ruleIds } from '../protocolProblems/catalogue/ruleIds.ts';
import type { ReportHere } from '../protocolProblems/problem.ts';
import { updateNameOf } from './eventForms.ts';

// The items and ids in events.

type Fields = Readonly<Record<string, unknown>>;

/** An event in the form of the protocol (chatkit-api 5.6). Includes fields that the protocol does not define. */
export interface CanonicalEvent {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** Whether an update contains the item as a whole. */
export function isSnapshot({ type, item, update }: CanonicalEvent): boolean {
  return type === 'thread.item.updated' && isRecord(item) && typeof item['type'] === 'string' && !isRecord(update);
}

/** The updates that an update without a type means: it has the content of an answer so far. */
export function wholeParts({ type, item_id: itemId, update }: CanonicalEvent): readonly CanonicalEvent[] {
  if (type !== 'thread.item.updated' || !isRecord(update) || typeof update['type'] === 'string') return [];
  const { content } = update;
  const parts: readonly unknown[] = Array.isArray(content) ? content : [];
  return parts.filter(isRecord).map((part, index) => ({
    type,
    item_id: itemId,
    update: { type: 'assistant_message.content_part.done', content_index: index, content: part },
  }));
}

/** Fields of an item that an update can contain as a whole, without being an update of the protocol. */
const wholeFields: ReadonlyMap<unknown, readonly string[]> = new Map([
  ['widget', ['widget', 'copy_text']],
  ['workflow', ['workflow']],
  ['task', ['task']],
  ['generated_image', ['image']],
  ['structured_input', ['inputs', 'status']],
  ['client_tool_call', ['status', 'output', 'arguments']],
]);

/** The fields of an item of a type in an update of no known type; null for everything else. */
export function changedFields(event: CanonicalEvent, itemType: unknown): Fields | null {
  const { type, update } = event;
  if (type !== 'thread.item.updated') return null;
  const holder: Fields = isRecord(update) ? update : event;
  const name = isRecord(update) ? update['type'] : undefined;
  if (typeof name === 'string' && updateNameOf(name) !== null) return null;
  const names = (wholeFields.get(itemType) ?? []).filter((name) => holder[name] !== undefined && holder[name] !== null);
  return names.length === 0 ? null : Object.fromEntries(names.map((name) => [name, holder[name]]));
}

/** Ids of an event as text (chatkit-api C.2): numbers are converted and reported. */
export function textIds(event: CanonicalEvent, report: ReportHere): CanonicalEvent {
  const { item, thread } = event;
  const top = withTextIds(event, ['item_id', 'thread_id'], '', report);
  return {
    ...top,
    ...(isRecord(item) ? { item: withTextIds(item, ['id', 'thread_id'], 'item.', report) } : {}),
    ...(isRecord(thread) ? { thread: withTextIds(thread, ['id'], 'thread.', report) } : {}),
  };
}

function withTextIds<T extends Readonly<Record<string, unknown>>>(
  value: T,
  names: readonly string[],
  path: string,
  report: ReportHere,
): T {
  const numbers = names.filter((name) => ['number', 'bigint'].includes(typeof value[name]));
  if (numbers.length === 0) return value;
  const sent = numbers.map((name) => [name, exactField(value, name)] as const);
  for (const [name, id] of sent) report(ruleIds.numericId, { field: `${path}${name}` }, id);
  return withFields(value, Object.fromEntries(sent.map(([name, id]) => [name, String(id)])));
}
