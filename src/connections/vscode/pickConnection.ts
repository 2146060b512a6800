import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Connection } from '../../chatkit/common/connection.ts';
import { withoutIcons } from '../../base/vscode/messages/inertText.ts';
import { showInformation } from '../../base/vscode/messages/notifications.ts';
import type { Connections } from './types.ts';

/**
 * The connection that a command run from the palette means: the only one that can, or the one the user picks.
 * Undefined when the user leaves, or when there is none (said in a sentence).
 */
export async function pickConnection(
  connections: Connections,
  placeHolder: string,
  can: (connection: Connection) => boolean = () => true,
): Promise<Connection | undefined> {
  const able = connections.all.filter(can);
  if (able.length === 0) {
    void showInformation(
      connections.all.length === 0
        ? l10n.t('There is no connection yet. Add one, or try the local sandbox.')
        : l10n.t('None of the connections can do this.'),
    );
    return undefined;
  }
  if (able.length === 1) return able[0];
  const rows = able.map((connection) => ({
    label: withoutIcons(connection.name),
    description: connection.url,
    connection,
  }));
  return (await vscode.window.showQuickPick(rows, { placeHolder, matchOnDescription: true }))?.connection;
}
