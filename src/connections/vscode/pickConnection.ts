import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Connection } from '../../chatkit/common/connection.ts';
import { withoutIcons } from '../../base/vscode/messages/inertText.ts';
import { showInformation } from '../../base/vscode/messages/notifications.ts';
import type { Connections } from './types.ts';

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
