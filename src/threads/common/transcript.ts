import * as l10n from '@vscode/l10n';
import { exactJson, withNumbersOf } from '../../base/common/parseJson.ts';
import { codeBlock, codeSpan } from '../../base/common/markdownText.ts';
import { type Json, type JsonValue, isJsonObject } from '../../base/common/json.ts';
import {
  type AssistantMessageItem,
  type ClientToolCallItem,
  type StructuredInputItem,
  type Task,
  type ThreadItem,
  type UserMessageItem,
  type WorkflowItem,
  kindLabel,
  taskTypeLabel,
} from '../../chatkit/common/model/item.ts';
import type { Annotation, Source, UserContent } from '../../chatkit/common/model/content.ts';
import { type Thread, timeNote, uncertainMark } from '../../chatkit/common/model/thread.ts';
import type { ThreadItems } from '../../chatkit/common/store/types.ts';
import { oneLine } from '../../base/common/plainText.ts';
import { statusText, threadLabel } from './summary/itemSummary.ts';
import { pendingActionAt } from './summary/waiting.ts';

interface TranscriptOptions {
  /**
   * `full`: everything, with times in UTC. `normalised`: without IDs, user and times, with sorted JSON keys, so that a
   * comparison of two threads shows only differences in behavior.
   */
  readonly form?: 'full' | 'normalised';
}

/** Returns a thread and its loaded items as Markdown. The text does not depend on the machine. */
export function transcript(thread: Thread, items: ThreadItems, options: TranscriptOptions = {}): string {
  return [...transcriptParts(thread, items, options)].join('');
}

/** Yields the transcript in parts: the head, then one part per item. */
export function* transcriptParts(thread: Thread, items: ThreadItems, options: TranscriptOptions): Generator<string> {
  const note = (text: string): string => `\n---\n\n*${text}*\n`;
  yield transcriptHead(thread, items.count, options);
  if (items.stopped === 'older')
    yield note(
      l10n.t(
        'The server states that there are more items, but they cannot be loaded: its cursor is missing or repeats.',
      ),
    );
  else if (!items.reachesStart && items.count > 0) yield note(l10n.t('Older items are not loaded.'));
  if (items.count === 0 && items.reachesStart) yield note(l10n.t('This thread has no items.'));
  for (const [index, window] of items.windows.entries()) {
    if (index > 0) yield note(l10n.t('Some items here are not loaded.'));
    let previous: ThreadItem | null = null;
    const isNewest = index === items.windows.length - 1;
    for (const [at, item] of window.items.entries()) {
      const canWait = isNewest && pendingActionAt(window.items, at) !== null;
      yield itemTranscript(item, previous, { ...options, canWait });
      previous = item;
    }
  }
  if (!items.reachesEnd && items.count > 0) yield note(l10n.t('Newer items are not loaded.'));
}

/** Returns the title and the facts. `count` is the number of items that follow. */
export function transcriptHead(thread: Thread, count: number, options: TranscriptOptions = {}): string {
  const { form = 'full' } = options;
  const facts: readonly (readonly [string, string | null])[] =
    form === 'normalised'
      ? [[l10n.t('Status'), escaped(statusText(thread.status))]]
      : [
          [l10n.t('Thread'), codeSpan(thread.id)],
          [l10n.t('Status'), escaped(statusText(thread.status))],
          [l10n.t('User'), thread.user === null ? null : codeSpan(thread.user)],
          [l10n.t('Created'), thread.createdAt === null ? null : markedUtc(thread, thread.createdAt)],
          [l10n.t('Items'), String(count)],
        ];
  const title = form === 'normalised' ? oneLine(thread.title ?? '') || l10n.t('Untitled thread') : threadLabel(thread);
  const lines = facts.flatMap(([label, value]) => (value === null ? [] : [`- ${label}: ${value}`]));
  return `# ${escaped(title)}\n\n${lines.join('\n')}\n`;
}

