import * as l10n from '@vscode/l10n';
import type { Connection } from '../../../chatkit/common/connection.ts';
import type { ConnectionRef } from '../../../chatkit/common/refs.ts';
import { formatMessage } from '../../../base/vscode/messages/inertText.ts';
import { showInformation } from '../../../base/vscode/messages/notifications.ts';
import { pickConnection } from '../pickConnection.ts';
import type { ConnectionRegistry } from '../registry.ts';

/** `settings`: only connections of the user's settings, not the sandbox, which brings its own everything. */
export type Which = 'all' | 'settings';

/** The connection a command is about: that of its row; from the palette the only one there is, or one the user picks. */
export async function targetConnection(
  registry: ConnectionRegistry,
  row: ConnectionRef | undefined,
  which: Which,
): Promise<Connection | undefined> {
  const can = ({ id }: Connection): boolean => which === 'all' || !registry.isLocal(id);
  if (row === undefined) return pickConnection(registry, l10n.t('Which connection?'), can);
  const connection = registry.get(row.connectionId);
  if (connection === undefined || can(connection)) return connection;
  void showInformation(formatMessage(l10n.t('“{0}” has no settings and no credentials of yours.'), connection.name));
  return undefined;
}

/** The connections of the selected rows, or the one of `targetConnection`. */
export async function targetConnections(
  registry: ConnectionRegistry,
  row: ConnectionRef | undefined,
  rows: readonly ConnectionRef[] | undefined,
  which: Which,
): Promise<readonly Connection[]> {
  if (rows === undefined || rows.length < 2) {
    const one = await targetConnection(registry, row, which);
    return one === undefined ? [] : [one];
  }
  const ids = new Set(rows.map(({ connectionId }) => connectionId));
  return registry.all.filter(({ id }) => ids.has(id) && (which === 'all' || !registry.isLocal(id)));
}
