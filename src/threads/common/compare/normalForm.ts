import { isJsonObject, type Json, type JsonObject, type JsonValue } from '../../../base/common/json.ts';
import type { Annotation, AssistantPart, Source, UserContent } from '../../../chatkit/common/model/content.ts';
import {
  type Task,
  type ThreadItem,
  type UserMessageItem,
  type WorkflowItem,
  assistantText,
  quotedText,
} from '../../../chatkit/common/model/item.ts';
import type { Thread } from '../../../chatkit/common/model/thread.ts';

/** A thread with its items, oldest first. */
export interface ThreadContent {
  readonly thread: Pick<Thread, 'id' | 'title' | 'status'> | null;
  readonly items: readonly ThreadItem[];
}

/** Ids are cut out of texts only where they look like ids. */
const idToken = /[\w-]{8,}/g;
/** Levels of JSON that are looked through. */
const maxDepth = 200;

/**
 * A thread without what differs from run to run: ids, times, and places where such an id is part of a value (it becomes
 * `‹item›`). Two runs with the same content have equal normal forms.
 */
export function toNormalThread({ thread, items }: ThreadContent): JsonObject {
  const form = new NormalForm({ thread, items });
  return {
    title: thread?.title ?? null,
    status: thread === null ? null : statusOf(thread),
    items: items.map((item) => form.item(item)),
  };
}

/** Normal forms of single items of a thread, for callers that do not need all of them. See `toNormalThread`. */
export class NormalItems {
  readonly #form: NormalForm;
  readonly #items: readonly ThreadItem[];

  constructor(content: ThreadContent) {
    this.#form = new NormalForm(content);
    this.#items = content.items;
  }

  at(index: number): JsonObject | undefined {
    const item = this.#items[index];
    return item && this.#form.item(item);
  }

  /** The form of one of the items. */
  of(item: ThreadItem): JsonObject {
    return this.#form.item(item);
  }

  /**
   * A text for each item that is cheap to make: equal texts mean equal items. Different texts mean nothing: the order of
   * keys, or an id right after an escaped character, may be all that differs.
   */
  quickKeys(): readonly string[] {
    return this.#items.map((item) => this.#form.quickKey(item));
  }
}

function statusOf({ status }: Pick<Thread, 'status'>): Json {
  if (status.type === 'active') return 'active';
  if (status.type === 'unknown') return status.name;
  return status.reason === null ? status.type : { type: status.type, reason: status.reason };
}

class NormalForm {
  readonly #standIns = new Map<string, string>();

  constructor({ thread, items }: ThreadContent) {
    if (thread !== null) this.#standIns.set(thread.id, '‹thread›');
    // Without numbers: an item more must not change all that follow it.
    for (const item of items) {
      this.#standIns.set(item.id, '‹item›');
      if (item.kind === 'client_tool_call' && item.callId !== null) this.#standIns.set(item.callId, '‹call›');
      if (item.kind === 'user_message') {
        for (const { id, name } of item.attachments) this.#standIns.set(id, `‹file ${name}›`);
      }
    }
  }

  item(item: ThreadItem): JsonObject {
    return this.#clean(withoutAbsent({ kind: item.kind, ...this.#fields(item) })) as JsonObject;
  }

  quickKey(item: ThreadItem): string {
    return this.#withoutIds(JSON.stringify({ kind: item.kind, ...this.#fields(item) }));
  }

