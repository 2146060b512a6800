import * as l10n from '@vscode/l10n';
import type { Task } from '../../../chatkit/common/model/item.ts';
import { Icon } from '../../../base/webview/controls/Icon.tsx';
import { Markdown } from '../../../base/webview/markdown/Markdown.tsx';
import { markdownWords } from '../../../base/webview/markdown/plainText.ts';
import { Sources } from './Sources.tsx';
import { sourceTitle } from './sourceTitle.ts';
import { taskProgress, type ShownProgress } from './taskProgress.ts';

const progressIcons: Record<ShownProgress, string> = {
  done: 'pass',
  running: 'loading',
  none: 'circle-small-filled',
  unknown: 'circle',
};

interface Props {
  readonly task: Task;
  /** Something came after it: where no progress is told, that is how we know that it is over. */
  readonly followed: boolean;
}

/** One step: what it was, what came of it, how far it is, and whether that was told or is our conclusion. */
export function TaskView({ task, followed }: Props) {
  const { progress, inferred } = taskProgress(task, followed);
  const mark = markText(progress, inferred);
  const title = [typeLabel(task), task.title].filter(Boolean).join(' — ');
  return (
    <div className="task">
      <span className={`task-mark ${progress}${inferred ? ' inferred' : ''}`} title={mark}>
        <Icon name={progressIcons[progress]} spin={progress === 'running'} />
        <span className="visually-hidden">{mark}</span>
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

function markText(progress: ShownProgress, inferred: boolean): string {
  if (progress === 'done')
    return inferred
      ? l10n.t('Over, inferred: something came after it. The API does not tell its progress.')
      : l10n.t('Done');
  if (progress === 'none') return l10n.t('No progress told');
  return progress === 'running'
    ? l10n.t('Running')
    : l10n.t('Nothing came after it yet. The API does not tell its progress.');
}

export function taskTexts(task: Task): readonly string[] {
  return [task.title ?? '', ...task.queries, markdownWords(task.content ?? ''), ...task.sources.map(sourceTitle)];
}
