import * as l10n from '@vscode/l10n';
import {
  type ClientToolCallItem,
  type GeneratedImageItem,
  type StructuredInputItem,
  type Task,
  type ThreadItem,
  type UserMessageItem,
  type WidgetItem,
  type WorkflowItem,
  kindLabel,
  statusLabel,
  taskTypeLabel,
  userText,
  isMarker,
} from '../../../chatkit/common/model/item.ts';
import type { Thread, ThreadStatus } from '../../../chatkit/common/model/thread.ts';
import { oneLine, withoutMarkdown } from '../../../base/common/plainText.ts';
import { type JsonValue, isJsonObject } from '../../../base/common/json.ts';
import { widgetText } from '../../../chatkit/common/model/content.ts';

/**
 * Returns one line of at most 120 characters. It does not contain the kind, which an icon or a label shows.
 * `canWait`: false for a tool call that can no longer be answered (`pendingActionAt`).
 */
export function itemSummary(item: ThreadItem, canWait = true): string {
  return oneLine(summaryOf(item, canWait));
}

function summaryOf(item: ThreadItem, canWait: boolean): string {
  switch (item.kind) {
    case 'user_message':
      return userSummary(item);
    case 'assistant_message':
      return withoutMarkdown(item.parts.map(({ text }) => text).join(' ')).trim() || l10n.t('(no text)');
    case 'widget':
      return widgetSummary(item);
    case 'client_tool_call':
      return toolSummary(item, canWait);
    case 'task':
      return taskSummary(item.task);
    case 'task_group':
      return tasksSummary(item.tasks);
    case 'workflow':
      return workflowSummary(item);
    case 'generated_image':
      return imageSummary(item);
    case 'structured_input':
      return inputSummary(item);
    case 'unknown':
      if (isMarker(item)) return item.wireType === 'end_of_turn' ? l10n.t('End of turn') : l10n.t('Hidden context');
      return [item.wireType, item.problem].filter((part) => part !== null).join(': ') || kindLabel('unknown');
  }
}

function userSummary(item: UserMessageItem): string {
  const quotes = item.content.flatMap((part) => (part.type === 'quote' ? [`“${part.text.slice(0, 200)}”`] : []));
  const files = item.attachments.map(({ name }) => name).join(', ');
  const text = userText(item) || quotes.join(' ');
  if (files === '') return text || l10n.t('(no text)');
  return text === '' ? files : `${text} (${files})`;
}

function widgetSummary({ widget, copyText }: WidgetItem): string {
  if (widget.form === 'absent') return l10n.t('(no text)');
  if (widget.form === 'invalid') return l10n.t('not valid JSON');
  const type = isJsonObject(widget.value) ? widget.value['type'] : undefined;
  const text = widgetText(widget.value, 200) || (copyText ?? '');
  return [typeof type === 'string' ? type : '', text].filter((part) => part !== '').join(': ') || l10n.t('(no text)');
}

function toolSummary(item: ClientToolCallItem, canWait: boolean): string {
  const call = [item.name, jsonSummary(item.arguments)].filter((part) => part !== '').join(' ');
  if (item.status === 'open') return `${call} — ${canWait ? l10n.t('waiting for output') : l10n.t('never answered')}`;
  if (item.status === 'unknown') return `${call} — ${item.wireStatus}`;
  const output = jsonSummary(item.output);
  return output === '' ? `${call} — ${l10n.t('completed')}` : `${call} → ${output}`;
}

/** Short enough for one line to contain both the arguments and the output of a call. */
function jsonSummary(value: JsonValue): string {
  if (value.form === 'absent') return '';
  if (value.form === 'invalid') return oneLine(value.text, 60);
  if (isJsonObject(value.value) && Object.keys(value.value).length === 0) return '';
  return oneLine(value.form === 'text' ? value.text : JSON.stringify(value.value), 60);
}

function taskSummary(task: Task): string {
  const parts = [task.title, task.content === null ? null : withoutMarkdown(task.content), ...task.queries];
  const text = parts.filter((part) => part !== null && part.trim() !== '').join(' — ');
  return task.type === 'custom' && text !== '' ? text : [taskTypeLabel(task.type), text].filter(Boolean).join(': ');
}

function tasksSummary(tasks: readonly Task[]): string {
  const count = tasks.length === 1 ? l10n.t('1 task') : l10n.t('{0} tasks', tasks.length);
  const titles = tasks.slice(0, 5).map((task) => oneLine(task.title ?? task.content ?? taskTypeLabel(task.type), 60));
  return titles.length === 0 ? count : `${count}: ${titles.join(' · ')}`;
}

function workflowSummary({ summary, tasks }: WorkflowItem): string {
  const steps = tasksSummary(tasks);
  if (summary === null) return `${steps} — ${l10n.t('in progress')}`;
  return 'title' in summary ? `${summary.title} — ${steps}` : steps;
}

function imageSummary({ image, progress }: GeneratedImageItem): string {
  // A data: URL contains the whole image, which is not readable.
  if (image !== null) return image.id || (image.url.startsWith('data:') ? l10n.t('completed') : image.url);
  return progress === null ? l10n.t('in progress') : l10n.t('{0} % done', Math.round(progress * 100));
}

function inputSummary({ inputs, status }: StructuredInputItem): string {
  const questions = inputs.map(({ question, answer }) => [question, ...(answer?.values ?? [])].join(' '));
  const labels = { pending: l10n.t('waiting for an answer'), answered: l10n.t('answered'), skipped: l10n.t('skipped') };
  const suffix = status === 'unknown' ? '' : ` — ${labels[status]}`;
  return `${questions.join(' · ')}${suffix}`;
}

/** Maximum length of a label made from the first user message, in characters. */
const maxLabelLength = 60;

/** Returns the title of a thread, else the start of its first user message, else its shortened ID. */
export function threadLabel(thread: Pick<Thread, 'id' | 'title'>, firstUserText?: string | null): string {
  return oneLine(thread.title ?? '') || oneLine(firstUserText ?? '', maxLabelLength) || shortId(thread.id);
}

/** `cthr_68e8283b…7b67`: the start and enough of the end to distinguish it from similar IDs. */
export function shortId(id: string): string {
  const line = oneLine(id, 200);
  return line.length > 24 ? `${line.slice(0, 14)}…${line.slice(-4)}` : line;
}

/** `active`, `locked: waiting for review`, or the server's name of an unknown status. */
export function statusText(status: ThreadStatus): string {
  if (status.type === 'unknown') return oneLine(status.name, 60) || statusLabel('unknown');
  const label = statusLabel(status.type);
  const reason = status.type === 'active' ? null : status.reason;
  return reason === null || reason.trim() === '' ? label : `${label}: ${oneLine(reason)}`;
}
