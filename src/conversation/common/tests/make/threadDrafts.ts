import * as l10n from '@vscode/l10n';
import { type Json, type JsonObject, isJsonObject } from '../../../../base/common/json.ts';
import type { Source } from '../../../../chatkit/common/model/content.ts';
import {
  type StructuredInputItem,
  type Task,
  type ThreadItem,
  type UserMessageItem,
  type WidgetItem,
  assistantText,
  quotedText,
  userText,
} from '../../../../chatkit/common/model/item.ts';
import { normaliseWidget } from '../../../../widgets/common/normalise.ts';
import { reviewWidget } from '../../../../widgets/common/review.ts';
import { widgetOutline } from '../expect/widgetOutline.ts';
import type { ScriptStep } from '../../script/types.ts';
import { stepNames, stepSchemas, toScriptStep } from '../schema/testFileSchema.ts';

/** A step in the making. */
export interface StepDraft {
  /** The step as the file has it, without its expectation. */
  readonly step: JsonObject;
  /** Notes for the reader, above the step. */
  readonly notes: readonly string[];
  /** What the server answered, the user's own message left out. */
  readonly items: readonly ThreadItem[];
  /** Expectations of the stream, where it was recorded. */
  readonly stream: JsonObject;
  /** Values that the reader must fill in before the step can run; null for none. */
  readonly missing: string | null;
}

/** Returns the `say` step that sends a user message again, with notes on the differences. */
export function sayStep(item: UserMessageItem): Pick<StepDraft, 'step' | 'notes'> {
  const text = item.content
    .flatMap((part) => (part.type === 'text' || part.type === 'tag' ? [part.text] : []))
    .join('');
  const quote = quotedText(item);
  const files = item.attachments.map(({ name, mimeType }): JsonObject => ({
    name: name === '' ? 'file' : name,
    mimeType: mimeType === '' ? 'application/octet-stream' : mimeType,
    text: `Placeholder for ${name}`,
  }));
  const { inference } = item;
  return {
    step: {
      say: fileText(text),
      ...(files.length === 0 ? {} : { files }),
      ...(quote === null ? {} : { quote: fileText(quote) }),
      ...(inference?.model == null ? {} : { model: inference.model }),
      ...(inference?.toolChoice == null ? {} : { tool: inference.toolChoice }),
    },
    notes: [
      ...(files.length === 0
        ? []
        : [l10n.t('A thread does not contain its files: give a path, relative to this file, instead.')]),
      ...(item.content.some(({ type }) => type === 'tag')
        ? [l10n.t('The message had tags; they are sent as text.')]
        : []),
    ],
  };
}

/** Returns the `answerTool` step with an output of a client tool call. */
export function answerToolStep(name: string, output: Json): JsonObject {
  return { answerTool: name, output };
}

/** Returns the `answerForm` step with the answers of a form, by question if the questions are unique, else by id. */
export function answerFormStep({ status, inputs }: StructuredInputItem): JsonObject {
  if (status === 'skipped') return { answerForm: 'skip' };
  const isUnique = new Set(inputs.map(({ question }) => question)).size === inputs.length;
  const answers = inputs.map(({ id, question, multiple, answer }): readonly [string, Json] => {
    const name = isUnique && question !== '' ? question : id;
    if (answer === null || answer.skipped) return [name, null];
    const [only] = answer.values;
    return [name, !multiple && answer.values.length === 1 && only !== undefined ? only : answer.values];
  });
  return { answerForm: Object.fromEntries(answers) };
}

/**
 * The steps of a thread, read from its items: each message, each output of a tool and each answered form starts one.
 * Items before the first message cannot be asked for, and are left out.
 */
export function draftsOfThread(items: readonly ThreadItem[]): readonly StepDraft[] {
  const drafts: StepDraft[] = [];
  let current: { readonly started: Pick<StepDraft, 'step' | 'notes'>; readonly items: ThreadItem[] } | null = null;
  const close = (): void => {
    if (current !== null) drafts.push({ ...current.started, items: current.items, stream: {}, missing: null });
  };
  const start = (started: Pick<StepDraft, 'step' | 'notes'>): void => {
    close();
    current = { started, items: [] };
  };
  const add = (item: ThreadItem): void => void current?.items.push(item);
  for (const item of items) {
    if (item.kind === 'user_message') start(sayStep(item));
    else if (item.kind === 'client_tool_call' && item.status === 'completed') {
      // While its response ran, the call was open.
      add({ ...item, status: 'open', output: { form: 'absent' } });
      const { output } = item;
      const value = output.form === 'absent' ? null : output.form === 'invalid' ? output.text : output.value;
      if (current !== null) start({ step: answerToolStep(item.name, value), notes: [] });
    } else if (item.kind === 'structured_input' && (item.status === 'answered' || item.status === 'skipped')) {
      add({ ...item, status: 'pending' });
      if (current !== null) start({ step: answerFormStep(item), notes: [] });
    } else add(item);
  }
  close();
  return drafts;
}

interface ThreadScript {
  readonly steps: readonly ScriptStep[];
  /** Differences from the thread: files that it does not contain, tags that are sent as text. */
  readonly notes: readonly string[];
}