  #fields(item: ThreadItem): Readonly<Record<string, Json | undefined>> {
    switch (item.kind) {
      case 'user_message':
        return userFields(item);
      case 'assistant_message':
        return { text: assistantText(item), ...partFields(item.parts) };
      case 'widget':
        return { widget: widgetOf(item.widget), copyText: item.copyText ?? undefined };
      case 'client_tool_call':
        return {
          name: item.name,
          status: item.status,
          arguments: valueOf(item.arguments),
          output: valueOf(item.output),
        };
      case 'task':
        return taskFields(item.task);
      case 'task_group':
        return { tasks: item.tasks.map((task) => withoutAbsent(taskFields(task))) };
      case 'workflow':
        return {
          type: item.workflowType,
          summary: workflowSummary(item),
          tasks: item.tasks.map((task) => withoutAbsent(taskFields(task))),
        };
      case 'generated_image':
        return { image: item.image !== null };
      case 'structured_input':
        return {
          status: item.status,
          questions: item.inputs.map(({ question, type, options, multiple, answer }) =>
            withoutAbsent({
              question,
              type,
              options: options.length === 0 ? undefined : options,
              multiple: multiple || undefined,
              answer: answer === null ? undefined : answer.skipped ? 'skipped' : answer.values,
            }),
          ),
        };
      case 'unknown':
        return { type: item.wireType, problem: item.problem ?? undefined };
    }
  }

  #clean(value: Json, depth = 0): Json {
    if (typeof value === 'string') return this.#withoutIds(value);
    if (depth > maxDepth) return '…';
    if (Array.isArray(value)) return (value as readonly Json[]).map((inner) => this.#clean(inner, depth + 1));
    if (!isJsonObject(value)) return value;
    const entries = Object.entries(value as JsonObject);
    return Object.fromEntries(entries.map(([key, inner]) => [key, this.#clean(inner, depth + 1)]));
  }

  #withoutIds(text: string): string {
    return text.replace(idToken, (token) => this.#standIns.get(token) ?? token);
  }
}

function withoutAbsent(fields: Readonly<Record<string, Json | undefined>>): JsonObject {
  const present = Object.entries(fields).filter((entry): entry is [string, Json] => entry[1] !== undefined);
  return Object.fromEntries(present);
}

function userFields(item: UserMessageItem): Readonly<Record<string, Json | undefined>> {
  const { content, attachments, inference } = item;
  return {
    text: content.flatMap(textOfContent).join('\n'),
    quote: quotedText(item) ?? undefined,
    files: attachments.length === 0 ? undefined : attachments.map(({ name }) => name),
    model: inference?.model ?? undefined,
    tool: inference?.toolChoice ?? undefined,
  };
}

function textOfContent(part: UserContent): readonly string[] {
  if (part.type === 'text') return [part.text];
  return part.type === 'tag' ? [`@${part.text}`] : [];
}

function partFields(parts: readonly AssistantPart[]): Readonly<Record<string, Json | undefined>> {
  const annotations = parts.flatMap((part) => part.annotations.map(annotationOf));
  const unknown = parts.flatMap((part) => (part.unknown === undefined ? [] : [part.unknown.wireType]));
  return {
    annotations: annotations.length === 0 ? undefined : annotations,
    unknownParts: unknown.length === 0 ? undefined : unknown,
  };
}

function annotationOf({ source, index }: Annotation): JsonObject {
  return withoutAbsent({ ...sourceFields(source), index: index ?? undefined });
}

function sourceFields(source: Source): Readonly<Record<string, Json | undefined>> {
  const common = { type: source.type, title: source.title ?? undefined };
  if (source.type === 'url') return { ...common, url: source.url };
  if (source.type === 'file') return { ...common, filename: source.filename };
  if (source.type === 'entity') return { ...common, label: source.label ?? undefined, data: source.data };
  return { ...common, type: source.wireType };
}

function taskFields(task: Task): Readonly<Record<string, Json | undefined>> {
  return {
    type: task.type === 'unknown' ? task.wireType : task.type,
    title: task.title ?? undefined,
    content: task.content ?? undefined,
    status: task.progress ?? undefined,
    queries: task.queries.length === 0 ? undefined : task.queries,
    sources: task.sources.length === 0 ? undefined : task.sources.map((source) => withoutAbsent(sourceFields(source))),
  };
}

/** How long a workflow took is a time. */
function workflowSummary({ summary }: WorkflowItem): Json | undefined {
  if (summary === null) return undefined;
  return 'title' in summary ? summary.title : 'duration';
}

function valueOf(value: JsonValue): Json | undefined {
  if (value.form === 'absent') return undefined;
  return value.form === 'invalid' ? { invalidJson: value.text } : value.value;
}

function widgetOf(value: JsonValue): Json | undefined {
  const json = valueOf(value);
  return json === undefined ? undefined : withoutNodeIds(json, 0);
}

/** Ids of components only serve the stream that fills them. */
function withoutNodeIds(node: Json, depth: number): Json {
  if (!isJsonObject(node) || depth > maxDepth) return node;
  const { id, children, ...rest } = node as JsonObject;
  const props = id === undefined || typeof rest['type'] === 'string' ? rest : { id, ...rest };
  if (children === undefined) return id === undefined ? node : props;
  const inner = Array.isArray(children)
    ? (children as readonly Json[]).map((child) => withoutNodeIds(child, depth + 1))
    : withoutNodeIds(children, depth + 1);
  return { ...props, children: inner };
}
