import * as vscode from 'vscode';
import type { Connection } from '../../../domain/connection.ts';
import type { ConnectionParts } from '../parts.ts';

/** Removes the saved credentials; the connection stays and its row asks for new ones. */
export async function forgetCredentials(parts: ConnectionParts, connections: readonly Connection[]): Promise<void> {
  for (const { id } of connections) await parts.credentials.forget(id);
  const names = connections.map(({ name }) => name).join(', ');
  void vscode.window.showInformationMessage(vscode.l10n.t('Forgot the credentials of {0}.', names));
}
