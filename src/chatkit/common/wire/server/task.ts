import * as z from 'zod';
import { isJsonObject, type Json } from '../../../../base/common/json.ts';
import type { Task, TaskItem, WorkflowItem } from '../../model/item.ts';
import { baseOf, itemBaseShape, type ItemContext } from '../itemBase.ts';
import { sourceSchema, toSource } from './source.ts';

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

export function toTaskItem(wire: z.output<typeof taskItemSchema>, context: ItemContext): TaskItem {
  const { task } = context.raw as { readonly task: Json };
  return { kind: 'task', ...baseOf(wire, context), task: toTask(wire.task, task) };
}

export function toWorkflowItem(wire: z.output<typeof workflowItemSchema>, context: ItemContext): WorkflowItem {
  const { type, tasks, expanded, summary } = wire.workflow;
  const raw = (context.raw as { readonly workflow: { readonly tasks?: readonly Json[] } }).workflow.tasks;
  return {
    kind: 'workflow',
    ...baseOf(wire, context),
    workflowType: type === 'custom' || type === 'reasoning' ? type : 'unknown',
    tasks: tasks?.map((task, index) => toTask(task, raw?.[index] ?? null)) ?? [],
    expanded: expanded ?? false,
    summary: toSummary(summary),
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
