import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Connection } from '../../chatkit/common/connection.ts';
import { SourceError, readOnlyError } from '../../chatkit/common/errors.ts';
import type { SessionSource } from '../../chatkit/common/sessionSource.ts';
import { showInformation } from '../../base/vscode/messages/notifications.ts';
import { findConnections } from '../../connections/vscode/pickConnection.ts';
import type { Connections } from '../../connections/vscode/services.ts';

/** Returns the connections that can create sessions: hosted and not read-only. */
export function sessionConnections(connections: Connections): readonly Connection[] {
  return connections.all.filter(({ id }) => connections.source(id).capabilities.sessions);
}

/** Reports that no connection can create sessions and offers to add one. */
export async function reportNoSessionConnection(connections: Connections): Promise<void> {
  const add = l10n.t('Add Connection…');
  const sandbox = l10n.t('Start Local Sandbox');
  const message =
    connections.all.length === 0
      ? l10n.t('Add a connection to create a session.')
      : l10n.t('No connection can create sessions: all are read-only or self-hosted servers.');
  const picked = await showInformation(message, add, sandbox);
  if (picked === add) await vscode.commands.executeCommand('chatkit.addConnection');
  if (picked === sandbox) await vscode.commands.executeCommand('chatkit.openSandbox');
}

/**
 * Returns the session source of a connection. Throws SourceError `withheld` when it is read-only, `invalidRequest`
 * when it has no sessions, `notFound` when it no longer exists.
 */
export function sessionSourceOf(connections: Connections, connection: Pick<Connection, 'id' | 'name'>): SessionSource {
  const source = connections.source(connection.id);
  if (connections.get(connection.id)?.readOnly === true) throw readOnlyError();
  if (source.sessions === undefined) {
    throw new SourceError('invalidRequest', l10n.t('“{0}” does not support sessions.', connection.name), {
      nextStep: 'none',
    });
  }
  return source.sessions;
}

/**
 * Returns the connection with an ID or name from a file or record; otherwise the only suitable connection or the one
 * the user selects. Returns undefined when the user cancels. Throws SourceError for a connection that cannot create
 * sessions.
 */
export async function chooseConnection(
  connections: Connections,
  idOrName: string | null,
): Promise<Connection | undefined> {
  if (idOrName === null)
    return pickSessionConnection(connections, l10n.t('Select the connection to create the session on'));
  const matches = findConnections(connections, idOrName);
  const [first] = matches;
  if (first === undefined) {
    return pickSessionConnection(
      connections,
      l10n.t('The connection “{0}” does not exist here. Select another connection', idOrName),
      true,
    );
  }
  if (matches.length > 1) {
    return pickFrom(matches, l10n.t('Several connections have the name “{0}”. Select one', idOrName));
  }
  sessionSourceOf(connections, first);
  return first;
}

async function pickSessionConnection(
  connections: Connections,
  placeHolder: string,
  alwaysAsk = false,
): Promise<Connection | undefined> {
  const candidates = sessionConnections(connections);
  if (candidates.length === 0) {
    await reportNoSessionConnection(connections);
    return undefined;
  }
  return candidates.length === 1 && !alwaysAsk ? candidates[0] : pickFrom(candidates, placeHolder);
}

async function pickFrom(candidates: readonly Connection[], placeHolder: string): Promise<Connection | undefined> {
  const rows = candidates.map((connection) => ({ label: connection.name, description: connection.url, connection }));
  return (await vscode.window.showQuickPick(rows, { placeHolder, matchOnDescription: true }))?.connection;
}
