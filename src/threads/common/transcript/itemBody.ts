import type { Annotation, Source, UserContent } from '../../../chatkit/common/model/content.ts';
import type { Json } from '../../../base/common/json.ts';
import type {
  AssistantMessageItem,
  ClientToolCallItem,
  StructuredInputItem,
  Task,
  ThreadItem,
  UserMessageItem,
  WorkflowItem,
} from '../../../chatkit/common/model/item.ts';
import { fill } from '../summary/strings.ts';
import { code, escaped, jsonBlock, plainBlock } from './markdown.ts';
import { quotedMarkdown } from './quotedMarkdown.ts';
import type { TranscriptStrings } from './strings.ts';

export interface BodyOptions {
  readonly strings: TranscriptStrings;
  /** Ids left out and JSON keys sorted, so that two runs of one conversation can be compared. */
  readonly normalised: boolean;
}

/** Blocks of Markdown that say all of an item; they are joined by empty lines. */
export function itemBody(item: ThreadItem, options: BodyOptions): readonly string[] {
  const { strings, normalised } = options;
  switch (item.kind) {
    case 'user_message':
      return userBody(item, options);
    case 'assistant_message':
      return assistantBody(item, strings);
    case 'widget':
      return [jsonBlock(item.widget, normalised) || escaped(strings.emptyMessage)];
    case 'client_tool_call':
      return toolBody(item, options);
    case 'task':
      return taskBlocks(item.task, strings);
    case 'task_group':
      return item.tasks.flatMap((task) => taskBlocks(task, strings));
    case 'workflow':
      return workflowBody(item, strings);
    case 'generated_image':
      return [imageLine(item, options)];
    case 'structured_input':
      return inputBody(item, strings);
    case 'unknown':
      return [
        ...(item.problem === null ? [] : [escaped(item.problem)]),
        jsonBlock({ form: 'value', value: item.raw }, normalised),
      ];
  }
}

function userBody(item: UserMessageItem, options: BodyOptions): readonly string[] {
  const { strings } = options;
  const content = item.content.map((part) => userPart(part, options)).filter((block) => block !== '');
  const files = item.attachments.map(({ name, mimeType }) => `- ${code(name)} (${escaped(mimeType)})`);
  const { model = null, toolChoice = null } = item.inference ?? {};
  const wishes = [
    ...(model === null ? [] : [`${strings.model}: ${code(model)}`]),
    ...(toolChoice === null ? [] : [`${strings.toolChoice}: ${code(toolChoice)}`]),
  ];
  return [
    ...(content.length === 0 && files.length === 0 ? [escaped(strings.emptyMessage)] : content),
    ...(files.length === 0 ? [] : [`${strings.attachments}:`, files.join('\n')]),
    ...(wishes.length === 0 ? [] : [wishes.join(' · ')]),
  ];
}

function userPart(part: UserContent, { strings, normalised }: BodyOptions): string {
  switch (part.type) {
    case 'text':
      return part.text.trim() === '' ? '' : plainBlock(part.text);
    case 'quote':
      return part.text.trim() === '' ? '' : `${strings.quote}:\n\n${plainBlock(part.text)}`;
    case 'tag':
      return normalised ? code(`@${part.text}`) : `${code(`@${part.text}`)} (${code(part.id)})`;
    case 'unknown':
      return jsonBlock({ form: 'value', value: part.value }, normalised);
  }
}

function assistantBody({ parts }: AssistantMessageItem, strings: TranscriptStrings): readonly string[] {
  const said = parts.filter(({ text }) => text.trim() !== '').map(({ text }) => quotedMarkdown(text));
  const sources = parts.flatMap(({ annotations }) => annotations).map(sourceLine);
  return [
    ...(said.length === 0 && sources.length === 0 ? [escaped(strings.emptyMessage)] : said),
    ...(sources.length === 0 ? [] : [`${strings.sources}:`, sources.join('\n')]),
  ];
}

function sourceLine({ source }: Annotation, index: number): string {
  return `${index + 1}. ${sourceText(source)}`;
}

function sourceText(source: Source): string {
  const title = source.title === null ? '' : `${escaped(source.title)} — `;
  switch (source.type) {
    case 'url':
      return `${title}${code(source.url)}`;
    case 'file':
      return `${title}${code(source.filename)}`;
    case 'entity':
      return `${title}${code(source.id)}`;
    case 'unknown':
      return `${title}${code(JSON.stringify(source.value satisfies Json))}`;
  }
}

function toolBody(item: ClientToolCallItem, { strings, normalised }: BodyOptions): readonly string[] {
  const status = item.status === 'open' ? strings.toolOpen : item.status === 'completed' ? strings.completed : null;
  const json = [
    [strings.arguments, jsonBlock(item.arguments, normalised)],
    [strings.output, jsonBlock(item.output, normalised)],
  ] as const;
  return [
    `${code(item.name)} — ${status ?? escaped(item.wireStatus)}`,
    ...json.flatMap(([label, block]) => (block === '' ? [] : [`${label}:`, block])),
  ];
}

function taskBlocks(task: Task, strings: TranscriptStrings): readonly string[] {
  const title = task.title === null || task.title.trim() === '' ? '' : ` ${escaped(task.title)}`;
  const progress = task.progress === 'loading' ? ` — ${strings.inProgress}` : '';
  const details = [
    ...task.queries.map((query) => `- ${code(query)}`),
    ...task.sources.map((s) => `- ${sourceText(s)}`),
  ];
  return [
    `**${strings.tasks[task.type]}**${title}${progress}`,
    ...(task.content === null || task.content.trim() === '' ? [] : [quotedMarkdown(task.content)]),
    ...(details.length === 0 ? [] : [details.join('\n')]),
  ];
}

function workflowBody({ summary, tasks }: WorkflowItem, strings: TranscriptStrings): readonly string[] {
  const head =
    summary === null
      ? strings.inProgress
      : 'title' in summary
        ? escaped(summary.title)
        : `${strings.completed} (${summary.durationMs / 1000} s)`;
  return [head, ...tasks.flatMap((task) => taskBlocks(task, strings))];
}

function imageLine(
  { image, progress }: Extract<ThreadItem, { kind: 'generated_image' }>,
  { strings, normalised }: BodyOptions,
): string {
  if (image === null) {
    return progress === null ? strings.inProgress : fill(strings.imageProgress, Math.round(progress * 100));
  }
  // A data: URL holds the whole picture: nothing to read.
  const url = image.url.startsWith('data:') ? '' : ` ${code(image.url)}`;
  return normalised ? strings.completed : `${code(image.id)}${url}`;
}

function inputBody({ inputs, status }: StructuredInputItem, strings: TranscriptStrings): readonly string[] {
  const words = { pending: strings.inputPending, answered: strings.inputAnswered, skipped: strings.inputSkipped };
  const questions = inputs.map(({ question, options, answer }) => {
    const choices = options.length === 0 ? '' : ` (${options.map(escaped).join(' / ')})`;
    const said = answer === null ? strings.noAnswer : answer.skipped ? strings.inputSkipped : answer.values.join(', ');
    return `- ${escaped(question)}${choices}: ${escaped(said)}`;
  });
  return [...(status === 'unknown' ? [] : [words[status]]), ...(questions.length === 0 ? [] : [questions.join('\n')])];
}
