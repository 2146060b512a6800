import * as l10n from '@vscode/l10n';
import { capabilitiesOf } from '../../chatkit/common/capabilities.ts';
import type { Connection } from '../../chatkit/common/connection.ts';
import type { ConnectionRef } from '../../chatkit/common/model/thread.ts';
import { pickConnection } from '../../connections/vscode/pickConnection.ts';
import type { Services } from '../../connections/vscode/services.ts';
import type { InspectorPanels } from './panels.ts';

/**
 * Opens a panel whose first message creates a thread. The connection is that of the row, unless it cannot send messages;
 * otherwise the only one that can, or the one the user selects.
 */
export async function newThread(
  { connections }: Services,
  panels: Pick<InspectorPanels, 'openNew'>,
  row: ConnectionRef | undefined,
): Promise<void> {
  const canSend = (candidate: Connection): boolean => capabilitiesOf(candidate).send;
  const ofRow = row === undefined ? undefined : connections.get(row.connectionId);
  const connection =
    ofRow !== undefined && canSend(ofRow)
      ? ofRow
      : await pickConnection(connections, l10n.t('Select a connection for the new thread'), canSend);
  if (connection !== undefined) panels.openNew(connection.id);
}
