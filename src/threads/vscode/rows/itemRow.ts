import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { type ItemKind, type ThreadItem, kindLabel } from '../../../chatkit/common/model/item.ts';
import type { ThreadItems } from '../../../chatkit/common/store/types.ts';
import { itemSummary } from '../../common/summary/itemSummary.ts';
import { pendingActionAt, pendingActionOf } from '../../common/summary/waiting.ts';
import { timeNote, uncertainMark } from '../../../chatkit/common/model/thread.ts';
import type { ItemNode } from '../model/nodes.ts';
import { beside, type RowContext, contextValue } from './rowContext.ts';
import { factsTooltip } from './tooltip.ts';

/** The same icons as in the inspector. */
const icons: Readonly<Record<ItemKind, string>> = {
  user_message: 'account',
  assistant_message: 'comment-discussion',
  widget: 'window',
  client_tool_call: 'tools',
  task: 'checklist',
  task_group: 'list-ordered',
  workflow: 'type-hierarchy-sub',
  generated_image: 'file-media',
  structured_input: 'question',
  unknown: 'question',
};

export function itemRow(node: ItemNode, context: RowContext): vscode.TreeItem {
  const { model } = context;
  const store = model.store(node.connectionId);
  const item = store?.item(node.threadId, node.itemId);
  const waits = item !== undefined && isWaiting(item, store?.items(node.threadId));
  const row = new vscode.TreeItem(item === undefined ? node.itemId : itemSummary(item, waits));
  row.id = node.id;
  if (item === undefined) return row;
  const when = timeOf(node, item, context);
  row.description = beside(String(row.label), when);
  row.iconPath = waits
    ? new vscode.ThemeIcon(icons[item.kind], new vscode.ThemeColor('list.warningForeground'))
    : new vscode.ThemeIcon(icons[item.kind]);
  row.contextValue = contextValue('item', {
    judgeable: item.kind === 'assistant_message' && store?.capabilities.feedback === true,
    retriable: item.kind === 'user_message' && store?.capabilities.retry === true,
    sends: store?.capabilities.send === true,
    widget: item.kind === 'widget',
  });
  row.accessibilityInformation = { label: `${kindLabel(item.kind)}: ${String(row.label)}, ${when}` };
  row.command = {
    command: 'chatkit.openThread',
    title: l10n.t('Open Thread'),
    arguments: [{ connectionId: node.connectionId, threadId: node.threadId, itemId: node.itemId, preview: true }],
  };
  return row;
}

/** A tool call waits only while it is the last item. */
function isWaiting(item: ThreadItem, items: ThreadItems | undefined): boolean {
  const action = pendingActionOf(item);
  if (action?.type !== 'tool') return action !== null;
  const loaded = items?.windows.at(-1)?.items ?? [];
  const index = loaded.findLastIndex(({ id }) => id === item.id);
  return pendingActionAt(loaded, index) !== null;
}

export function itemTooltip(node: ItemNode, context: RowContext): vscode.MarkdownString | undefined {
  const { model, times } = context;
  const store = model.store(node.connectionId);
  const item = store?.item(node.threadId, node.itemId);
  if (item === undefined) return undefined;
  return factsTooltip(kindLabel(item.kind), [
    [l10n.t('Summary'), itemSummary(item, isWaiting(item, store?.items(node.threadId)))],
    [l10n.t('Created'), item.createdAt === null ? null : times.dateTime(item.createdAt)],
    [l10n.t('Time zone'), timeNote(item)],
    [l10n.t('Since previous item'), offsetOf(node, item, context)],
    [l10n.t('ID'), item.id],
  ]);
}

/** Returns the time since the previous item; for the first loaded item, its date and time. */
function timeOf(node: ItemNode, item: ThreadItem, context: RowContext): string {
  if (item.createdAt === null) return '';
  return (
    offsetOf(node, item, context) ??
    `${timeNote(item) === null ? '' : uncertainMark}${context.times.dateTime(item.createdAt)}`
  );
}

function offsetOf(
  { connectionId, threadId, previousId }: ItemNode,
  item: ThreadItem,
  context: RowContext,
): string | null {
  const previous = previousId === null ? undefined : context.model.store(connectionId)?.item(threadId, previousId);
  if (item.createdAt === null || previous === undefined || previous.createdAt === null) return null;
  return context.times.offset(item.createdAt - previous.createdAt);
}
