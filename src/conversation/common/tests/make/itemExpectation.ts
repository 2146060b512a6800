import { isJsonObject, type Json, type JsonObject } from '../../../../base/common/json.ts';
import type { Source } from '../../../../chatkit/common/model/content.ts';
import {
  type StructuredInputItem,
  type Task,
  type ThreadItem,
  type WidgetItem,
  assistantText,
  userText,
} from '../../../../chatkit/common/model/item.ts';
import { normaliseWidget } from '../../../../widgets/common/normalise.ts';
import { reviewWidget } from '../../../../widgets/common/review.ts';
import { widgetOutline } from '../expect/widgetOutline.ts';

/** Any text that is not empty. */
export const someText: Json = { matches: '\\S' };

export interface ItemOptions {
  /** Exact texts, and words of widgets; otherwise only that there are some. */
  readonly texts: boolean;
  /** Recognises ids of the thread, which are different in every run. */
  readonly isId: (word: string) => boolean;
}

/** A text as test files have it: a long one as its lines. */
export function fileText(text: string): Json {
  return text.includes('\n') ? text.split('\n') : text;
}

/** What an item is expected to be: as much as stays the same from run to run. */
export function itemExpectation(item: ThreadItem, options: ItemOptions): JsonObject {
  return present({ kind: item.kind, ...fieldsOf(item, options) });
}

/** The same in short, for the thread as a whole: kinds, names and statuses. */
export function storedExpectation(item: ThreadItem, { texts }: Pick<ItemOptions, 'texts'>): JsonObject {
  const { kind } = item;
  switch (kind) {
    case 'user_message': {
      const text = userText(item);
      return texts && text !== '' ? { kind, text: fileText(text) } : { kind };
    }
    case 'client_tool_call':
      return { kind, name: item.name, ...(item.status === 'unknown' ? {} : { status: item.status }) };
    case 'structured_input':
      return item.status === 'unknown' ? { kind } : { kind, status: item.status };
    case 'assistant_message': {
      const text = assistantText(item);
      return text.trim() === '' ? { kind } : { kind, text: texts ? fileText(text) : someText };
    }
    case 'workflow':
      return { kind, closed: item.summary !== null };
    default:
      return { kind };
  }
}

type Fields = Readonly<Record<string, Json | undefined>>;

function fieldsOf(item: ThreadItem, options: ItemOptions): Fields {
  const { texts } = options;
  switch (item.kind) {
    case 'user_message':
      return { text: texts ? fileText(userText(item)) : undefined };
    case 'assistant_message': {
      const text = assistantText(item);
      const sources = item.parts.flatMap((part) => part.annotations.map(({ source }) => source));
      return {
        text: text.trim() === '' ? undefined : texts ? fileText(text) : someText,
        annotations: texts && sources.length > 0 ? sources.map(annotation) : undefined,
      };
    }
    case 'widget':
      return widgetFields(item, options);
    case 'client_tool_call': {
      const { arguments: args } = item;
      return {
        name: item.name,
        arguments: args.form === 'absent' || args.form === 'invalid' ? undefined : withoutIds(args.value, options.isId),
        status: item.status === 'unknown' ? undefined : item.status,
      };
    }
    case 'task':
      return taskFields(item.task, texts);
    case 'task_group':
      return { tasks: item.tasks.map((task) => present(taskFields(task, texts))) };
    case 'workflow':
      return {
        type: item.workflowType === 'unknown' ? undefined : item.workflowType,
        title: texts && item.summary !== null && 'title' in item.summary ? item.summary.title : undefined,
        closed: item.summary !== null,
        tasks: item.tasks.map((task) => present(taskFields(task, texts))),
      };
    case 'generated_image':
      return { ready: item.image !== null };
    case 'structured_input':
      return formFields(item, texts);
    case 'unknown':
      return { type: item.wireType ?? undefined };
  }
}

function present(fields: Fields): JsonObject {
  return Object.fromEntries(Object.entries(fields).filter((entry): entry is [string, Json] => entry[1] !== undefined));
}

function widgetFields({ widget, copyText }: WidgetItem, { texts }: ItemOptions): Fields {
  if (widget.form === 'absent' || widget.form === 'invalid') return {};
  const tree = normaliseWidget(widget.value);
  const problems = [...tree.problems, ...reviewWidget(tree)];
  return {
    valid: problems.every(({ severity }) => severity === 'info') ? true : undefined,
    outline: widgetOutline(widget.value, { words: texts }),
    copyText: texts && copyText !== null && copyText !== '' ? fileText(copyText) : undefined,
  };
}

function taskFields(task: Task, texts: boolean): Fields {
  return {
    type: task.type === 'unknown' ? task.wireType : task.type,
    title: texts && task.title !== null ? fileText(task.title) : undefined,
    content: texts && task.content !== null ? fileText(task.content) : undefined,
    status: task.progress ?? undefined,
  };
}

function formFields({ status, inputs }: StructuredInputItem, texts: boolean): Fields {
  return {
    status: status === 'unknown' ? undefined : status,
    questions: inputs.map(({ question, type, options }) =>
      present({
        question: texts ? fileText(question) : undefined,
        type: type === 'unknown' ? undefined : type,
        options: texts && options.length > 0 ? options : undefined,
      }),
    ),
  };
}

function annotation(source: Source): JsonObject {
  return present({
    type: source.type === 'unknown' ? (source.wireType ?? undefined) : source.type,
    title: source.title ?? undefined,
    url: source.type === 'url' ? source.url : undefined,
    filename: source.type === 'file' ? source.filename : undefined,
  });
}

/** A text with an id in it is different in the next run. */
function withoutIds(value: Json, isId: (word: string) => boolean): Json {
  if (typeof value === 'string') return (value.match(/[\w-]{8,}/g) ?? []).some(isId) ? someText : value;
  if (Array.isArray(value)) return (value as readonly Json[]).map((inner) => withoutIds(inner, isId));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value as JsonObject).map(([key, inner]) => [key, withoutIds(inner, isId)]));
}
