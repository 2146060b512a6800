import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Connection } from '../../chatkit/common/connection.ts';
import { SourceError, withheldCodes } from '../../chatkit/common/errors.ts';
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
  if (connections.get(connection.id)?.readOnly === true) {
    throw new SourceError('withheld', 'The connection is read-only.', {
      code: withheldCodes.readOnly,
      nextStep: 'editConnection',
    });
  }
  if (source.sessions === undefined) {
    throw new SourceError('invalidRequest', `“${connection.name}” has no sessions.`, { nextStep: 'none' });
  }
  return source.sessions;
}

/**
 * The connection that a file or a record names by id or name, or the only one, or the one the user picks. Undefined when
 * the user leaves. Throws `SourceError` for a connection that can create no sessions.
 */
export async function chooseConnection(
  connections: Connections,
  wanted: string | null,
): Promise<Connection | undefined> {
  if (wanted === null) return pickAble(connections, l10n.t('Create the session on which connection?'));
  const found = connectionsCalled(connections, wanted);
  const [first] = found;
  if (first === undefined) {
    return pickAble(connections, l10n.t('There is no connection “{0}” here. Create it on another one?', wanted), true);
  }
  if (found.length > 1) {
    return pickFrom(found, l10n.t('Several connections are called “{0}”. On which one?', wanted));
  }
  sessionsOf(connections, first);
  return first;
}

/** The one with this id, or else all with this name. */
export function connectionsCalled(connections: Connections, idOrName: string): readonly Connection[] {
  const byId = connections.get(idOrName);
  return byId === undefined ? connections.all.filter(({ name }) => name === idOrName) : [byId];
}

async function pickAble(
  connections: Connections,
  placeHolder: string,
  always = false,
): Promise<Connection | undefined> {
  const able = ableConnections(connections);
  if (able.length === 0) {
    await notifyNoSessionConnections(connections);
    return undefined;
  }
  return able.length === 1 && !always ? able[0] : pickFrom(able, placeHolder);
}

async function pickFrom(from: readonly Connection[], placeHolder: string): Promise<Connection | undefined> {
  const rows = from.map((connection) => ({ label: connection.name, description: connection.url, connection }));
  return (await vscode.window.showQuickPick(rows, { placeHolder, matchOnDescription: true }))?.connection;
}
