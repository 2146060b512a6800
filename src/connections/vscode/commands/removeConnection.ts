import * as l10n from '@vscode/l10n';
import type { Connection } from '../../../chatkit/common/connection.ts';
import { formatMessage } from '../../../base/vscode/messages/inertText.ts';
import { confirm } from '../../../chatkit/vscode/notify.ts';
import type { ConnectionServices } from '../connectionServices.ts';

/** Removes connections from the user's settings, and their secrets with them, after one question. */
export async function removeConnections(parts: ConnectionServices, connections: readonly Connection[]): Promise<void> {
  const [first] = connections;
  if (first === undefined) return;
  const question =
    connections.length === 1
      ? formatMessage(l10n.t('Remove the connection “{0}”?'), first.name)
      : l10n.t('Remove {0} connections?', connections.length);
  const lines = connections.map(({ name, url }) => `${name} (${url})`);
  const detail = l10n.t(
    '{0}\n\nThe settings entry and the saved credentials go. Nothing on the server is deleted.',
    lines.join('\n'),
  );
  if (!(await confirm(question, detail, l10n.t('Remove')))) return;
  for (const { id } of connections) {
    await parts.settings.removeConnection(id);
    await parts.credentials.forget(id);
    await parts.actingUsers.forget(id);
  }
}
