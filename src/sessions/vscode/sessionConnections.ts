import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Connection } from '../../chatkit/common/connection.ts';
import { readOnlyError, SourceError } from '../../chatkit/common/errors.ts';
import type { SessionSource } from '../../chatkit/common/sessions/sessionSource.ts';
import { showInformation } from '../../base/vscode/messages/notifications.ts';
import type { Connections } from '../../connections/vscode/types.ts';

/** The connections that can create sessions: hosted, and not read-only. */
export function ableConnections(connections: Connections): readonly Connection[] {
  return connections.all.filter(({ id }) => connections.source(id).capabilities.sessions);
}

/** Says that there is no such connection, with the ways on. */
export async function notifyNoSessionConnections(connections: Connections): Promise<void> {
  const add = l10n.t('Add Connection…');
  const sandbox = l10n.t('Try the Local Sandbox');
  const message =
    connections.all.length === 0
      ? l10n.t('There is no connection yet to create a session on.')
      : l10n.t('None of the connections can create sessions: they are read-only, or self-hosted servers.');
  const picked = await showInformation(message, add, sandbox);
  if (picked === add) await vscode.commands.executeCommand('chatkit.addConnection');
  if (picked === sandbox) await vscode.commands.executeCommand('chatkit.openSandbox');
}

/** The sessions of a connection. Throws `SourceError` where it has none, is read-only or not there any more. */
export function sessionsOf(connections: Connections, connection: Pick<Connection, 'id' | 'name'>): SessionSource {
  const source = connections.source(connection.id);
  if (connections.get(connection.id)?.readOnly === true) throw readOnlyError();
  if (source.sessions === undefined) {
    throw new SourceError('invalidRequest', `“${connection.name}” has no sessions.`, { nextStep: 'none' });
  }
  return source.sessions;
}
