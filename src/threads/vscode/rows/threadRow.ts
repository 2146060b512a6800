import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Thread, ThreadStatus } from '../../../chatkit/common/model/thread.ts';
import { oneLine } from '../../../base/common/plainText.ts';
import { statusText } from '../../common/summary/threadLabel.ts';
import { waitingFor, type Need, type Waiting } from '../../common/summary/waiting.ts';
import { contextValue } from '../contextValue.ts';
import type { ThreadNode } from '../nodes.ts';
import type { RowContext } from './context.ts';
import { factsTooltip } from './tooltip.ts';

export function threadRow(node: ThreadNode, context: RowContext): vscode.TreeItem {
  const { model } = context;
  const label = model.label(node);
  const row = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.Collapsed);
  row.id = node.id;
  const thread = model.thread(node);
  const store = model.store(node.connectionId);
  if (thread === undefined || store === undefined) return row;
  const waiting = waitingFor(store.items(node.threadId));
  const status = statusText(thread.status);
  const user = thread.user === null ? [] : [oneLine(thread.user)];
  const age = ageOf(thread, context);
  const waits = waiting === null ? [] : [waitingText(waiting, context)];
  row.description = [...waits, ...user, ...age].join(' · ');
  row.iconPath = iconOf(thread.status, waiting);
  row.contextValue = contextValue('thread', {
    deletable: store.capabilities.delete,
    renamable: store.capabilities.rename,
  });
  row.accessibilityInformation = { label: [label, status, ...waits, ...user, ...age].join(', ') };
  row.command = {
    command: 'chatkit.openThread',
    title: l10n.t('Open Thread'),
    arguments: [{ connectionId: node.connectionId, threadId: node.threadId, preview: true }],
  };
  return row;
}

export function threadTooltip(node: ThreadNode, context: RowContext): vscode.MarkdownString | undefined {
  const { model, times } = context;
  const thread = model.thread(node);
  const store = model.store(node.connectionId);
  if (thread === undefined || store === undefined) return undefined;
  const items = store.items(node.threadId);
  const waiting = waitingFor(items);
  const isWhole = items.reachesStart && items.windows.length < 2;
  return factsTooltip(model.label(node), [
    [l10n.t('Status'), statusText(thread.status)],
    [l10n.t('Waits'), waiting === null ? null : waitingText(waiting, context)],
    [l10n.t('User'), thread.user],
    [l10n.t('Created'), thread.createdAt === null ? null : times.dateTime(thread.createdAt)],
    [l10n.t('Items'), items.asOf === null ? null : isWhole ? String(items.count) : l10n.t('{0} loaded', items.count)],
    [l10n.t('ID'), thread.id],
  ]);
}

/** What the age in the row says now; it is drawn again when this changes. */
export function ageOf(thread: Thread, { times, now }: RowContext): readonly string[] {
  return thread.createdAt === null ? [] : [times.age(thread.createdAt, now())];
}

function waitingText({ for: need, since }: Waiting, { times, now }: RowContext): string {
  const what = needText(need);
  return since === null || now() <= since ? what : `${what}, ${times.duration(now() - since)}`;
}

function needText(need: Need): string {
  switch (need.type) {
    case 'tool':
      return l10n.t('waiting for tool {0}', oneLine(need.name, 40));
    case 'form':
      return l10n.t('waiting for a form');
    case 'answer':
      return l10n.t('waiting for an answer');
  }
}

function iconOf(status: ThreadStatus, waiting: Waiting | null): vscode.ThemeIcon {
  switch (status.type) {
    case 'active':
      return waiting === null
        ? new vscode.ThemeIcon('comment-discussion')
        : new vscode.ThemeIcon('watch', new vscode.ThemeColor('list.warningForeground'));
    case 'locked':
      return new vscode.ThemeIcon('lock', new vscode.ThemeColor('list.warningForeground'));
    case 'closed':
      return new vscode.ThemeIcon('archive', new vscode.ThemeColor('disabledForeground'));
    case 'unknown':
      return new vscode.ThemeIcon('question');
  }
}
