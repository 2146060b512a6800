import { ruleIds } from '../protocolProblems/catalogue/ruleIds.ts';
import type { ReportHere } from '../protocolProblems/problem.ts';
import { isRecord } from '../../../base/common/json.ts';
import { withFields, withNumbersOf } from '../../../base/common/parseJson.ts';

/** Names of the fields of the protocol (chatkit-api 5.4–5.8). */
const names = new Set(
  [
    'after allow_cancel allow_retry allowed_image_domains annotation annotation_index annotations answer answers',
    'arguments attachments attribution call_id code component component_id content content_index copy_text created_at',
    'data delta description done duration error expanded filename group has_more icon id image inference_options',
    'inline_label inputs interactive item item_id items label level message metadata method mime_type model multiple',
    'name options output preview preview_url progress queries question quoted_text reason skipped source sources',
    'status status_indicator stream_options summary task task_index tasks text thread thread_id timestamp title',
    'title_query tool_choice type update updated_item upload_descriptor upload_url url value values widget workflow',
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
      return list.every((element, index) => element === inner[index]) ? inner : withNumbersOf(inner, list);
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
    return changed ? withNumbersOf(inner, Object.fromEntries(entries), (key) => nameOf(key, inner)) : inner;
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

/** Kinds of items that a thread shows. */
export const itemKinds: ReadonlySet<unknown> = new Set([
  ...['user_message', 'assistant_message', 'client_tool_call', 'widget', 'workflow', 'task', 'structured_input'],
  ...['generated_image', 'end_of_turn'],
]);

const kindOfRole = new Map([
  ['user', 'user_message'],
  ['human', 'user_message'],
  ...['assistant', 'ai', 'bot', 'model', 'agent'].map((role) => [role, 'assistant_message'] as const),
]);

/** Names that serialisers and databases have for the type of an item. */
const typeKeys = ['$type', '@type', 'kind', 'item_type', 'itemType', 'typename', '__typename'];
/** Objects that contain an item beside the columns of its row. */
const itemHolders = ['item', 'data', 'payload', 'message'];

/**
 * An item with its type where the server sends a role in place of it, also as its type (LangChain), has it under another
 * name, or sends the item in an object. Reports it.
 */
export function withItemType<T>(item: T, report: ReportHere): T {
  if (!isRecord(item)) return item;
  const { type, role } = item;
  const hasType = type !== undefined && type !== null && type !== 'message';
  const kind = kindOfName(hasType ? type : role);
  if (kind === null) return hasType || typeof role === 'string' ? item : withTypeElsewhere(item, report);
  report(
    typeof type === 'string' ? ruleIds.unknownItemType : ruleIds.missingItemType,
    { field: 'type' },
    type ?? undefined,
  );
  return withFields(item, { type: kind });
}

function withTypeElsewhere<T extends object>(item: T, report: ReportHere): T {
  const fields = item as Readonly<Record<string, unknown>>;
  const key = typeKeys.find((name) => typeof fields[name] === 'string');
  if (key !== undefined) {
    report(ruleIds.otherFieldName, { field: key }, fields[key]);
    return withFields(item, { type: fields[key] });
  }
  const holder = itemHolders.find((name) => {
    const inner = fields[name];
    return isRecord(inner) && (itemKinds.has(inner['type']) || kindOfName(inner['role']) !== null);
  });
  if (holder === undefined) return item;
  report(ruleIds.otherFieldName, { field: `${holder}.type` });
  return withItemType({ ...item, ...(fields[holder] as object) }, report);
}

/** The type of an item of a role, such as `assistant`; null for everything else. */
export function kindOfName(role: unknown): string | null {
  return typeof role === 'string' ? (kindOfRole.get(role.toLowerCase()) ?? null) : null;
}
