import * as l10n from '@vscode/l10n';
import type { ItemKind, Task } from './item.ts';
import type { ThreadStatus } from './thread.ts';

const kinds: Readonly<Record<ItemKind, () => string>> = {
  user_message: () => l10n.t('User'),
  assistant_message: () => l10n.t('Assistant'),
  widget: () => l10n.t('Widget'),
  client_tool_call: () => l10n.t('Tool call'),
  task: () => l10n.t('Task'),
  task_group: () => l10n.t('Task group'),
  workflow: () => l10n.t('Workflow'),
  generated_image: () => l10n.t('Generated image'),
  structured_input: () => l10n.t('Structured input'),
  unknown: () => l10n.t('Unknown item'),
};

const taskTypes: Readonly<Record<Task['type'], () => string>> = {
  custom: () => l10n.t('Task'),
  thought: () => l10n.t('Thought'),
  web_search: () => l10n.t('Web search'),
  file: () => l10n.t('Files'),
  image: () => l10n.t('Image'),
  unknown: () => l10n.t('Task'),
};

const statuses: Readonly<Record<ThreadStatus['type'], () => string>> = {
  active: () => l10n.t('active'),
  locked: () => l10n.t('locked'),
  closed: () => l10n.t('closed'),
  unknown: () => l10n.t('unknown status'),
};

/** Returns the localized label of an item kind. */
export function kindLabel(kind: ItemKind): string {
  return kinds[kind]();
}

/** Returns the localized label of a task type. */
export function taskTypeLabel(type: Task['type']): string {
  return taskTypes[type]();
}

/** Returns the localized label of a thread status. */
export function statusLabel(status: ThreadStatus['type']): string {
  return statuses[status]();
}
