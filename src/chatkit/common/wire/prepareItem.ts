import { ruleIds } from '../protocolProblems/catalogue/ruleIds.ts';
import type { ReportHere } from '../protocolProblems/problem.ts';
import { type Json, type JsonObject, isJsonObject, isRecord } from '../../../base/common/json.ts';
import { withEnumValues } from './enumValues.ts';
import { withFields, withNumbersOf } from '../../../base/common/parseJson.ts';

/**
 * Brings known deviations of an item into the form of the protocol, so that they lose nothing: content as text, a summary
 * as text, options as texts, attachments with camel-case keys. Returns the same object for a correct item.
 */
export function prepareItem(type: string, received: JsonObject, report: ReportHere): JsonObject {
  const raw = withPart(type, withEnumValues(received, report), report);
  switch (type) {
    case 'user_message':
      return prepareAttachments(prepareContent(raw, 'input_text', report), report);
    case 'assistant_message':
      return prepareParts(prepareContent(raw, 'output_text', report), report);
    case 'client_tool_call':
      return renamed(raw, toolNames, '', report);
    case 'task':
      return isJsonObject(raw['task']) ? { ...raw, task: prepareTask(raw['task'], 'task', report) } : raw;
    case 'generated_image':
      return prepareImage(raw, report);
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

/** Names that other APIs have for a field, by the name of the protocol. */
type OtherNames = Readonly<Record<string, readonly string[]>>;

const toolNames: OtherNames = {
  name: ['tool_name', 'toolName', 'function_name', 'tool'],
  arguments: ['args', 'input', 'parameters', 'params'],
  output: ['result', 'tool_output'],
  call_id: ['tool_call_id', 'callId'],
};
const taskNames: OtherNames = {
  title: ['name', 'heading', 'label'],
  content: ['description', 'text', 'body'],
};
const inputNames: OtherNames = { question: ['label', 'title', 'prompt', 'text'] };
const imageNames: OtherNames = { url: ['image_url', 'src', 'href', 'uri'] };

/** An object with the fields of the protocol where it has them under another name only. Reports each. */
function renamed(object: JsonObject, names: OtherNames, path: string, report: ReportHere): JsonObject {
  let result = object;
  for (const [name, others] of Object.entries(names)) {
    if (object[name] !== undefined && object[name] !== null) continue;
    const other = others.find((key) => object[key] !== undefined && object[key] !== null);
    if (other === undefined) continue;
    report(ruleIds.otherFieldName, { field: path === '' ? other : `${path}.${other}` }, object[other]);
    result = { ...result, [name]: object[other] as Json };
  }
  return result;
}

/** Changes the objects of a list; returns the same list where nothing changes. */
function mapped(list: readonly Json[], change: (element: Json, index: number) => Json): readonly Json[] {
  const changed = list.map(change);
  return changed.every((element, index) => element === list[index]) ? list : changed;
}

/** Parts of an answer with text in an object, and with annotations of the Responses API. */
function prepareParts(raw: JsonObject, report: ReportHere): JsonObject {
  const { content } = raw;
  if (!isList(content)) return raw;
  const prepared = mapped(content, (part, index) => {
    if (!isJsonObject(part)) return part;
    const { text, annotations } = part;
    const path = `content[${index}]`;
    const inner = isJsonObject(text) ? text['value'] : undefined;
    if (typeof inner === 'string') report(ruleIds.wrongFieldType, { field: `${path}.text` }, text);
    const list = isList(annotations) ? mapped(annotations, prepareAnnotation) : annotations;
    if (list !== annotations && isList(annotations)) {
      report(ruleIds.invalidAnnotation, { field: `${path}.annotations` }, annotations[0]);
    }
    if (typeof inner !== 'string' && list === annotations) return part;
    return {
      ...part,
      ...(typeof inner === 'string' ? { text: inner } : {}),
      ...(list === undefined ? {} : { annotations: list }),
    };
  });
  return prepared === content ? raw : { ...raw, content: prepared };
}

/** An annotation of the Responses API as one of the protocol. */
function prepareAnnotation(annotation: Json): Json {
  if (!isJsonObject(annotation) || annotation['source'] !== undefined) return annotation;
  const { type, url, filename, title, end_index: end, index = end } = annotation;
  const common = { type: 'annotation', ...(typeof index === 'number' ? { index } : {}) };
  if (type === 'url_citation' && typeof url === 'string') {
    return { ...common, source: { type: 'url', url, title: typeof title === 'string' ? title : url } };
  }
  if (type === 'file_citation' && typeof filename === 'string') {
    return { ...common, source: { type: 'file', filename, title: typeof title === 'string' ? title : filename } };
  }
  return annotation;
}

function prepareImage(raw: JsonObject, report: ReportHere): JsonObject {
  const { image } = raw;
  if (typeof image === 'string') {
    report(ruleIds.wrongFieldType, { field: 'image' }, image);
    return { ...raw, image: { id: '', url: image } };
  }
  if (!isJsonObject(image)) return raw;
  const { b64_json: base64, b64_json: bytes = image['base64'] } = image;
  if (image['url'] == null && typeof bytes === 'string') {
    report(ruleIds.otherFieldName, { field: base64 === undefined ? 'image.base64' : 'image.b64_json' });
    return { ...raw, image: { ...image, url: `data:image/png;base64,${bytes}` } };
  }
  const named = renamed(image, imageNames, 'image', report);
  return named === image ? raw : { ...raw, image: named };
}

function prepareWorkflow(raw: JsonObject, report: ReportHere): JsonObject {
  const { workflow } = raw;
  if (!isJsonObject(workflow)) return raw;
  const { summary, tasks } = workflow;
  const list = isList(tasks)
    ? mapped(tasks, (task, index) =>
        isJsonObject(task) ? prepareTask(task, `workflow.tasks[${index}]`, report) : task,
      )
    : tasks;
  if (typeof summary === 'string') report(ruleIds.workflowSummary, { field: 'workflow.summary' }, summary);
  else if (list === tasks) return raw;
  return {
    ...raw,
    workflow: {
      ...workflow,
      ...(list === undefined ? {} : { tasks: list }),
      ...(typeof summary === 'string' ? { summary: { title: summary } } : {}),
    },
  };
}

/** A task with the names of the protocol, and with sources that are an address alone. */
function prepareTask(task: JsonObject, path: string, report: ReportHere): JsonObject {
  const named = renamed(task, taskNames, path, report);
  const { sources } = named;
  if (!isList(sources)) return named;
  const list = mapped(sources, (source, index) => {
    const field = `${path}.sources[${index}]`;
    if (typeof source === 'string' && /^https?:/.test(source)) {
      report(ruleIds.invalidElement, { field }, source);
      return { type: 'url', url: source, title: source };
    }
    if (!isJsonObject(source) || source['type'] != null) return source;
    const type = typeof source['url'] === 'string' ? 'url' : typeof source['filename'] === 'string' ? 'file' : null;
    if (type === null) return source;
    report(ruleIds.missingField, { field: `${field}.type` });
    return { ...source, type };
  });
  return list === sources ? named : { ...named, sources: list };
}

function prepareForm(received: JsonObject, report: ReportHere): JsonObject {
  const { inputs: own } = received;
  if (isJsonObject(own)) report(ruleIds.wrongFieldType, { field: 'inputs' }, own);
  const inputs = isJsonObject(own) ? [own] : own;
  if (!isList(inputs)) return received;
  const prepared = mapped(inputs, (input, index) =>
    isJsonObject(input) ? prepareInput(input, `inputs[${index}]`, report) : input,
  );
  return prepared === own ? received : { ...received, inputs: prepared };
}

function prepareInput(input: JsonObject, path: string, report: ReportHere): JsonObject {
  const named = renamed(input, inputNames, path, report);
  const { options, answer } = named;
  const list = isList(options) ? mapped(options, optionOf) : options;
  if (list !== options) report(ruleIds.formOptions, { field: `${path}.options` }, options);
  const given = answerOf(answer);
  if (given !== answer) report(ruleIds.wrongFieldType, { field: `${path}.answer` }, answer);
  if (list === options && given === answer) return named;
  return {
    ...named,
    ...(list === undefined ? {} : { options: list }),
    ...(given === undefined ? {} : { answer: given }),
  };
}

/** An option that is a text, or has its value under another name. */
function optionOf(option: Json): Json {
  if (typeof option === 'string' || typeof option === 'number') return { value: String(option) };
  if (!isJsonObject(option) || option['value'] != null) return option;
  const found = [option['id'], option['label'], option['text'], option['title']].find(
    (value) => typeof value === 'string',
  );
  return found === undefined ? option : { ...option, value: found };
}

/** An answer that is its value, or a list of values. */
function answerOf(answer: Json | undefined): Json | undefined {
  const inner = isJsonObject(answer) && !isList(answer['values']) ? (answer['value'] ?? answer['text']) : undefined;
  const value = inner ?? answer;
  const texts: readonly Json[] = isList(value) ? value : [value ?? null];
  if ((isJsonObject(answer) && inner === undefined) || !texts.every((text) => typeof text === 'string')) return answer;
  return { values: texts, skipped: false };
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

const kindOfRole = new Map([
  ['user', 'user_message'],
  ['human', 'user_message'],
  ['assistant', 'assistant_message'],
  ['ai', 'assistant_message'],
]);

/** An item with its type where the server sends a role in place of it, also as its type (LangChain). Reports it. */
export function withItemType<T>(item: T, report: ReportHere): T {
  if (!isRecord(item)) return item;
  const { type, role } = item;
  const hasType = type !== undefined && type !== null && type !== 'message';
  const kind = kindOfName(hasType ? type : role);
  if (kind === null) return item;
  report(
    typeof type === 'string' ? ruleIds.unknownItemType : ruleIds.missingItemType,
    { field: 'type' },
    type ?? undefined,
  );
  return withFields(item, { type: kind });
}

/** The type of an item of a role, such as `assistant`; null for everything else. */
export function kindOfName(role: unknown): string | null {
  return typeof role === 'string' ? (kindOfRole.get(role.toLowerCase()) ?? null) : null;
}
