import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { type Thread, type ThreadStatus, timeNote } from '../../../chatkit/common/model/thread.ts';
import { oneLine } from '../../../base/common/plainText.ts';
import { statusText } from '../../common/summary/itemSummary.ts';
import { type PendingAction, type Waiting, waitingFor } from '../../common/summary/waiting.ts';
import type { ThreadNode } from '../model/nodes.ts';
import { type RowContext, beside, contextValue } from './rowContext.ts';
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
  // The group above it names the user.
  const isNamed = thread.user === null || model.state.preferences.grouping === 'user';
  const user = isNamed ? [] : [oneLine(thread.user ?? '')];
  const age = ageOf(thread, context);
  const waits = waiting === null ? [] : [waitingText(waiting, context)];
  row.description = beside(label, [...waits, ...age, ...user].join(' · '));
  row.iconPath = iconOf(thread.status, waiting);
  row.contextValue = contextValue('thread', {
    deletable: store.capabilities.delete,
    renamable: store.capabilities.rename,
    sends: store.capabilities.send,
  });
  const spokenAge = thread.createdAt === null ? [] : [context.times.age(thread.createdAt, context.now())];
  const spokenWaits = waiting === null ? [] : [withDuration(actionText(waiting.for), waiting, context)];
  row.accessibilityInformation = { label: [label, status, ...spokenWaits, ...spokenAge, ...user].join(', ') };
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
  const isComplete = items.reachesStart && items.windows.length < 2;
  return factsTooltip(model.label(node), [
    [l10n.t('Status'), statusText(thread.status)],
    [l10n.t('Waiting for'), waiting === null ? null : waitingFact(waiting, context)],
    [l10n.t('User'), thread.user],
    [l10n.t('Created'), thread.createdAt === null ? null : times.dateTime(thread.createdAt)],
    [l10n.t('Time zone'), timeNote(thread)],
    [
      l10n.t('Items'),
      items.asOf === null ? null : isComplete ? String(items.count) : l10n.t('{0} loaded', items.count),
    ],
    [l10n.t('ID'), thread.id],
  ]);
}

/** Returns the current age text of a row. The row is redrawn when it changes. */
export function ageOf(thread: Thread, { times, now }: RowContext): readonly string[] {
  return thread.createdAt === null ? [] : [times.shortAge(thread.createdAt, now())];
}

/** Starts with the time, because a narrow view cuts the end off. */
function waitingText({ for: action, since }: Waiting, { times, now }: RowContext): string {
  const name = actionName(action);
  return since === null
    ? l10n.t('waits for {0}', name)
    : l10n.t('waits {0} for {1}', times.waiting(now() - since), name);
}

/** The text for the label *Waiting for*. */
function waitingFact(waiting: Waiting, context: RowContext): string {
  return withDuration(actionName(waiting.for), waiting, context);
}

function withDuration(text: string, { since }: Waiting, { times, now }: RowContext): string {
  return since === null ? text : `${text}, ${times.waiting(now() - since)}`;
}

function actionName(action: PendingAction): string {
  switch (action.type) {
    case 'tool':
      return l10n.t('tool {0}', oneLine(action.name, 40));
    case 'form':
      return l10n.t('a form');
    case 'answer':
      return l10n.t('an answer');
  }
}

function actionText(action: PendingAction): string {
  switch (action.type) {
    case 'tool':
      return l10n.t('waiting for tool {0}', oneLine(action.name, 40));
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

interface RenderedRow {
  /** The objects that the row was rendered from. */
  readonly sources: readonly unknown[];
  readonly row: vscode.TreeItem;
}

/**
 * Caches rendered thread rows. The editor requests every row of a connection again when one is added, and few of them have
 * changed.
 */
export class RenderedThreadRows {
  readonly #rendered = new WeakMap<ThreadNode, RenderedRow>();

  row(node: ThreadNode, context: RowContext): vscode.TreeItem {
    const sources = sourcesOf(node, context);
    const cached = this.#rendered.get(node);
    if (cached !== undefined && cached.sources.every((source, index) => Object.is(source, sources[index])))
      return cached.row;
    const row = threadRow(node, context);
    this.#rendered.set(node, { sources, row });
    return row;
  }
}

/** Returns everything that a row is rendered from. The objects are compared by identity. */
function sourcesOf({ connectionId, threadId }: ThreadNode, context: RowContext): readonly unknown[] {
  const store = context.model.store(connectionId);
  const thread = store?.thread(threadId);
  const items = store?.items(threadId);
  // Only a loaded thread can be waiting, and its row then shows for how long.
  const waiting = items === undefined || items.asOf === null ? null : waitingFor(items);
  const waits = waiting === null ? null : waitingText(waiting, context);
  const { grouping } = context.model.state.preferences;
  const age = thread === undefined ? null : ageOf(thread, context).join('');
  const { delete: deletable, rename: renamable, send: sends } = store?.capabilities ?? {};
  return [thread, items, store?.firstUserText(threadId), deletable, renamable, sends, age, waits, grouping];
}