/** Returns one item. `previous` is the item directly before it, for the offset. */
export function itemTranscript(
  item: ThreadItem,
  previous: ThreadItem | null,
  options: TranscriptOptions & Pick<BodyOptions, 'canWait'> = {},
): string {
  const { form = 'full', canWait = true } = options;
  const normalised = form === 'normalised';
  const head = normalised ? [kindLabel(item.kind)] : [kindLabel(item.kind), ...timesOf(item, previous)];
  const body = itemBody(item, { normalised, canWait }).filter((block) => block !== '');
  return `\n## ${head.join(' · ')}\n\n${body.join('\n\n')}\n`;
}

function timesOf(item: ThreadItem, previous: ThreadItem | null): readonly string[] {
  if (item.createdAt === null) return [];
  const offset =
    previous?.createdAt === undefined || previous.createdAt === null ? null : item.createdAt - previous.createdAt;
  return [
    markedUtc(item, item.createdAt),
    ...(offset === null ? [] : [`${offset < 0 ? '\u2212' : '+'}${Math.abs(offset) / 1000} s`]),
  ];
}

function markedUtc(element: Thread | ThreadItem, ms: number): string {
  const note = timeNote(element);
  return note === null ? utc(ms) : `${uncertainMark}${utc(ms)} (${note.replace(/\.$/, '')})`;
}

/** `2026-11-06 14:03:10 UTC`, with milliseconds unless they are zero. Times out of range are returned as numbers. */
function utc(ms: number): string {
  if (!Number.isFinite(ms) || Math.abs(ms) > 8.64e15) return String(ms);
  return `${new Date(ms)
    .toISOString()
    .replace('T', ' ')
    .replace(/(?:\.000)?Z$/, '')} UTC`;
}

interface BodyOptions {
  /** Omits IDs and sorts JSON keys, so that two threads can be compared. */
  readonly normalised: boolean;
  /** False for a tool call that can no longer be answered (`pendingActionAt`). */
  readonly canWait?: boolean;
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
  const files = item.attachments.map(({ name, mimeType }) => `- ${codeSpan(name)} (${escaped(mimeType)})`);
  const { model = null, toolChoice = null } = item.inference ?? {};
  const inference = [
    ...(model === null ? [] : [`${l10n.t('Model')}: ${codeSpan(model)}`]),
    ...(toolChoice === null ? [] : [`${l10n.t('Tool choice')}: ${codeSpan(toolChoice)}`]),
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
      return normalised ? codeSpan(`@${part.text}`) : `${codeSpan(`@${part.text}`)} (${codeSpan(part.id)})`;
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
      return `${title}${codeSpan(source.url)}`;
    case 'file':
      return `${title}${codeSpan(source.filename)}`;
    case 'entity':
      return `${title}${codeSpan(source.id)}`;
    case 'unknown':
      return `${title}${codeSpan(JSON.stringify(source.value satisfies Json))}`;
  }
}

function toolBody(item: ClientToolCallItem, { normalised, canWait = true }: BodyOptions): readonly string[] {
  const open = canWait ? l10n.t('waiting for output') : l10n.t('never answered');
  const status = item.status === 'open' ? open : item.status === 'completed' ? l10n.t('completed') : null;
  const json = [
    [l10n.t('Arguments'), jsonBlock(item.arguments, normalised)],
    [l10n.t('Output'), jsonBlock(item.output, normalised)],
  ] as const;
  return [
    `${codeSpan(item.name)} — ${status ?? escaped(item.wireStatus)}`,
    ...json.flatMap(([label, block]) => (block === '' ? [] : [`${label}:`, block])),
  ];
}

