import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { oneLine } from '../../../base/common/plainText.ts';
import { contextValue } from './contextValue.ts';
import type { GroupNode } from '../model/nodes.ts';
import type { RowContext } from './rowContext.ts';

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
