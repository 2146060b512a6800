import * as vscode from 'vscode';
import { SourceError } from '../../../domain/errors.ts';
import type { SessionRef } from '../../../domain/refs.ts';
import { runCommand } from '../../../host/commands.ts';
import { views } from '../../../host/ids.ts';
import type { SessionParts } from '../parts.ts';
import { targetSession } from '../target.ts';

/** Shows the Threads view, filtered by the user of a session. */
export async function showUserThreads(parts: SessionParts, row?: SessionRef): Promise<void> {
  const record = await targetSession(parts, row, {
    placeHolder: vscode.l10n.t('Show the threads of the user of which session?'),
  });
  if (record === undefined) return;
  const { connectionId, connectionName, session } = record;
  if (parts.connections.get(connectionId) === undefined) {
    throw new SourceError('notFound', vscode.l10n.t('The connection “{0}” is not there any more.', connectionName), {
      nextStep: 'none',
    });
  }
  await runCommand('chatkit.filterThreads', { connectionId, user: session.user });
  await vscode.commands.executeCommand(`${views.threads}.focus`);
}