function taskBlocks(task: Task): readonly string[] {
  const title = task.title === null || task.title.trim() === '' ? '' : ` ${escaped(task.title)}`;
  const progress = task.progress === 'loading' ? ` — ${l10n.t('in progress')}` : '';
  const details = [
    ...task.queries.map((query) => `- ${codeSpan(query)}`),
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
  const url = image.url.startsWith('data:') ? '' : ` ${codeSpan(image.url)}`;
  return normalised ? l10n.t('completed') : `${codeSpan(image.id)}${url}`;
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

/** Returns formatted JSON; text that is not valid JSON is unchanged. `sorted` sorts keys, for comparing. */
function jsonBlock(value: JsonValue, sorted = false): string {
  if (value.form === 'absent') return '';
  if (value.form === 'invalid') return codeBlock(value.text);
  return codeBlock(exactJson(sorted ? sortKeys(value.value) : value.value, 2), 'json');
}

/** Escapes plain text for a line of Markdown. Escapes only characters that Markdown would interpret. */
export function escaped(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/\\(?=[!-/:-@[-`{-~])|[`*[$~]|<(?=[a-z/!?])|&(?=#?\w+;)|(?<!\w)_|_(?!\w)/gi, '\\$&')
    .replace(/^(\d{1,9})([.)])/, '$1\\$2')
    .replace(/^[-+=>#]|#$/g, '\\$&');
}

/**
 * Returns plain text as a block that reads the same raw and rendered: a paragraph when Markdown would not interpret any
 * character, else a fenced block.
 */
export function plainBlock(text: string): string {
  const line = text.trim();
  return !line.includes('\n') && escaped(line) === line ? line : codeBlock(text, 'text');
}

function sortKeys(value: Json): Json {
  if (Array.isArray(value)) {
    return withNumbersOf(
      value,
      value.map((element) => sortKeys(element as Json)),
    );
  }
  if (!isJsonObject(value)) return value;
  const sorted = Object.entries(value)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, entry]) => [key, sortKeys(entry)] as const);
  return withNumbersOf(value, Object.fromEntries(sorted));
}

/**
 * Isolates Markdown from a server or user in a block quote. The end of the quote closes all open constructs (fences, lists,
 * headings). HTML is escaped.
 */
export function quotedMarkdown(text: string): string {
  return withoutHtml(text.split(/\r\n|\r|\n/))
    .map((line) => (line.trim() === '' ? '>' : `> ${line}`))
    .join('\n');
}

/** Escapes the start of HTML tags, except in code, where tags have no effect and the escape would be visible. */
function withoutHtml(lines: readonly string[]): readonly string[] {
  let fence: string | null = null;
  let spansAreClear = true;
  return lines.map((line) => {
    if (fence !== null) {
      if (closes(line, fence)) fence = null;
      return line;
    }
    // An indented fence can belong to a list and end with it.
    fence = /^(`{3,})[^`]*$/.exec(line)?.[1] ?? /^(~{3,})/.exec(line)?.[1] ?? null;
    if (fence !== null || line.trim() === '') {
      spansAreClear = true;
      return line;
    }
    spansAreClear &&= hasClearSpans(line);
    return spansAreClear
      ? line.replace(codeOrTag, (match) => (match.startsWith('`') ? match : '&lt;'))
      : escapeTags(line);
  });
}

const tagStart = /<(?=[a-z/!?])(?!(?:https?|mailto):[^\s<>]*>)/;
const codeOrTag = new RegExp(`\`[^\`]*\`|${tagStart.source}`, 'gi');

function escapeTags(line: string): string {
  return line.replace(new RegExp(tagStart, 'gi'), '&lt;');
}

/** True when backticks occur only as single characters, in pairs and outside of other syntax. The text between is code. */
function hasClearSpans(line: string): boolean {
  const count = line.split('`').length - 1;
  return count === 0 || (count % 2 === 0 && !/``|\\|<(?:https?|mailto):[^\s>]*`/.test(line));
}

function closes(line: string, fence: string): boolean {
  const closingFence = /^ {0,3}(`+|~+)[ \t]*$/.exec(line)?.[1];
  return closingFence !== undefined && closingFence[0] === fence[0] && closingFence.length >= fence.length;
}
