import { useState } from 'react';
import type { InspectorStrings } from '../../protocol/strings.ts';
import { Icon } from '../controls/Icon.tsx';
import { useInspector } from '../inspector/context.tsx';
import { fill, type Formats } from '../inspector/format.ts';
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
  baseHeight: 30,
};

function Body({ item }: { readonly item: ItemOf<'workflow'> }) {
  const { strings, formats } = useInspector();
  const [open, setOpen] = useState(true);
  const count = item.tasks.length === 1 ? strings.oneTask : fill(strings.tasks, formats.number(item.tasks.length));
  return (
    <>
      <button type="button" className="disclosure" aria-expanded={open} onClick={() => setOpen(!open)}>
        <Icon name={open ? 'chevron-down' : 'chevron-right'} />
        <span className="task-title">{title(item, strings, formats)}</span>
        <span className="quiet">{count}</span>
      </button>
      {open && <TaskList tasks={item.tasks} followed={item.summary !== null} />}
    </>
  );
}

function title({ summary }: ItemOf<'workflow'>, strings: InspectorStrings, formats: Formats): string {
  if (summary === null) return strings.workflowOpen;
  return 'title' in summary ? summary.title : fill(strings.workflowTook, formats.duration(summary.durationMs));
}
