import { ruleIds } from '../protocolProblems/catalogue/ruleIds.ts';
import type { ReportHere } from '../protocolProblems/problem.ts';
import { isRecord } from '../../../base/common/json.ts';

/** Names of the protocol (chatkit-api 5.4–5.7) that another case changes, beside those in one lower-case word. */
const names = new Set(
  [
    'allow_cancel allow_retry allowed_image_domains annotation_index call_id component_id content_index created_at',
    'group has_more inference_options item_id quoted_text stream_options task_index thread_id tool_choice updated_item',
    'annotations arguments attachments component content data delta done error icon id image inputs item items level',
    'message metadata model name options output progress status summary task tasks text thread title type update',
    'url widget workflow',
  ].flatMap((line) => line.split(' ')),
);

/** Their values are the application's own: every name in them has its meaning. */
const opaque = new Set(['metadata', 'widget', 'component', 'arguments', 'output', 'data', 'payload', 'error']);

const maxDepth = 8;

/**
 * A value of a server with the field names of the protocol, where a serialiser changed their case (`createdAt`,
 * `CreatedAt`). Reports the first one. Returns the same value for a correct one.
 */
export function withProtocolKeys<T>(value: T, report: ReportHere): T {
  // A serialiser changes all names: those of the value itself show it.
  if (!isRecord(value) || Object.keys(value).every((key) => nameOf(key, value) === key)) return value;
  let first: string | null = null;
  const convert = (inner: unknown, depth: number): unknown => {
    if (depth > maxDepth) return inner;
    if (Array.isArray(inner)) {
      const list = inner.map((element: unknown) => convert(element, depth + 1));
      return list.every((element, index) => element === inner[index]) ? inner : list;
    }
    if (!isRecord(inner)) return inner;
    let changed = false;
    const entries = Object.entries(inner).map(([key, field]): readonly [string, unknown] => {
      const name = nameOf(key, inner);
      if (name !== key) first ??= key;
      const converted = opaque.has(name) ? field : convert(field, depth + 1);
      changed ||= name !== key || converted !== field;
      return [name, converted];
    });
    return changed ? Object.fromEntries(entries) : inner;
  };
  const converted = convert(value, 0);
  if (first !== null) report(ruleIds.fieldNameCase, { field: first }, first);
  return converted as T;
}

/** The protocol's name of a field; the name itself where it is no other form of one, or where both are present. */
function nameOf(key: string, owner: Readonly<Record<string, unknown>>): string {
  if (!/[A-Z]/.test(key)) return key;
  const name = key.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
  return names.has(name) && !(name in owner) ? name : key;
}

const kindOfRole = new Map([
  ['user', 'user_message'],
  ['human', 'user_message'],
  ['assistant', 'assistant_message'],
  ['ai', 'assistant_message'],
]);

/** An item with its type where the server sends a role in place of it. Reports it. */
export function withItemType<T>(item: T, report: ReportHere): T {
  if (!isRecord(item)) return item;
  const { type, role } = item;
  if (typeof role !== 'string' || (type !== undefined && type !== null && type !== 'message')) return item;
  const kind = kindOfRole.get(role.toLowerCase());
  if (kind === undefined) return item;
  report(type === 'message' ? ruleIds.unknownItemType : ruleIds.missingItemType, { field: 'type' }, type ?? undefined);
  return { ...item, type: kind };
}
