import * as vscode from 'vscode';
import type { Connection } from '../../../domain/connection.ts';
import { withSignal } from '../../../host/cancellation.ts';
import { notifyError } from '../../../host/notify.ts';
import { readOneThread } from '../flow/check.ts';
import type { ConnectionParts } from '../parts.ts';

/** Asks the connection for one thread, and says whether that works, or the exact reason why not. */
export async function testConnection(parts: ConnectionParts, connection: Connection): Promise<void> {
  const source = parts.registry.source(connection.id);
  const started = performance.now();
  try {
    await vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: vscode.l10n.t('Testing “{0}”…', connection.name),
        cancellable: true,
      },
      (_progress, token) => withSignal(token, (signal) => readOneThread(source, signal)),
    );
  } catch (error) {
    const credentials = await parts.registry.describeCredentials(connection.id);
    const retry = { command: 'chatkit.testConnection', arguments: [{ connectionId: connection.id }] };
    void notifyError(parts.log, error, { connection, credentials, subject: 'threads', retry });
    return;
  }
  const ms = Math.round(performance.now() - started);
  void vscode.window.showInformationMessage(vscode.l10n.t('“{0}” works: it answered in {1} ms.', connection.name, ms));
}