/**
 * The user's side of a thread, to be run again in a new one. `until`: id of the last item that counts (for a fork); the
 * whole thread where it is left out. Throws `RangeError` where a user did nothing.
 */
export function scriptOfThread(items: readonly ThreadItem[], until?: string): ThreadScript {
  const end = until === undefined ? -1 : items.findIndex(({ id }) => id === until);
  const drafts = draftsOfThread(end < 0 ? items : items.slice(0, end + 1));
  const steps = drafts.map(({ step }) => {
    const name = stepNames.find((one) => Object.hasOwn(step, one)) ?? 'say';
    return toScriptStep(stepSchemas[name].parse(step));
  });
  if (steps.length === 0) throw new RangeError(l10n.t('The conversation has no message of a user.'));
  return { steps, notes: [...new Set(drafts.flatMap(({ notes }) => notes))] };
}

/** Any text that is not empty. */
export const someText: Json = { matches: '\\S' };

export interface ItemOptions {
  /** Exact texts, and words of widgets; otherwise only that there are some. */
  readonly texts: boolean;
  /** Recognises a text with an id of the thread in it, which is different in every run. */
  readonly hasId: (text: string) => boolean;
}

/** A text as test files have it: a long one as its lines. */
export function fileText(text: string): Json {
  return text.includes('\n') ? text.split('\n') : text;
}

/** A text, or only that there is one; a text that is empty stays so. */
export function wordsOf(text: string, texts: boolean): Json {
  return texts || text.trim() === '' ? fileText(text) : someText;
}

/** The expectation of an item: all fields that are equal in every run. */
export function itemExpectation(item: ThreadItem, options: ItemOptions): JsonObject {
  return present({ kind: item.kind, ...fieldsOf(item, options) });
}

/** The same in short, for the thread as a whole: kinds, names and statuses. */
export function storedExpectation(item: ThreadItem, { texts, hasId }: ItemOptions): JsonObject {
  const { kind } = item;
  switch (kind) {
    case 'user_message': {
      const text = userText(item);
      return text.trim() === '' ? { kind } : { kind, text: wordsOf(text, texts) };
    }
    case 'client_tool_call': {
      const { name, status, output } = item;
      // The test gives the output itself, so a server that stores another one is wrong.
      const isGiven = output.form === 'value' || output.form === 'text';
      return present({
        kind,
        name,
        status: status === 'unknown' ? undefined : status,
        output: isGiven ? steady(output.value, hasId, null) : undefined,
      });
    }
    case 'structured_input':
      return item.status === 'unknown' ? { kind } : { kind, status: item.status };
    case 'assistant_message': {
      const text = assistantText(item);
      return text.trim() === '' ? { kind } : { kind, text: wordsOf(text, texts) };
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
        text: text.trim() === '' ? undefined : wordsOf(text, texts),
        annotations: texts && sources.length > 0 ? sources.map(annotation) : undefined,
      };
    }
    case 'widget':
      return widgetFields(item, options);
    case 'client_tool_call': {
      const { arguments: args } = item;
      const isKnown = args.form !== 'absent' && args.form !== 'invalid';
      return {
        name: item.name,
        arguments: isKnown ? steady(args.value, options.hasId, item.createdAt) : undefined,
        noOtherArguments: isKnown && isJsonObject(args.value) ? true : undefined,
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

function widgetFields({ widget, copyText }: WidgetItem, { texts, hasId }: ItemOptions): Fields {
  if (widget.form === 'absent' || widget.form === 'invalid') return {};
  const tree = normaliseWidget(widget.value);
  const problems = [...tree.problems, ...reviewWidget(tree)];
  return {
    valid: problems.every(({ severity }) => severity === 'info') ? true : undefined,
    outline: widgetOutline(widget.value, { words: texts, isHidden: hasId }),
    copyText: texts && copyText !== null && copyText !== '' ? fileText(copyText) : undefined,
  };
}

function taskFields(task: Task, texts: boolean): Fields {
  return {
    type: task.type === 'unknown' ? task.wireType : task.type,
    title: task.title === null ? undefined : wordsOf(task.title, texts),
    content: task.content === null ? undefined : wordsOf(task.content, texts),
    status: task.progress ?? undefined,
  };
}

function formFields({ status, inputs }: StructuredInputItem, texts: boolean): Fields {
  return {
    status: status === 'unknown' ? undefined : status,
    questions: inputs.map(({ question, type, options }) =>
      present({
        question: wordsOf(question, texts),
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

/** Longest time between a time in the arguments of a call and the call, in ms, for which the time is that of the call. */
const nowMs = 600_000;

/** A value without what is different in the next run: texts with an id, and the time of the call (`createdAt`, in ms). */
function steady(value: Json, hasId: ItemOptions['hasId'], createdAt: number | null): Json {
  if (typeof value === 'string') return hasId(value) || isTimeAt(value, createdAt) ? someText : value;
  if (Array.isArray(value)) return (value as readonly Json[]).map((inner) => steady(inner, hasId, createdAt));
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value as JsonObject);
  return Object.fromEntries(entries.map(([key, inner]) => [key, steady(inner, hasId, createdAt)]));
}

function isTimeAt(text: string, createdAt: number | null): boolean {
  if (createdAt === null || !/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/.test(text)) return false;
  return Math.abs(Date.parse(text) - createdAt) <= nowMs;
}
