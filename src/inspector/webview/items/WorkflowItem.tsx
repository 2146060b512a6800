import * as l10n from '@vscode/l10n';
import { useState } from 'react';
import { Icon } from '../../../base/webview/controls/buttons.tsx';
import { useCanChange, useFindQuery, useInspector } from '../state/context.tsx';
import type { Formats } from '../../../base/webview/format.ts';
import type { ItemOf, KindView } from './kind.ts';
import { TaskList, taskTexts } from './TaskItem.tsx';

export const workflow: KindView<'workflow'> = {
  icon: 'type-hierarchy-sub',
  label: () => l10n.t('Workflow'),
  Body,
  texts: ({ summary, tasks }) => [
    summary !== null && 'title' in summary ? summary.title : '',
    ...tasks.flatMap(taskTexts),
  ],
  extraHeight: 19,
};

function Body({ item }: { readonly item: ItemOf<'workflow'> }) {
  const { formats } = useInspector();
  const isFinding = useFindQuery() !== '';
  const [isExpanded, setIsExpanded] = useState<boolean | null>(null);
  const { summary, tasks, expanded, workflowType } = item;
  const canChange = useCanChange(item.id);
  // As the server requests, until the reader decides; a workflow in progress or a find query expands it.
  const open = isExpanded ?? (expanded || summary === null || isFinding);
  const count = tasks.length === 1 ? l10n.t('1 task') : l10n.t('{0} tasks', formats.number(tasks.length));
  const facts = [...(workflowType === 'reasoning' ? [l10n.t('reasoning')] : []), count];
  return (
    <>
      <button type="button" className="disclosure" aria-expanded={open} onClick={() => setIsExpanded(!open)}>
        <Icon name={open ? 'chevron-down' : 'chevron-right'} />
        {summary === null && canChange && <Icon name="loading" spin />}
        <span className="task-title">{title(item, formats, canChange)}</span>
        <span className="quiet">{facts.join(' · ')}</span>
      </button>
      {open && <TaskList tasks={tasks} followed={summary !== null} canChange={canChange} />}
    </>
  );
}

function title({ summary }: ItemOf<'workflow'>, formats: Formats, canChange: boolean): string {
  if (summary === null) return canChange ? l10n.t('In progress') : l10n.t('Not finished');
  return 'title' in summary ? summary.title : l10n.t('Took {0}', formats.duration(summary.durationMs));
}
