import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { type SourceError, withheldCodes } from '../../../chatkit/common/errors.ts';
import { type PresentedError, presentError } from '../../../chatkit/vscode/present.ts';
import { showStatus } from '../../../base/vscode/messages/notifications.ts';
import type { MessageNode } from '../model/nodes.ts';
import { type RowContext, contextValue } from './rowContext.ts';
import { appendLine, factsTooltip } from './tooltip.ts';

/** A row with a message. Clicking it runs the next step, if there is one. */
export function messageRow(node: MessageNode, context: RowContext): vscode.TreeItem {
  const { message } = node;
  const row = new vscode.TreeItem('');
  row.id = node.id;
  row.contextValue = contextValue('message', { error: message.type === 'error' });
  let spoken: string | undefined;
  if (message.type === 'error') {
    const presented = presentErrorOf(node, message.error, message.more, context);
    // The sentence starts with the host, so that a narrow view would hide the reason. It is in the tooltip.
    row.label = presented.reason;
    spoken = presented.message;
    row.description = presented.action?.title ?? '';
    row.iconPath = isMissingCredentials(message.error)
      ? new vscode.ThemeIcon('key')
      : new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground'));
    if (presented.action !== undefined) {
      const { title, command, arguments: args } = presented.action;
      row.command = { title, command, arguments: [...args] };
    }
  } else {
    row.label = sentence(message.type);
    row.iconPath = new vscode.ThemeIcon(message.type === 'repeatedPage' ? 'warning' : 'info');
    const command = nextStepOf(node);
    row.description = command.title;
    row.command = command;
  }
  row.accessibilityInformation = { label: [spoken ?? row.label, row.description].filter(Boolean).join(' ') };
  return row;
}

/** Returns the details of an error: the server's message, status, request ID and the credentials used. */
export async function messageTooltip(
  node: MessageNode,
  context: RowContext,
): Promise<vscode.MarkdownString | undefined> {
  const { message, connectionId } = node;
  if (message.type !== 'error') return undefined;
  const { connections } = context.model;
  const credentials = connections.get(connectionId) && (await connections.describeCredentials(connectionId));
  const presented = presentErrorOf(node, message.error, message.more, context, credentials);
  const tooltip = factsTooltip(presented.message, []);
  for (const line of presented.detail.split('\n')) appendLine(tooltip, line);
  return tooltip;
}

/** Copies the details of error rows, with their line breaks. */
export async function copyErrorDetails(nodes: readonly MessageNode[], context: RowContext): Promise<void> {
  const texts: string[] = [];
  for (const node of nodes) {
    const { message, connectionId } = node;
    if (message.type !== 'error') continue;
    const { connections } = context.model;
    const credentials = connections.get(connectionId) && (await connections.describeCredentials(connectionId));
    const presented = presentErrorOf(node, message.error, message.more, context, credentials);
    texts.push(`${presented.message}\n${presented.detail}`);
  }
  if (texts.length === 0) return;
  await vscode.env.clipboard.writeText(texts.join('\n\n'));
  showStatus(l10n.t('Error details copied'), 3_000);
}

function presentErrorOf(
  { connectionId, threadId }: MessageNode,
  error: SourceError,
  more: boolean,
  { model }: RowContext,
  credentials?: string,
): PresentedError {
  const connection = model.connections.get(connectionId);
  const target = threadId === undefined ? { connectionId } : { connectionId, threadId };
  return presentError(error, {
    ...(connection === undefined ? {} : { connection }),
    ...(credentials === undefined ? {} : { credentials }),
    ...(threadId === undefined ? {} : { subject: 'thread' as const }),
    retry: { command: more ? 'chatkit.loadMore' : 'chatkit.refresh', arguments: [target] },
  });
}

function sentence(type: Exclude<MessageNode['message']['type'], 'error'>): string {
  switch (type) {
    case 'noThreads':
      return l10n.t('No threads yet.');
    case 'noThreadsOfUser':
      return l10n.t('This user has no threads.');
    case 'noMatches':
      return l10n.t('No loaded thread matches the filter.');
    case 'noItems':
      return l10n.t('This thread has no items.');
    case 'repeatedPage':
      return l10n.t('The server states that there is more, but it cannot be loaded: its cursor is missing or repeats.');
  }
}

function nextStepOf({ message, connectionId, threadId }: MessageNode): vscode.Command {
  if (message.type === 'noMatches' || message.type === 'noThreadsOfUser') {
    return { command: 'chatkit.clearFilter', title: l10n.t('Clear Thread Filter'), arguments: [{ connectionId }] };
  }
  const target = threadId === undefined ? { connectionId } : { connectionId, threadId };
  return { command: 'chatkit.refresh', title: l10n.t('Refresh'), arguments: [target] };
}

function isMissingCredentials({ kind, details }: SourceError): boolean {
  return kind === 'withheld' && details.code === withheldCodes.missing;
}
