import * as z from 'zod';
import { none } from '../../../../base/common/lists.ts';
import { type Json, type JsonObject, isJsonObject } from '../../../../base/common/json.ts';
import { ruleIds } from '../../protocolProblems/catalogue/ruleIds.ts';
import type { ReportHere } from '../../protocolProblems/problem.ts';
import { parseJsonText } from '../../../../base/common/parseJson.ts';
import { checkWidgetValue, each, reportMissing } from '../checks.ts';
import type { Annotation, AssistantPart } from '../../model/content.ts';
import type { AssistantMessageItem, Task, TaskGroupItem, TaskItem, ThreadItem, WidgetItem } from '../../model/item.ts';
import { type ItemContext, baseOf, itemBaseShape } from '../itemBase.ts';
import { type ItemProtocol, itemReader, readItem } from '../itemReader.ts';
import { type Reading, plainReading } from '../reading.ts';
import { prepareItem } from '../prepareItem.ts';
import { clientToolCallSchema, toClientToolCall, toUserMessage, userMessageSchema } from '../sharedItems.ts';

type Check = (raw: JsonObject, report: ReportHere) => void;

/** Reports what the readers accept although the REST API does not allow it (chatkit-api 4). */
function checkItem(type: string, raw: JsonObject, report: ReportHere): void {
  reportMissing(raw, ['object'], '', report);
  checks.get(type)?.(raw, report);
}

const checks: ReadonlyMap<string, Check> = new Map<string, Check>([
  ['user_message', checkUserMessage],
  ['assistant_message', checkAssistantMessage],
  ['client_tool_call', checkToolCall],
  ['widget', (raw, report) => checkWidgetValue(raw['widget'], 'text', report)],
  ['task', ({ task_type: type }, report) => checkTaskType(type, 'task_type', report)],
  ['task_group', checkTaskGroup],
]);

function checkUserMessage(raw: JsonObject, report: ReportHere): void {
  each(raw['content'], 'content', (part, path) => {
    const { type } = part;
    if (type === 'input_text' || type === 'quoted_text') reportMissing(part, ['text'], path, report);
    else if (type !== undefined) report(ruleIds.unknownContentPart, { field: `${path}.type` }, type);
  });
  reportMissing(raw, ['attachments'], '', report);
  each(raw['attachments'], 'attachments', (attachment, path) => {
    reportMissing(attachment, ['name', 'mime_type'], path, report);
    const { type } = attachment;
    if (typeof type === 'string' && type !== 'image' && type !== 'file') {
      report(ruleIds.attachmentType, { field: `${path}.type` }, type);
    }
  });
}

function checkAssistantMessage(raw: JsonObject, report: ReportHere): void {
  each(raw['content'], 'content', (part, path) => {
    const { type } = part;
    if (type === undefined) return;
    if (type !== 'output_text') return report(ruleIds.unknownContentPart, { field: `${path}.type` }, type);
    reportMissing(part, ['text', 'annotations'], path, report);
    each(part['annotations'], `${path}.annotations`, (annotation, at) => {
      if (!isAnnotation(annotation)) report(ruleIds.invalidAnnotation, { field: at }, annotation);
    });
  });
}

function isAnnotation({ source }: JsonObject): boolean {
  if (!isJsonObject(source)) return false;
  if (source['type'] === 'url') return typeof source['url'] === 'string';
  return source['type'] === 'file' && typeof source['filename'] === 'string';
}

function checkToolCall(raw: JsonObject, report: ReportHere): void {
  const { status } = raw;
  if (typeof status === 'string' && status !== 'in_progress' && status !== 'completed') {
    report(ruleIds.toolStatus, { field: 'status' }, status);
  }
  reportMissing(raw, ['call_id', 'arguments'], '', report);
  checkJsonText(raw['arguments'], 'arguments', report);
}

/** The output of a tool is any JSON value: a text that is not JSON is no deviation here. */
function checkJsonText(value: Json | undefined, field: string, report: ReportHere): void {
  if (value === undefined || value === null) return;
  const { form } = parseJsonText(value);
  if (form === 'doubleEncoded') report(ruleIds.doubleEncodedJson, { field });
  if (form === 'value') report(ruleIds.wrongFieldType, { field }, value);
}

function checkTaskGroup(raw: JsonObject, report: ReportHere): void {
  each(raw['tasks'], 'tasks', ({ type }, path) => checkTaskType(type, `${path}.type`, report));
}

function checkTaskType(type: Json | undefined, field: string, report: ReportHere): void {
  if (typeof type === 'string' && type !== 'custom' && type !== 'thought') {
    report(ruleIds.unknownTaskType, { field }, type);
  }
}

export const annotationSchema = z.object({
  type: z.string(),
  source: z.object({ type: z.string(), url: z.string().nullish(), filename: z.string().nullish() }).nullish(),
});

/** `ChatKitResponseOutputText` (chatkit-api 4.2); a part of a newer type can lack the text. */
export const outputTextSchema = z.object({
  type: z.string(),
  text: z.string().nullish(),
  annotations: z.array(annotationSchema).nullish(),
});

/** `ChatKitThreadAssistantMessageItem` (chatkit-api 4.2). */
export const assistantMessageSchema = z.object({
  ...itemBaseShape,
  type: z.string(),
  content: z.array(outputTextSchema),
});

