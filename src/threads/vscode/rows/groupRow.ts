import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { GroupNode, LoadMoreNode } from '../model/nodes.ts';
import { oneLine } from '../../../base/common/plainText.ts';
import { type RowContext, contextValue } from './rowContext.ts';

export function groupRow({ id, by, key }: GroupNode, { times, now }: RowContext): vscode.TreeItem {
  const row = new vscode.TreeItem(
    labelOf(by, key, times.day.bind(times), now()),
    vscode.TreeItemCollapsibleState.Expanded,
  );
  row.id = id;
  row.iconPath = new vscode.ThemeIcon(by === 'user' ? 'account' : 'calendar');
  row.contextValue = contextValue('group');
  return row;
}

function labelOf(by: GroupNode['by'], key: string | null, day: (ms: number) => string, now: number): string {
  if (by === 'user') return key === null ? l10n.t('Unknown user') : oneLine(key);
  if (key === null) return l10n.t('Unknown date');
  const today = new Date(now).setHours(0, 0, 0, 0);
  if (Number(key) === today) return l10n.t('Today');
  if (Number(key) === new Date(today - 1).setHours(0, 0, 0, 0)) return l10n.t('Yesterday');
  return day(Number(key));
}

export function loadMoreRow(node: LoadMoreNode, { model }: RowContext): vscode.TreeItem {
  const isLoading = model.isLoadingMore(node);
  const ofItems = node.threadId !== undefined;
  const loaded = model.store(node.connectionId)?.list.threads.length ?? 0;
  const title = ofItems ? l10n.t('Load Older Items') : l10n.t('Load More Threads');
  const row = new vscode.TreeItem(isLoading ? l10n.t('Loading…') : title);
  row.id = node.id;
  row.description = isLoading
    ? ''
    : ofItems
      ? ''
      : loaded === 1
        ? l10n.t('1 thread loaded')
        : l10n.t('{0} threads loaded', loaded);
  row.iconPath = new vscode.ThemeIcon(isLoading ? 'loading~spin' : ofItems ? 'fold-up' : 'fold-down');
  row.contextValue = contextValue('loadMore');
  row.command = { command: 'chatkit.loadMore', title, arguments: [node] };
  return row;
}
