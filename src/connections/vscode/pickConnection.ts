import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Connection } from '../../chatkit/common/connection.ts';
import type { ConnectionRef } from '../../chatkit/common/model/thread.ts';
import { formatMessage, withoutIcons } from '../../base/vscode/messages/inertText.ts';
import { showInformation } from '../../base/vscode/messages/notifications.ts';
import type { ConnectionRegistry } from './registry.ts';
import type { Connections } from './services.ts';

/**
 * Returns the target of a command from the palette: the only suitable connection, or the one the user selects.
 * Returns undefined when the user cancels, or after a notification when no connection is suitable.
 */
export async function pickConnection(
  connections: Connections,
  placeHolder: string,
  isSuitable: (connection: Connection) => boolean = () => true,
): Promise<Connection | undefined> {
  const suitable = connections.all.filter(isSuitable);
  if (suitable.length === 0) {
    void showInformation(
      connections.all.length === 0
        ? l10n.t('No connections yet. Add a connection or start the local sandbox.')
        : l10n.t('No connection supports this action.'),
    );
    return undefined;
  }
  if (suitable.length === 1) return suitable[0];
  const rows = suitable.map((connection) => ({
    label: withoutIcons(connection.name),
    description: connection.url,
    connection,
  }));
  return (await vscode.window.showQuickPick(rows, { placeHolder, matchOnDescription: true }))?.connection;
}

/** Returns the connection with this ID, or all connections with this name. */
export function findConnections(
  connections: Pick<Connections, 'all' | 'get'>,
  idOrName: string,
): readonly Connection[] {
  const byId = connections.get(idOrName);
  return byId === undefined ? connections.all.filter(({ name }) => name === idOrName) : [byId];
}

/** `settings`: only connections in the user settings, without the sandbox, whose settings and credentials are fixed. */
type ConnectionScope = 'all' | 'settings';

/** Returns the connection of the row or, from the palette, the only connection or the one the user selects. */
export async function targetConnection(
  registry: ConnectionRegistry,
  row: ConnectionRef | undefined,
  scope: ConnectionScope,
): Promise<Connection | undefined> {
  const isInScope = ({ id }: Connection): boolean => scope === 'all' || !registry.isLocal(id);
  if (row === undefined) return pickConnection(registry, l10n.t('Select a connection'), isInScope);
  const connection = registry.get(row.connectionId);
  if (connection === undefined || isInScope(connection)) return connection;
  void showInformation(
    formatMessage(l10n.t('“{0}” is a local sandbox: it has no settings or credentials to edit.'), connection.name),
  );
  return undefined;
}

/** Returns the connections of the selected rows, or the result of `targetConnection`. */
export async function targetConnections(
  registry: ConnectionRegistry,
  row: ConnectionRef | undefined,
  rows: readonly ConnectionRef[] | undefined,
  scope: ConnectionScope,
): Promise<readonly Connection[]> {
  if (rows === undefined || rows.length < 2) {
    const connection = await targetConnection(registry, row, scope);
    return connection === undefined ? [] : [connection];
  }
  const ids = new Set(rows.map(({ connectionId }) => connectionId));
  return registry.all.filter(({ id }) => ids.has(id) && (scope === 'all' || !registry.isLocal(id)));
}
