import * as l10n from '@vscode/l10n';
import { useCanChange, useIsFollowed } from '../state/context.tsx';
import type { ItemOf, KindView } from './kind.ts';
import { TaskList, taskTexts } from './TaskItem.tsx';

export const taskGroup: KindView<'task_group'> = {
  icon: 'list-ordered',
  label: () => l10n.t('Task group'),
  Body,
  texts: ({ tasks }) => tasks.flatMap(taskTexts),
  extraHeight: 15,
};

function Body({ item }: { readonly item: ItemOf<'task_group'> }) {
  return <TaskList tasks={item.tasks} followed={useIsFollowed(item.id)} canChange={useCanChange(item.id)} />;
}