function toAssistantMessage(wire: z.output<typeof assistantMessageSchema>, context: ItemContext): AssistantMessageItem {
  const rawContent = (context.raw as { content: readonly Json[] }).content;
  const { id, threadId, createdAt, raw, zone } = baseOf(wire, context);
  return {
    kind: 'assistant_message',
    id,
    threadId,
    createdAt,
    raw,
    parts: wire.content.map((part, index) => toPart(part, rawContent[index] ?? null)),
    ...zone,
  };
}

function toPart(wire: z.output<typeof outputTextSchema>, raw: Json): AssistantPart {
  const rawAnnotations = (raw as { annotations?: readonly Json[] }).annotations;
  const annotations = wire.annotations?.map((annotation, index) =>
    toAnnotation(annotation, rawAnnotations?.[index] ?? null),
  );
  const part = {
    text: wire.text ?? '',
    annotations: annotations === undefined || annotations.length === 0 ? none : annotations,
  };
  const known = wire.type === 'output_text' && typeof wire.text === 'string';
  return known ? part : { ...part, unknown: { wireType: wire.type, value: raw } };
}

/** REST sources carry neither title nor place in the text. */
const common = { title: null, description: null, timestamp: null, group: null } as const;

function toAnnotation({ type, source }: z.output<typeof annotationSchema>, raw: Json): Annotation {
  if (source?.type === 'url' && typeof source.url === 'string') {
    return { index: null, source: { type: 'url', url: source.url, attribution: null, ...common } };
  }
  if (source?.type === 'file' && typeof source.filename === 'string') {
    return { index: null, source: { type: 'file', filename: source.filename, ...common } };
  }
  return { index: null, source: { type: 'unknown', wireType: source?.type ?? type, value: raw, ...common } };
}

/** `ChatKitWidgetItem` (chatkit-api 4.3): `widget` is JSON text, but a bare object is read as well. */
export const widgetSchema = z.object({ ...itemBaseShape, type: z.string(), widget: z.unknown().optional() });

function toWidget(wire: z.output<typeof widgetSchema>, context: ItemContext): WidgetItem {
  const { id, threadId, createdAt, raw, zone } = baseOf(wire, context);
  return { kind: 'widget', id, threadId, createdAt, raw, widget: parseJsonText(wire.widget), copyText: null, ...zone };
}

const taskTextShape = { heading: z.string().nullish(), summary: z.string().nullish() };

/** `ChatKitTask` (chatkit-api 4.3): its own type is `task_type`, because `type` is the item's. */
export const taskSchema = z.object({ ...itemBaseShape, type: z.string(), task_type: z.string(), ...taskTextShape });

/** A task inside a group has neither id nor time; its type is `type`. */
export const groupedTaskSchema = z.object({ type: z.string(), ...taskTextShape });

/** `ChatKitTaskGroup` (chatkit-api 4.3). */
export const taskGroupSchema = z.object({ ...itemBaseShape, type: z.string(), tasks: z.array(groupedTaskSchema) });

function toTaskItem(wire: z.output<typeof taskSchema>, context: ItemContext): TaskItem {
  const { id, threadId, createdAt, raw, zone } = baseOf(wire, context);
  return { kind: 'task', id, threadId, createdAt, raw, task: toTask(wire.task_type, wire), ...zone };
}

function toTaskGroup(wire: z.output<typeof taskGroupSchema>, context: ItemContext): TaskGroupItem {
  const { id, threadId, createdAt, raw, zone } = baseOf(wire, context);
  return {
    kind: 'task_group',
    id,
    threadId,
    createdAt,
    raw,
    tasks: wire.tasks.map((task) => toTask(task.type, task)),
    ...zone,
  };
}

function toTask(wireType: string, text: Omit<z.output<typeof groupedTaskSchema>, 'type'>): Task {
  return {
    type: wireType === 'custom' || wireType === 'thought' ? wireType : 'unknown',
    wireType,
    title: text.heading ?? null,
    content: text.summary ?? null,
    icon: null,
    queries: none,
    sources: none,
    progress: null,
  };
}

/**
 * One reader per type of chatkit-api 4, by the type's name without its prefix. Looking the type up and then checking
 * against one schema is what keeps 100,000 items cheap: a union would try several and build errors for each.
 */
const readers = {
  user_message: itemReader(userMessageSchema, toUserMessage),
  assistant_message: itemReader(assistantMessageSchema, toAssistantMessage),
  widget: itemReader(widgetSchema, toWidget),
  client_tool_call: itemReader(clientToolCallSchema, toClientToolCall),
  task: itemReader(taskSchema, toTaskItem),
  task_group: itemReader(taskGroupSchema, toTaskGroup),
};
export type OpenAiItemType = keyof typeof readers;

const protocol: ItemProtocol = {
  readers: new Map(Object.entries(readers)),
  prefixed: true,
  prepare: prepareItem,
  check: checkItem,
};

/**
 * One thread item of the REST API (chatkit-api 4) as our model. Never throws: an item of an unknown type, or one whose
 * shape cannot be read, becomes an `unknown` item. Names without the `chatkit.` prefix are read too (old samples).
 * `threadId` is the requested thread, which is used if the item has no thread ID.
 */
export function toItem(raw: Json, threadId: string, reading: Reading = plainReading): ThreadItem {
  return readItem(protocol, { raw, threadId, reading });
}
