import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Connection } from '../../chatkit/common/connection.ts';
import type { Connections } from '../../connections/vscode/types.ts';
import { ableConnections, sessionsOf, notifyNoSessionConnections } from './sessionConnections.ts';

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
