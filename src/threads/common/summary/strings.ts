import type { ItemKind, Task } from '../../../chatkit/common/model/item.ts';
import type { ThreadStatus } from '../../../chatkit/common/model/thread.ts';

/**
 * The words of labels, summaries and transcripts. English here; the host puts the editor's language in
 * (`vscode.l10n.t`), and an interface sees to it that none is forgotten. `{0}` stands for a value.
 */
export interface SummaryStrings {
  readonly kinds: Readonly<Record<ItemKind, string>>;
  readonly tasks: Readonly<Record<Task['type'], string>>;
  readonly statuses: Readonly<Record<ThreadStatus['type'], string>>;
  readonly untitled: string;
  readonly emptyMessage: string;
  readonly oneTask: string;
  /** {0} tasks. */
  readonly severalTasks: string;
  readonly inProgress: string;
  readonly completed: string;
  readonly toolOpen: string;
  readonly invalidJson: string;
  /** {0} percent. */
  readonly imageProgress: string;
  readonly inputPending: string;
  readonly inputAnswered: string;
  readonly inputSkipped: string;
}

export const englishSummary: SummaryStrings = {
  kinds: {
    user_message: 'User',
    assistant_message: 'Assistant',
    widget: 'Widget',
    client_tool_call: 'Tool call',
    task: 'Task',
    task_group: 'Task group',
    workflow: 'Workflow',
    generated_image: 'Generated image',
    structured_input: 'Structured input',
    unknown: 'Unknown item',
  },
  tasks: {
    custom: 'Task',
    thought: 'Thought',
    web_search: 'Web search',
    file: 'Files',
    image: 'Image',
    unknown: 'Task',
  },
  statuses: { active: 'active', locked: 'locked', closed: 'closed', unknown: 'unknown status' },
  untitled: 'Untitled thread',
  emptyMessage: '(no text)',
  oneTask: '1 task',
  severalTasks: '{0} tasks',
  inProgress: 'in progress',
  completed: 'completed',
  toolOpen: 'waiting for output',
  invalidJson: 'not valid JSON',
  imageProgress: '{0} % done',
  inputPending: 'waiting for an answer',
  inputAnswered: 'answered',
  inputSkipped: 'skipped',
};

/** Puts values into a text: `{0}`, `{1}`, … */
export function fill(template: string, ...values: readonly (string | number)[]): string {
  return template.replace(/\{(\d+)\}/g, (hole, index: string) => String(values[Number(index)] ?? hole));
}
