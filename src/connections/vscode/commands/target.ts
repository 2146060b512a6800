import * as l10n from '@vscode/l10n';
import type { Connection } from '../../../chatkit/common/connection.ts';
import type { ConnectionRef } from '../../../chatkit/common/refs.ts';
import { formatMessage } from '../../../base/vscode/messages/inertText.ts';
import { showInformation } from '../../../base/vscode/messages/notifications.ts';
import { pickConnection } from '../pickConnection.ts';
import type { ConnectionRegistry } from '../registry.ts';

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
