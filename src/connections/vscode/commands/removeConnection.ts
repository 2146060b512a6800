import * as l10n from '@vscode/l10n';
import type { Connection } from '../../../chatkit/common/connection.ts';
import type { ConnectionRef } from '../../../chatkit/common/model/thread.ts';
import { formatMessage } from '../../../base/vscode/messages/inertText.ts';
import { confirm } from '../../../chatkit/vscode/notify.ts';
import type { ConnectionServices } from '../connectionServices.ts';

/** Removes connections from the user settings, and their secrets, after one confirmation. `row`: where the user started it. */
export async function removeConnections(
  services: ConnectionServices,
  connections: readonly Connection[],
  row: ConnectionRef | undefined,
): Promise<void> {
  const [first] = connections;
  if (first === undefined) return;
  const question =
    connections.length === 1
      ? formatMessage(l10n.t('Remove the connection “{0}”?'), first.name)
      : l10n.t('Remove {0} connections?', connections.length);
  const lines = connections.map(({ name, url }) => `${name} (${url})`);
  const detail = l10n.t(
    '{0}\n\nThis removes the settings entry and the saved credentials. Nothing on the server is deleted.',
    lines.join('\n'),
  );
  if (!(await confirm(question, detail, l10n.t('Remove')))) return;
  const remove = () => removeAll(services, connections);
  if (row === undefined) await remove();
  else await services.registry.removing(row.connectionId, remove);
}

async function removeAll(services: ConnectionServices, connections: readonly Connection[]): Promise<void> {
  for (const { id } of connections) {
    await services.settings.removeConnection(id);
    await services.credentials.forget(id);
    await services.actingUsers.forget(id);
    await services.zones.forget(id);
    // A connection that is added later can have the same ID.
    await services.registry.problems.setMuted(id, []);
  }
}
