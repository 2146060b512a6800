import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { contextValue } from './contextValue.ts';
import type { LoadMoreNode } from '../model/nodes.ts';
import type { RowContext } from './rowContext.ts';

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
