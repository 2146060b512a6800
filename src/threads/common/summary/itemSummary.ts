import type { JsonValue } from '../../../base/common/json.ts';
import { isJsonObject } from '../../../base/common/json.ts';
import type {
  ClientToolCallItem,
  GeneratedImageItem,
  StructuredInputItem,
  Task,
  ThreadItem,
  UserMessageItem,
  WidgetItem,
  WorkflowItem,
} from '../../../chatkit/common/model/item.ts';
import { widgetText } from '../../../chatkit/common/model/widgetText.ts';
import { oneLine, withoutMarkdown } from '../../../base/common/plainText.ts';
import { fill } from './strings.ts';
import type { SummaryStrings } from './strings.ts';
import { userText } from '../../../chatkit/common/model/userText.ts';

/** What an item says, in one line of at most 120 characters; without its kind, which the icon or a label tells. */
export function itemSummary(item: ThreadItem, strings: SummaryStrings): string {
  return oneLine(summaryOf(item, strings));
}

function summaryOf(item: ThreadItem, strings: SummaryStrings): string {
  switch (item.kind) {
    case 'user_message':
      return userSummary(item, strings);
    case 'assistant_message':
      return withoutMarkdown(item.parts.map(({ text }) => text).join(' ')).trim() || strings.emptyMessage;
    case 'widget':
      return widgetSummary(item, strings);
    case 'client_tool_call':
      return toolSummary(item, strings);
    case 'task':
      return taskSummary(item.task, strings);
    case 'task_group':
      return tasksSummary(item.tasks, strings);
    case 'workflow':
      return workflowSummary(item, strings);
    case 'generated_image':
      return imageSummary(item, strings);
    case 'structured_input':
      return inputSummary(item, strings);
    case 'unknown':
      return [item.wireType, item.problem].filter((part) => part !== null).join(': ') || strings.kinds.unknown;
  }
}

function userSummary(item: UserMessageItem, strings: SummaryStrings): string {
  const quotes = item.content.flatMap((part) => (part.type === 'quote' ? [`“${part.text.slice(0, 200)}”`] : []));
  const files = item.attachments.map(({ name }) => name).join(', ');
  const words = userText(item) || quotes.join(' ');
  if (files === '') return words || strings.emptyMessage;
  return words === '' ? files : `${words} (${files})`;
}

function widgetSummary({ widget, copyText }: WidgetItem, strings: SummaryStrings): string {
  if (widget.form === 'absent') return strings.emptyMessage;
  if (widget.form === 'invalid') return strings.invalidJson;
  const type = isJsonObject(widget.value) ? widget.value['type'] : undefined;
  const words = widgetText(widget.value, 200) || (copyText ?? '');
  return [typeof type === 'string' ? type : '', words].filter((part) => part !== '').join(': ') || strings.emptyMessage;
}

function toolSummary(item: ClientToolCallItem, strings: SummaryStrings): string {
  const call = [item.name, jsonSummary(item.arguments)].filter((part) => part !== '').join(' ');
  if (item.status === 'open') return `${call} — ${strings.toolOpen}`;
  if (item.status === 'unknown') return `${call} — ${item.wireStatus}`;
  const output = jsonSummary(item.output);
  return output === '' ? `${call} — ${strings.completed}` : `${call} → ${output}`;
}

/** Short enough that both arguments and output of a call find room in a line. */
function jsonSummary(value: JsonValue): string {
  if (value.form === 'absent') return '';
  if (value.form === 'invalid') return oneLine(value.text, 60);
  if (isJsonObject(value.value) && Object.keys(value.value).length === 0) return '';
  return oneLine(value.form === 'text' ? value.text : JSON.stringify(value.value), 60);
}

function taskSummary(task: Task, strings: SummaryStrings): string {
  const words = [task.title, task.content === null ? null : withoutMarkdown(task.content), ...task.queries];
  const said = words.filter((part) => part !== null && part.trim() !== '').join(' — ');
  return task.type === 'custom' && said !== '' ? said : [strings.tasks[task.type], said].filter(Boolean).join(': ');
}

function tasksSummary(tasks: readonly Task[], strings: SummaryStrings): string {
  const count = tasks.length === 1 ? strings.oneTask : fill(strings.severalTasks, tasks.length);
  const titles = tasks.slice(0, 5).map((task) => oneLine(task.title ?? task.content ?? strings.tasks[task.type], 60));
  return titles.length === 0 ? count : `${count}: ${titles.join(' · ')}`;
}

function workflowSummary({ summary, tasks }: WorkflowItem, strings: SummaryStrings): string {
  const steps = tasksSummary(tasks, strings);
  if (summary === null) return `${steps} — ${strings.inProgress}`;
  return 'title' in summary ? `${summary.title} — ${steps}` : steps;
}

function imageSummary({ image, progress }: GeneratedImageItem, strings: SummaryStrings): string {
  if (image !== null) return image.id;
  return progress === null ? strings.inProgress : fill(strings.imageProgress, Math.round(progress * 100));
}

function inputSummary({ inputs, status }: StructuredInputItem, strings: SummaryStrings): string {
  const questions = inputs.map(({ question, answer }) => [question, ...(answer?.values ?? [])].join(' '));
  const state = { pending: strings.inputPending, answered: strings.inputAnswered, skipped: strings.inputSkipped };
  const word = status === 'unknown' ? '' : ` — ${state[status]}`;
  return `${questions.join(' · ')}${word}`;
}
