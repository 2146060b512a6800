import * as l10n from '@vscode/l10n';
import type { ConnectionRef } from '../../chatkit/common/refs.ts';
import { capabilitiesOf } from '../../connections/vscode/lazySource.ts';
import { pickConnection } from '../../connections/vscode/pickConnection.ts';
import type { Services } from '../../connections/vscode/services.ts';
import type { InspectorPanels } from './panels.ts';

/** Opens a panel whose first message creates a thread. Asks for the connection if there are several. */
export async function newThread(
  { connections }: Services,
  panels: InspectorPanels,
  row: ConnectionRef | undefined,
): Promise<void> {
  const connection =
    row === undefined
      ? await pickConnection(
          connections,
          l10n.t('Select a connection for the new thread'),
          (candidate) => capabilitiesOf(candidate).send,
        )
      : connections.get(row.connectionId);
  if (connection !== undefined) panels.openNew(connection.id);
}
