import { useState } from 'react';
import type { InspectorStrings } from '../../common/strings.ts';
import { Icon } from '../../../base/webview/controls/Icon.tsx';
import { useFindQuery, useInspector } from '../context.tsx';
import { fill, type Formats } from '../../../base/webview/format.ts';
import type { ItemOf, KindView } from './kind.ts';
import { TaskList } from './TaskList.tsx';
import { taskTexts } from './TaskView.tsx';

export const workflow: KindView<'workflow'> = {
  icon: 'type-hierarchy-sub',
  label: (strings) => strings.kindWorkflow,
  Body,
  texts: ({ summary, tasks }) => [
    summary !== null && 'title' in summary ? summary.title : '',
    ...tasks.flatMap(taskTexts),
  ],
  heightBeside: 19,
};

function Body({ item }: { readonly item: ItemOf<'workflow'> }) {
  const { strings, formats } = useInspector();
  const finding = useFindQuery() !== '';
  const [chosen, setChosen] = useState<boolean | null>(null);
  const { summary, tasks, expanded, workflowType } = item;
  // As the server wants it shown, until the reader decides; what is under way, or searched, is seen anyway.
  const open = chosen ?? (expanded || summary === null || finding);
  const count = tasks.length === 1 ? strings.oneTask : fill(strings.tasks, formats.number(tasks.length));
  const facts = [...(workflowType === 'reasoning' ? [strings.workflowReasoning] : []), count];
  return (
    <>
      <button type="button" className="disclosure" aria-expanded={open} onClick={() => setChosen(!open)}>
        <Icon name={open ? 'chevron-down' : 'chevron-right'} />
        {summary === null && <Icon name="loading" spin />}
        <span className="task-title">{title(item, strings, formats)}</span>
        <span className="quiet">{facts.join(' · ')}</span>
      </button>
      {open && <TaskList tasks={tasks} followed={summary !== null} />}
    </>
  );
}

function title({ summary }: ItemOf<'workflow'>, strings: InspectorStrings, formats: Formats): string {
  if (summary === null) return strings.workflowOpen;
  return 'title' in summary ? summary.title : fill(strings.workflowTook, formats.duration(summary.durationMs));
}
