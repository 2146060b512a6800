import * as l10n from '@vscode/l10n';
import type { Task } from '../../../chatkit/common/model/item.ts';
import { Icon } from '../../../base/webview/controls/buttons.tsx';
import { Markdown } from '../../../base/webview/markdown/Markdown.tsx';
import { markdownWords } from '../../../base/webview/markdown/footnotePlaces.ts';
import { useCanChange, useIsFollowed } from '../state/context.tsx';
import { Sources } from './Sources.tsx';
import { sourceTitle } from './footnotesOf.ts';
import type { ItemOf, KindView } from './kind.ts';
import { type ShownProgress, taskProgress } from './taskProgress.ts';

const progressIcons: Record<ShownProgress, string> = {
  done: 'pass',
  running: 'loading',
  unfinished: 'circle-slash',
  none: 'circle-small-filled',
  unknown: 'circle',
};

interface Props {
  readonly task: Task;
  /** Whether an item or task follows: if the API reports no status, a followed task is assumed to be done. */
  readonly followed: boolean;
  /** Whether the item of the task can still change. */
  readonly canChange: boolean;
}

/** One task: its title, its results, its status, and whether the status is reported or inferred. */
function TaskView({ task, followed, canChange }: Props) {
  const { progress, inferred } = taskProgress(task, followed, canChange);
  const statusText = progressText(progress, inferred);
  const title = [typeLabel(task), task.title].filter(Boolean).join(' — ');
  return (
    <div className="task">
      <span className={`task-mark ${progress}${inferred ? ' inferred' : ''}`} title={statusText}>
        <Icon name={progressIcons[progress]} spin={progress === 'running'} />
        <span className="visually-hidden">{statusText}</span>
      </span>
      <div className="task-text">
        <span className="task-title">{title}</span>
        {task.queries.length > 0 && (
          <ul className="queries">
            {task.queries.map((query, index) => (
              <li key={index}>
                <Icon name="search" /> {query}
              </li>
            ))}
          </ul>
        )}
        {task.content !== null && task.content !== '' && <Markdown text={task.content} />}
        {task.sources.length > 0 && <Sources sources={task.sources} />}
      </div>
    </div>
  );
}

function typeLabel(task: Task): string {
  switch (task.type) {
    case 'thought':
      return l10n.t('Thought');
    case 'web_search':
      return l10n.t('Web search');
    case 'file':
      return l10n.t('Files');
    case 'image':
      return l10n.t('Image');
    case 'custom':
      return task.title === null ? l10n.t('Task') : '';
    case 'unknown':
      return task.wireType;
  }
}

function progressText(progress: ShownProgress, inferred: boolean): string {
  if (progress === 'done')
    return inferred ? l10n.t('Done (inferred from later items; the API does not report task status).') : l10n.t('Done');
  if (progress === 'unfinished') return l10n.t('Not finished');
  if (progress === 'none') return l10n.t('No status reported');
  return progress === 'running'
    ? l10n.t('Running')
    : l10n.t('Possibly still running (the API does not report task status).');
}

export function taskTexts(task: Task): readonly string[] {
  return [task.title ?? '', ...task.queries, markdownWords(task.content ?? ''), ...task.sources.map(sourceTitle)];
}

interface TaskListProps {
  readonly tasks: readonly Task[];
  /** Whether an item follows the list. */
  readonly followed: boolean;
  /** Whether the item of the tasks can still change. */
  readonly canChange: boolean;
}

/** Tasks in the order in which they ran. */
export function TaskList({ tasks, followed, canChange }: TaskListProps) {
  return (
    <ol className="task-list">
      {tasks.map((task, index) => (
        <li key={index}>
          <TaskView task={task} followed={followed || index < tasks.length - 1} canChange={canChange} />
        </li>
      ))}
    </ol>
  );
}

export const taskKind: KindView<'task'> = {
  icon: 'checklist',
  label: () => l10n.t('Task'),
  Body,
  texts: ({ task }) => taskTexts(task),
  extraHeight: 0,
};

function Body({ item }: { readonly item: ItemOf<'task'> }) {
  return <TaskView task={item.task} followed={useIsFollowed(item.id)} canChange={useCanChange(item.id)} />;
}
