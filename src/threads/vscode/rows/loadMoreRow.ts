import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { contextValue } from './contextValue.ts';
import type { LoadMoreNode } from '../model/nodes.ts';
import type { RowContext } from './rowContext.ts';

export function loadMoreRow(node: LoadMoreNode, { model }: RowContext): vscode.TreeItem {
  const isLoading = model.isLoadingMore(node);
  const ofItems = node.threadId !== undefined;
  const row = new vscode.TreeItem(isLoading ? l10n.t('Loading…') : l10n.t('Load More'));
  row.id = node.id;
  row.description = isLoading
    ? ''
    : ofItems
      ? l10n.t('older items')
      : l10n.t('{0} threads loaded', model.store(node.connectionId)?.list.threads.length ?? 0);
  row.iconPath = new vscode.ThemeIcon(isLoading ? 'loading~spin' : ofItems ? 'fold-up' : 'fold-down');
  row.contextValue = contextValue('loadMore');
  row.command = { command: 'chatkit.loadMore', title: l10n.t('Load More'), arguments: [node] };
  return row;
}
