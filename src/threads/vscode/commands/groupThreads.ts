import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Grouping } from '../../common/filter.ts';
import type { ThreadsServices } from './threadsServices.ts';

/** *Group Threads By…* */
export async function groupThreads({ view }: ThreadsServices): Promise<void> {
  const { state } = view.model;
  const row = (grouping: Grouping, icon: string, label: string): vscode.QuickPickItem & { grouping: Grouping } => ({
    label: `$(${icon}) ${label}`,
    description: state.preferences.grouping === grouping ? l10n.t('current') : '',
    grouping,
  });
  const picked = await vscode.window.showQuickPick(
    [
      row('none', 'list-flat', l10n.t('None')),
      row('user', 'account', l10n.t('User')),
      row('day', 'calendar', l10n.t('Day')),
    ],
    { title: l10n.t('Group Threads By'), placeHolder: l10n.t('Select how to group loaded threads') },
  );
  if (picked !== undefined) state.set('grouping', picked.grouping);
}
