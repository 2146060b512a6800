import * as z from 'zod';
import type { AssistantMessageItem, GeneratedImageItem, Task, TaskItem, WorkflowItem } from '../../model/item.ts';
import { type ItemContext, baseOf, itemBaseShape } from '../itemBase.ts';
import { type Json, isJsonObject } from '../../../../base/common/json.ts';
import type { Annotation, AssistantPart, Source } from '../../model/content.ts';

const text = z.string().nullish();

/** What an answer or a task cites (chatkit-api 5.5); all kinds in one shape, so that a new one is still read. */
const sourceSchema = z.object({
  type: z.string(),
  title: text,
  description: text,
  timestamp: text,
  group: text,
  url: text,
  attribution: text,
  filename: text,
  id: text,
  icon: text,
  label: text,
  inline_label: text,
  interactive: z.boolean().nullish(),
  data: z.unknown().optional(),
});

export const annotationSchema = z.object({
  type: z.string().nullish(),
  source: sourceSchema.nullish(),
  index: z.number().nullish(),
});

/** `raw`: the source's own JSON, for what this version does not know. */
function toSource(wire: z.output<typeof sourceSchema>, raw: Json): Source {
  const common = {
    title: wire.title ?? null,
    description: wire.description ?? null,
    timestamp: wire.timestamp ?? null,
    group: wire.group ?? null,
  };
  if (wire.type === 'url' && typeof wire.url === 'string') {
    return { type: 'url', url: wire.url, attribution: wire.attribution ?? null, ...common };
  }
  if (wire.type === 'file' && typeof wire.filename === 'string') {
    return { type: 'file', filename: wire.filename, ...common };
  }
  if (wire.type === 'entity' && typeof wire.id === 'string') {
    return {
      type: 'entity',
      id: wire.id,
      icon: wire.icon ?? null,
      label: wire.label ?? null,
      inlineLabel: wire.inline_label ?? null,
      interactive: wire.interactive ?? false,
      data: (wire.data ?? {}) as Json,
      ...common,
    };
  }
  return { type: 'unknown', wireType: wire.type, value: raw, ...common };
}

/** An annotation belongs to a character position of its text; without one, to the text as a whole. */
export function toAnnotation(wire: z.output<typeof annotationSchema>, raw: Json): Annotation {
  const { source } = raw as { readonly source?: Json };
  return {
    index: wire.index ?? null,
    source: wire.source
      ? toSource(wire.source, source ?? null)
      : {
          type: 'unknown',
          wireType: wire.type ?? null,
          value: raw,
          title: null,
          description: null,
          timestamp: null,
          group: null,
        },
  };
}

export const imageSchema = z.object({ id: z.string().nullish(), url: z.string() });

/** `generated_image` (chatkit-api 5.5): without an image until it is produced. */
export const generatedImageSchema = z.object({ ...itemBaseShape, type: z.string(), image: imageSchema.nullish() });

/** Reads a `generated_image` (chatkit-api 5.5). */
export function toGeneratedImage(
  wire: z.output<typeof generatedImageSchema>,
  context: ItemContext,
): GeneratedImageItem {
  const { id, threadId, createdAt, raw, zone } = baseOf(wire, context);
  return {
    kind: 'generated_image',
    id,
    threadId,
    createdAt,
    raw,
    image: wire.image ? toImage(wire.image) : null,
    progress: null,
    ...zone,
  };
}

/** Reads the image of a `generated_image` (chatkit-api 5.5). The id is empty if the server sent none. */
export function toImage(wire: z.output<typeof imageSchema>): { readonly id: string; readonly url: string } {
  return { id: wire.id ?? '', url: wire.url };
}

export const assistantPartSchema = z.object({
  type: z.string().nullish(),
  text: z.string().nullish(),
  annotations: z.array(annotationSchema).nullish(),
});

/** `assistant_message` (chatkit-api 5.5). */
export const assistantMessageSchema = z.object({
  ...itemBaseShape,
  type: z.string(),
  content: z.array(assistantPartSchema),
});

/** Reads an `assistant_message` (chatkit-api 5.5). Parts of unknown types keep their JSON. */
export function toAssistantMessage(
  wire: z.output<typeof assistantMessageSchema>,
  context: ItemContext,
): AssistantMessageItem {
  const rawContent = (context.raw as { content: readonly Json[] }).content;
  const { id, threadId, createdAt, raw, zone } = baseOf(wire, context);
  return {
    kind: 'assistant_message',
    id,
    threadId,
    createdAt,
    raw,
    parts: wire.content.map((part, index) => toAssistantPart(part, rawContent[index] ?? null)),
    ...zone,
  };
}

/** One part of an answer; `raw`: its own JSON. */
export function toAssistantPart(wire: z.output<typeof assistantPartSchema>, raw: Json): AssistantPart {
  const rawAnnotations = (raw as { readonly annotations?: readonly Json[] }).annotations;
  const annotations = (wire.annotations ?? []).map((annotation, index) =>
    toAnnotation(annotation, rawAnnotations?.[index] ?? null),
  );
  const part = { text: wire.text ?? '', annotations };
  const known = (wire.type ?? 'output_text') === 'output_text' && typeof wire.text === 'string';
  return known ? part : { ...part, unknown: { wireType: wire.type ?? null, value: raw } };
}

