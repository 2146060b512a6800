import * as l10n from '@vscode/l10n';
import {
  type AssistantMessageItem,
  type ClientToolCallItem,
  type StructuredInputItem,
  type Task,
  type ThreadItem,
  type UserMessageItem,
  type WorkflowItem,
  taskTypeLabel,
} from '../../../chatkit/common/model/item.ts';
import type { Annotation, Source, UserContent } from '../../../chatkit/common/model/content.ts';
import type { Json } from '../../../base/common/json.ts';
import { code, escaped, jsonBlock, plainBlock, quotedMarkdown } from './markdown.ts';

interface BodyOptions {
  /** Omits IDs and sorts JSON keys, so that two threads can be compared. */
  readonly normalised: boolean;
}

/** Returns the Markdown blocks with the complete content of an item. The caller joins them with empty lines. */
export function itemBody(item: ThreadItem, options: BodyOptions): readonly string[] {
  const { normalised } = options;
  switch (item.kind) {
    case 'user_message':
      return userBody(item, options);
    case 'assistant_message':
      return assistantBody(item);
    case 'widget':
      return [jsonBlock(item.widget, normalised) || escaped(l10n.t('(no text)'))];
    case 'client_tool_call':
      return toolBody(item, options);
    case 'task':
      return taskBlocks(item.task);
    case 'task_group':
      return item.tasks.flatMap((task) => taskBlocks(task));
    case 'workflow':
      return workflowBody(item);
    case 'generated_image':
      return [imageLine(item, options)];
    case 'structured_input':
      return inputBody(item);
    case 'unknown':
      return [
        ...(item.problem === null ? [] : [escaped(item.problem)]),
        jsonBlock({ form: 'value', value: item.raw }, normalised),
      ];
  }
}

function userBody(item: UserMessageItem, options: BodyOptions): readonly string[] {
  const content = item.content.map((part) => userPart(part, options)).filter((block) => block !== '');
  const files = item.attachments.map(({ name, mimeType }) => `- ${code(name)} (${escaped(mimeType)})`);
  const { model = null, toolChoice = null } = item.inference ?? {};
  const inference = [
    ...(model === null ? [] : [`${l10n.t('Model')}: ${code(model)}`]),
    ...(toolChoice === null ? [] : [`${l10n.t('Tool choice')}: ${code(toolChoice)}`]),
  ];
  return [
    ...(content.length === 0 && files.length === 0 ? [escaped(l10n.t('(no text)'))] : content),
    ...(files.length === 0 ? [] : [`${l10n.t('Attachments')}:`, files.join('\n')]),
    ...(inference.length === 0 ? [] : [inference.join(' · ')]),
  ];
}

function userPart(part: UserContent, { normalised }: BodyOptions): string {
  switch (part.type) {
    case 'text':
      return part.text.trim() === '' ? '' : plainBlock(part.text);
    case 'quote':
      return part.text.trim() === '' ? '' : `${l10n.t('Quote')}:\n\n${plainBlock(part.text)}`;
    case 'tag':
      return normalised ? code(`@${part.text}`) : `${code(`@${part.text}`)} (${code(part.id)})`;
    case 'unknown':
      return jsonBlock({ form: 'value', value: part.value }, normalised);
  }
}

function assistantBody({ parts }: AssistantMessageItem): readonly string[] {
  const texts = parts.filter(({ text }) => text.trim() !== '').map(({ text }) => quotedMarkdown(text));
  const sources = parts.flatMap(({ annotations }) => annotations).map(sourceLine);
  return [
    ...(texts.length === 0 && sources.length === 0 ? [escaped(l10n.t('(no text)'))] : texts),
    ...(sources.length === 0 ? [] : [`${l10n.t('Sources')}:`, sources.join('\n')]),
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

function toolBody(item: ClientToolCallItem, { normalised }: BodyOptions): readonly string[] {
  const status =
    item.status === 'open' ? l10n.t('waiting for output') : item.status === 'completed' ? l10n.t('completed') : null;
  const json = [
    [l10n.t('Arguments'), jsonBlock(item.arguments, normalised)],
    [l10n.t('Output'), jsonBlock(item.output, normalised)],
  ] as const;
  return [
    `${code(item.name)} — ${status ?? escaped(item.wireStatus)}`,
    ...json.flatMap(([label, block]) => (block === '' ? [] : [`${label}:`, block])),
  ];
}

function taskBlocks(task: Task): readonly string[] {
  const title = task.title === null || task.title.trim() === '' ? '' : ` ${escaped(task.title)}`;
  const progress = task.progress === 'loading' ? ` — ${l10n.t('in progress')}` : '';
  const details = [
    ...task.queries.map((query) => `- ${code(query)}`),
    ...task.sources.map((s) => `- ${sourceText(s)}`),
  ];
  return [
    `**${taskTypeLabel(task.type)}**${title}${progress}`,
    ...(task.content === null || task.content.trim() === '' ? [] : [quotedMarkdown(task.content)]),
    ...(details.length === 0 ? [] : [details.join('\n')]),
  ];
}

function workflowBody({ summary, tasks }: WorkflowItem): readonly string[] {
  const head =
    summary === null
      ? l10n.t('in progress')
      : 'title' in summary
        ? escaped(summary.title)
        : `${l10n.t('completed')} (${summary.durationMs / 1000} s)`;
  return [head, ...tasks.flatMap((task) => taskBlocks(task))];
}

function imageLine(
  { image, progress }: Extract<ThreadItem, { kind: 'generated_image' }>,
  { normalised }: BodyOptions,
): string {
  if (image === null) {
    return progress === null ? l10n.t('in progress') : l10n.t('{0} % done', Math.round(progress * 100));
  }
  // A data: URL contains the whole image, which is not readable.
  const url = image.url.startsWith('data:') ? '' : ` ${code(image.url)}`;
  return normalised ? l10n.t('completed') : `${code(image.id)}${url}`;
}

function inputBody({ inputs, status }: StructuredInputItem): readonly string[] {
  const labels = { pending: l10n.t('waiting for an answer'), answered: l10n.t('answered'), skipped: l10n.t('skipped') };
  const questions = inputs.map(({ question, options, answer }) => {
    const choices = options.length === 0 ? '' : ` (${options.map(escaped).join(' / ')})`;
    const answerText =
      answer === null ? l10n.t('(no answer)') : answer.skipped ? l10n.t('skipped') : answer.values.join(', ');
    return `- ${escaped(question)}${choices}: ${escaped(answerText)}`;
  });
  return [...(status === 'unknown' ? [] : [labels[status]]), ...(questions.length === 0 ? [] : [questions.join('\n')])];
}
