import * as l10n from '@vscode/l10n';
import { useCanChange, useIsFollowed } from './useIsFollowed.ts';
import type { ItemOf, KindView } from './kind.ts';
import { TaskView, taskTexts } from './TaskView.tsx';

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
