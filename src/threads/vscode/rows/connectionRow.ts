import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Connection } from '../../../chatkit/common/connection.ts';
import { oneLine } from '../../../base/common/plainText.ts';
import { sandboxServerId } from '../../../chatkit/vscode/connectionSettings.ts';
import { contextValue } from './contextValue.ts';
import type { ConnectionNode } from '../model/nodes.ts';
import type { RowContext } from './rowContext.ts';
import { factsTooltip } from './tooltip.ts';

export function connectionRow(node: ConnectionNode, { model }: RowContext): vscode.TreeItem {
  const { connections } = model;
  const connection = connections.get(node.connectionId);
  const row = new vscode.TreeItem(
    oneLine(connection?.name ?? node.connectionId),
    collapsibleState(connections.all, node.connectionId),
  );
  row.id = node.id;
  const store = model.store(node.connectionId);
  if (connection === undefined || store === undefined) return row;
  const isLocal = connections.isLocal(connection.id);
  const hasFailed = store.list.error !== null;
  const user = connections.actingUser(connection.id);
  const notes = [
    isLocal ? l10n.t('on this machine') : hostOf(connection),
    ...(user === null ? [] : [l10n.t('as {0}', oneLine(user))]),
    ...(connection.readOnly === true ? [l10n.t('read-only')] : []),
  ];
  row.description = notes.join(' · ');
  row.iconPath = hasFailed
    ? new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'))
    : new vscode.ThemeIcon(isLocal ? 'beaker' : connection.kind === 'openai' ? 'cloud' : 'server-environment');
  row.contextValue = contextValue('connection', {
    actsAsUser: store.capabilities.impersonate,
    filterable: store.capabilities.filterByUser,
    filtered: model.state.filtered.includes(connection.id),
    local: isLocal,
    sends: store.capabilities.send,
    sessions: store.capabilities.sessions,
  });
  row.accessibilityInformation = {
    label: [
      l10n.t('Connection {0}', oneLine(connection.name)),
      ...notes,
      ...(hasFailed ? [l10n.t('failed to load')] : []),
    ].join(', '),
  };
  return row;
}

/** Describes the credentials on demand, because this can read the secret storage. */
export async function connectionTooltip(
  { connectionId }: ConnectionNode,
  { model }: RowContext,
): Promise<vscode.MarkdownString | undefined> {
  const connection = model.connections.get(connectionId);
  if (connection === undefined) return undefined;
  const kind = connection.kind === 'openai' ? l10n.t('OpenAI API') : l10n.t('Self-hosted ChatKit server');
  return factsTooltip(connection.name, [
    [l10n.t('Kind'), kind],
    [l10n.t('URL'), connection.url],
    [l10n.t('Organization'), connection.organization],
    [l10n.t('Project'), connection.project],
    [l10n.t('Credentials'), await model.connections.describeCredentials(connectionId)],
    [l10n.t('Acts as'), model.connections.actingUser(connectionId)],
    [l10n.t('Read-only'), connection.readOnly === true ? l10n.t('yes') : null],
  ]);
}

/** A single connection (the sandbox not counted) is expanded at the start. Otherwise expanding one sends a request. */
function collapsibleState(all: readonly Connection[], connectionId: string): vscode.TreeItemCollapsibleState {
  const configured = all.filter(({ id }) => id !== sandboxServerId);
  return configured.length <= 1 && (configured[0] ?? all[0])?.id === connectionId
    ? vscode.TreeItemCollapsibleState.Expanded
    : vscode.TreeItemCollapsibleState.Collapsed;
}

function hostOf({ url }: Connection): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
