import * as vscode from 'vscode';
import type { Connection } from '../../../domain/connection.ts';
import { formatMessage } from '../../../host/messages/inertText.ts';
import { showInformation } from '../../../host/messages/notifications.ts';
import type { ConnectionParts } from '../parts.ts';

/** Removes the saved credentials; the connection stays and its row asks for new ones. */
export async function forgetCredentials(parts: ConnectionParts, connections: readonly Connection[]): Promise<void> {
  for (const { id } of connections) await parts.credentials.forget(id);
  const names = connections.map(({ name }) => name).join(', ');
  void showInformation(formatMessage(vscode.l10n.t('Forgot the credentials of {0}.'), names));
}