/** All five types of tasks in one shape (chatkit-api 5.5). */
export const taskSchema = z.object({
  type: z.string(),
  title: z.string().nullish(),
  icon: z.string().nullish(),
  content: z.string().nullish(),
  title_query: z.string().nullish(),
  queries: z.array(z.string()).nullish(),
  sources: z.array(sourceSchema).nullish(),
  status_indicator: z.string().nullish(),
});

export const taskItemSchema = z.object({ ...itemBaseShape, type: z.string(), task: taskSchema });

/** There is no discriminator: a summary with a duration is one that the server made by itself. */
const summarySchema = z.object({
  title: z.string().nullish(),
  icon: z.string().nullish(),
  /** Whole seconds. */
  duration: z.number().nullish(),
});

export const workflowItemSchema = z.object({
  ...itemBaseShape,
  type: z.string(),
  workflow: z.object({
    type: z.string().nullish(),
    tasks: z.array(taskSchema).nullish(),
    expanded: z.boolean().nullish(),
    summary: summarySchema.nullish(),
  }),
});

/** Reads a `task` (chatkit-api 5.5, workflow and task types). */
export function toTaskItem(wire: z.output<typeof taskItemSchema>, context: ItemContext): TaskItem {
  const { task } = context.raw as { readonly task: Json };
  const { id, threadId, createdAt, raw, zone } = baseOf(wire, context);
  return { kind: 'task', id, threadId, createdAt, raw, task: toTask(wire.task, task), ...zone };
}

/** Reads a `workflow` with its tasks (chatkit-api 5.5, workflow and task types). */
export function toWorkflowItem(wire: z.output<typeof workflowItemSchema>, context: ItemContext): WorkflowItem {
  const { type, tasks, expanded, summary } = wire.workflow;
  const rawTasks = (context.raw as { readonly workflow: { readonly tasks?: readonly Json[] } }).workflow.tasks;
  const { id, threadId, createdAt, raw, zone } = baseOf(wire, context);
  return {
    kind: 'workflow',
    id,
    threadId,
    createdAt,
    raw,
    workflowType: type === 'custom' || type === 'reasoning' ? type : 'unknown',
    tasks: tasks?.map((task, index) => toTask(task, rawTasks?.[index] ?? null)) ?? [],
    expanded: expanded ?? false,
    summary: toSummary(summary),
    ...zone,
  };
}

const known: ReadonlySet<string> = new Set(['custom', 'thought', 'web_search', 'file', 'image']);

/** One task; `raw`: its own JSON. */
export function toTask(wire: z.output<typeof taskSchema>, raw: Json): Task {
  const rawSources = (raw as { readonly sources?: readonly Json[] }).sources;
  const queries = wire.queries ?? [];
  const { title_query: titleQuery } = wire;
  return {
    type: known.has(wire.type) ? (wire.type as Task['type']) : 'unknown',
    wireType: wire.type,
    title: wire.title ?? null,
    content: wire.content ?? (known.has(wire.type) ? null : factsOf(raw)),
    icon: wire.icon ?? null,
    queries: titleQuery && !queries.includes(titleQuery) ? [titleQuery, ...queries] : queries,
    sources: wire.sources?.map((source, index) => toSource(source, rawSources?.[index] ?? null)) ?? [],
    progress: toProgress(wire.status_indicator),
  };
}

/** Fields that are shown elsewhere. */
const shown: ReadonlySet<string> = new Set(['type', 'title', 'content', 'icon', 'status_indicator']);

/** What a task of an unknown type has, as Markdown: one line per field with text, a number or a boolean. */
function factsOf(raw: Json): string | null {
  if (!isJsonObject(raw)) return null;
  const status = raw['status_indicator'];
  const fields = Object.entries(raw).filter(
    ([name, value]) =>
      !shown.has(name) &&
      (typeof value === 'number' || typeof value === 'boolean' || (typeof value === 'string' && value !== '')),
  );
  const facts = [...(typeof status === 'string' ? [['status', status] as const] : []), ...fields].slice(0, 12);
  if (facts.length === 0) return null;
  return facts.map(([name, value]) => `- ${name}: ${code(String(value))}`).join('\n');
}

function code(text: string): string {
  const line = text.replace(/\s+/g, ' ').replaceAll('`', "'").slice(0, 300);
  return `\`${line}\``;
}

/** Left out, it means `none` (chatkit-api 5.5); a newer word is not guessed at. */
function toProgress(word: string | null | undefined): Task['progress'] {
  if (word === null || word === undefined) return 'none';
  return word === 'none' || word === 'loading' || word === 'complete' ? word : null;
}

function toSummary(wire: z.output<typeof summarySchema> | null | undefined): WorkflowItem['summary'] {
  if (typeof wire?.duration === 'number') return { durationMs: wire.duration * 1000 };
  return typeof wire?.title === 'string' ? { title: wire.title, icon: wire.icon ?? null } : null;
}
