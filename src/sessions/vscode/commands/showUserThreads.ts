import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { SourceError } from '../../../chatkit/common/errors.ts';
import type { SessionRef } from '../../../chatkit/common/model/thread.ts';
import { runCommand } from '../../../chatkit/vscode/commands.ts';
import { views } from '../../../chatkit/vscode/ids.ts';
import { type SessionServices, targetSession } from '../sessionServices.ts';

/** Shows the Threads view, filtered by the user of a session. */
export async function showUserThreads(services: SessionServices, row?: SessionRef): Promise<void> {
  const record = await targetSession(services, row, {
    placeHolder: l10n.t('Select a session to show its user’s threads'),
  });
  if (record === undefined) return;
  const { connectionId, connectionName, session } = record;
  if (services.connections.get(connectionId) === undefined) {
    throw new SourceError('notFound', l10n.t('The connection “{0}” no longer exists.', connectionName), {
      nextStep: 'none',
    });
  }
  await runCommand('chatkit.filterThreads', { connectionId, user: session.user });
  await vscode.commands.executeCommand(`${views.threads}.focus`);
}
