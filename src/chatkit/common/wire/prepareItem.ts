import { ruleIds } from '../protocolProblems/catalogue/ruleIds.ts';
import type { ReportHere } from '../protocolProblems/problem.ts';
import { type Json, type JsonObject, isJsonObject } from '../../../base/common/json.ts';
import { jsonInText, parsedOrUndefined } from '../../../base/common/parseJson.ts';
import { withEnumValues } from './enumValues.ts';
import { type OtherNames, isList, mapped, renamed } from './fieldNames.ts';
import { prepareAttachments } from './prepareAttachment.ts';

/**
 * Brings known deviations of an item into the form of the protocol, so that they lose nothing: content as text, a summary
 * as text, options as texts, attachments with camel-case keys. Returns the same object for a correct item.
 */
export function prepareItem(type: string, received: JsonObject, report: ReportHere): JsonObject {
  const raw = withPart(type, withEnumValues(withOwnFields(type, received, report), report), report);
  switch (type) {
    case 'user_message':
      return prepareAttachments(prepareContent(raw, 'input_text', report), report);
    case 'assistant_message':
      return prepareParts(prepareContent(raw, 'output_text', report), report);
    case 'client_tool_call':
      return renamed(withFunction(raw, report), toolNames, '', report);
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

/** The field that an item cannot do without, and the other names that are read, by the type of the item. */
const required: ReadonlyMap<string, readonly string[]> = new Map([
  ['user_message', ['content', 'parts', 'text', 'message', 'body']],
  ['assistant_message', ['content', 'parts', 'text', 'message', 'body']],
  ['client_tool_call', ['name', 'tool_name', 'toolName', 'function_name', 'tool', 'function']],
  ['widget', ['widget', 'children', 'root', 'component', 'components']],
  ['workflow', ['workflow', 'tasks', 'steps']],
  ['task', ['task', 'title', 'content']],
  ['structured_input', ['inputs', 'fields', 'questions']],
  ['generated_image', ['image', 'url', 'image_url']],
]);
/** Columns of databases that contain the fields of an item, as an object or as JSON text. */
const holders = ['payload', 'data', 'attributes', 'properties', 'body', 'fields', 'item'];

/** The item with the fields that a server has in an object of their own. */
function withOwnFields(type: string, raw: JsonObject, report: ReportHere): JsonObject {
  const names = required.get(type) ?? [];
  const fieldIn = (fields: JsonObject): string | undefined =>
    names.find((name) => fields[name] !== undefined && fields[name] !== null);
  if (names.length === 0 || names.some((name) => typeof raw[name] === 'string' || isList(raw[name]))) return raw;
  const [own = ''] = names;
  if (raw[own] !== undefined && raw[own] !== null) return raw;
  for (const holder of holders) {
    const value = raw[holder];
    const parsed = jsonInText(value) ?? value;
    const field = isJsonObject(parsed) ? fieldIn(parsed) : undefined;
    if (!isJsonObject(parsed) || field === undefined) continue;
    report(parsed === value ? ruleIds.otherFieldName : ruleIds.doubleEncodedJson, { field: `${holder}.${field}` });
    return { ...parsed, ...Object.fromEntries(Object.entries(raw).filter(([name]) => name !== holder)) };
  }
  return raw;
}

/** A tool call in the form of the chat completions API: name and arguments in `function`. */
function withFunction(raw: JsonObject, report: ReportHere): JsonObject {
  const called = raw['function'];
  if (!isJsonObject(called) || (raw['name'] !== undefined && raw['name'] !== null)) return raw;
  report(ruleIds.otherFieldName, { field: 'function.name' }, called['name']);
  const { name, arguments: args } = called;
  return { ...raw, ...(name === undefined ? {} : { name }), ...(args === undefined ? {} : { arguments: args }) };
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
  const { content: own } = renamed(raw, contentNames, '', report);
  const content = contentIn(own, report);
  const part = (text: string): JsonObject => ({ type, text, ...(type === 'output_text' ? { annotations: [] } : {}) });
  if (typeof content === 'string') {
    report(ruleIds.contentAsText, { field: 'content' }, content);
    return { ...raw, content: [part(content)] };
  }
  const list: Json | undefined = isJsonObject(content) ? [content] : content;
  if (list !== content) report(ruleIds.wrongFieldType, { field: 'content' }, content);
  if (!isList(list)) return raw;
  const prepared = mapped(list, (inner, index) => {
    const path = `content[${index}]`;
    if (typeof inner === 'string') {
      report(ruleIds.contentAsText, { field: path }, inner);
      return part(inner);
    }
    if (!isJsonObject(inner)) return inner;
    const named = renamed(inner, partNames, path, report);
    if (named['type'] !== undefined || typeof named['text'] !== 'string') return named;
    report(ruleIds.missingField, { field: `${path}.type` });
    return { type, ...named };
  });
  return prepared === raw['content'] ? raw : { ...raw, content: prepared };
}

const contentNames: OtherNames = { content: ['parts'] };
/** Names that other APIs have for the text of a part. */
const partNames: OtherNames = { text: ['value', 'refusal', 'markdown'] };

/** The content of a message that is the JSON text of its parts, or an object that contains them. */
function contentIn(content: Json | undefined, report: ReportHere): Json | undefined {
  if (isJsonObject(content) && isList(content['parts'])) {
    report(ruleIds.otherFieldName, { field: 'content.parts' });
    return content['parts'];
  }
  if (typeof content !== 'string' || !/^\s*\[\s*\{/.test(content)) return content;
  const parsed = parsedOrUndefined(content);
  // An answer can be JSON as well.
  const isParts = Array.isArray(parsed) && (parsed as readonly Json[]).every(isTextPart);
  if (isParts) report(ruleIds.doubleEncodedJson, { field: 'content' }, content);
  return isParts ? parsed : content;
}

function isTextPart(part: Json): boolean {
  return isJsonObject(part) && /^(?:input_text|output_text|text)$/.test(String(part['type'])) && 'text' in part;
}

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
const workflowNames: OtherNames = { tasks: ['steps', 'items'] };
const formNames: OtherNames = { inputs: ['fields', 'questions'] };
const inputNames: OtherNames = {
  question: ['label', 'title', 'prompt', 'text'],
  options: ['choices', 'values'],
};
const imageNames: OtherNames = { url: ['image_url', 'src', 'href', 'uri'] };

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
  const named = renamed(workflow, workflowNames, 'workflow', report);
  const { summary } = workflow;
  const sent = named['tasks'];
  const inText = jsonInText(sent);
  if (isList(inText)) report(ruleIds.doubleEncodedJson, { field: 'workflow.tasks' }, sent);
  const tasks = isList(inText) ? inText : sent;
  const list = isList(tasks)
    ? mapped(tasks, (task, index) =>
        isJsonObject(task) ? prepareTask(task, `workflow.tasks[${index}]`, report) : task,
      )
    : tasks;
  if (typeof summary === 'string') report(ruleIds.workflowSummary, { field: 'workflow.summary' }, summary);
  else if (list === workflow['tasks']) return raw;
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
  const own = renamed(received, formNames, '', report)['inputs'];
  if (isJsonObject(own)) report(ruleIds.wrongFieldType, { field: 'inputs' }, own);
  const inputs = isJsonObject(own) ? [own] : own;
  if (!isList(inputs)) return received;
  const prepared = mapped(inputs, (input, index) =>
    isJsonObject(input) ? prepareInput(input, `inputs[${index}]`, report) : input,
  );
  return prepared === received['inputs'] ? received : { ...received, inputs: prepared };
}

function prepareInput(input: JsonObject, path: string, report: ReportHere): JsonObject {
  const named = renamed(input, inputNames, path, report);
  const { answer } = named;
  const own = named['options'];
  // The texts of options by their values.
  const options = isJsonObject(own) ? Object.keys(own) : own;
  const list = isList(options) ? mapped(options, optionOf) : options;
  if (list !== own) report(ruleIds.formOptions, { field: `${path}.options` }, options);
  const given = answerOf(answer);
  if (given !== answer) report(ruleIds.wrongFieldType, { field: `${path}.answer` }, answer);
  if (list === own && given === answer) return named;
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
