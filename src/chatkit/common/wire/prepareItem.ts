import { ruleIds } from '../protocolProblems/catalogue/ruleIds.ts';
import type { ReportHere } from '../protocolProblems/problem.ts';
import { type Json, type JsonObject, isJsonObject, isRecord } from '../../../base/common/json.ts';

/**
 * Brings known deviations of an item into the form of the protocol, so that they lose nothing: content as text, a summary
 * as text, options as texts, attachments with camel-case keys. Returns the same object for a correct item.
 */
export function prepareItem(type: string, received: JsonObject, report: ReportHere): JsonObject {
  const raw = withPart(type, received, report);
  switch (type) {
    case 'user_message':
      return prepareAttachments(prepareContent(raw, 'input_text', report), report);
    case 'assistant_message':
      return prepareContent(raw, 'output_text', report);
    case 'workflow':
      return prepareWorkflow(raw, report);
    case 'structured_input':
      return prepareForm(raw, report);
    default:
      return raw;
  }
}

/** The fields that only the part of an item has, by the type of the item. The part has the name of the field `into`. */
const parts: ReadonlyMap<string, { readonly into: string; readonly names: readonly string[] }> = new Map([
  ['workflow', { into: 'workflow', names: ['tasks', 'summary', 'expanded', 'steps'] }],
  [
    'task',
    { into: 'task', names: ['title', 'content', 'icon', 'queries', 'sources', 'status_indicator', 'title_query'] },
  ],
  ['widget', { into: 'widget', names: ['children', 'root', 'component', 'components'] }],
  ['generated_image', { into: 'image', names: ['url', 'image_url'] }],
  ['user_message', { into: 'content', names: ['text', 'message', 'body'] }],
  ['assistant_message', { into: 'content', names: ['text', 'message', 'body'] }],
]);
/** Fields of every item, which stay there. */
const ofItem: ReadonlySet<string> = new Set(['id', 'object', 'type', 'thread_id', 'created_at', 'copy_text']);

/** The item with its part, where a server sends the fields of the part in the item. */
function withPart(type: string, raw: JsonObject, report: ReportHere): JsonObject {
  const part = parts.get(type);
  if (part === undefined || (raw[part.into] !== undefined && raw[part.into] !== null)) return raw;
  const { into, names } = part;
  const field = names.find((name) => raw[name] !== undefined && raw[name] !== null);
  if (field === undefined) return raw;
  const value = raw[field] as Json;
  const own = Object.fromEntries(Object.entries(raw).filter(([name]) => !ofItem.has(name)));
  const built = partOf(into, { field, value, own });
  if (built === null) return raw;
  report(ruleIds.flatItem, { field: into }, { [field]: value });
  return { ...raw, [into]: built };
}

interface FlatPart {
  readonly field: string;
  readonly value: Json;
  readonly own: JsonObject;
}

function partOf(into: string, { field, value, own }: FlatPart): Json | null {
  switch (into) {
    case 'content':
      return typeof value === 'string' ? value : null;
    case 'image':
      return typeof value === 'string' ? { id: '', url: value } : null;
    case 'widget':
      // A root that is sent under another name, or the fields of the root, without a type of its own: most are cards.
      return isJsonObject(value) && field !== 'children' ? value : { type: 'Card', ...own, children: value };
    default:
      return { type: 'custom', ...own };
  }
}

function prepareContent(raw: JsonObject, type: 'input_text' | 'output_text', report: ReportHere): JsonObject {
  const { content } = raw;
  const part = (text: string): JsonObject => ({ type, text, ...(type === 'output_text' ? { annotations: [] } : {}) });
  if (typeof content === 'string') {
    report(ruleIds.contentAsText, { field: 'content' }, content);
    return { ...raw, content: [part(content)] };
  }
  if (isJsonObject(content)) {
    report(ruleIds.wrongFieldType, { field: 'content' }, content);
    return { ...raw, content: [content] };
  }
  if (!isList(content) || !content.some((inner) => typeof inner === 'string')) return raw;
  const parts = content.map((inner, index) => {
    if (typeof inner !== 'string') return inner;
    report(ruleIds.contentAsText, { field: `content[${index}]` }, inner);
    return part(inner);
  });
  return { ...raw, content: parts };
}

const camelCase: Readonly<Record<string, string>> = {
  mimeType: 'mime_type',
  previewUrl: 'preview_url',
  uploadUrl: 'upload_url',
};

function prepareAttachments(raw: JsonObject, report: ReportHere): JsonObject {
  const { attachments } = raw;
  if (!isList(attachments)) return raw;
  const prepared = attachments.map((attachment, index) =>
    prepareAttachment(attachment, `attachments[${index}]`, report),
  );
  return prepared.every((attachment, index) => attachment === attachments[index])
    ? raw
    : { ...raw, attachments: prepared };
}

/** An attachment with the keys of the protocol, also where they are in camel case (chatkit-api 4.5). */
export function prepareAttachment(attachment: Json, path: string, report: ReportHere): Json {
  if (!isJsonObject(attachment)) return attachment;
  const keys = Object.keys(camelCase).filter((key) => key in attachment && !((camelCase[key] as string) in attachment));
  if (keys.length === 0) return attachment;
  report(ruleIds.camelCaseAttachment, { field: path === '' ? (keys[0] as string) : `${path}.${keys[0]}` });
  return { ...attachment, ...Object.fromEntries(keys.map((key) => [camelCase[key], attachment[key] as Json])) };
}

function prepareWorkflow(raw: JsonObject, report: ReportHere): JsonObject {
  const { workflow } = raw;
  if (!isJsonObject(workflow)) return raw;
  const { summary } = workflow;
  if (typeof summary !== 'string') return raw;
  report(ruleIds.workflowSummary, { field: 'workflow.summary' }, summary);
  return { ...raw, workflow: { ...workflow, summary: { title: summary } } };
}

function prepareForm(raw: JsonObject, report: ReportHere): JsonObject {
  const { inputs } = raw;
  if (!isList(inputs)) return raw;
  let changed = false;
  const prepared = inputs.map((input, index) => {
    if (!isJsonObject(input)) return input;
    const { options } = input;
    if (!isList(options) || !options.some((option) => typeof option === 'string')) return input;
    changed = true;
    report(ruleIds.formOptions, { field: `inputs[${index}].options` }, options);
    return { ...input, options: options.map((option) => (typeof option === 'string' ? { value: option } : option)) };
  });
  return changed ? { ...raw, inputs: prepared } : raw;
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

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
