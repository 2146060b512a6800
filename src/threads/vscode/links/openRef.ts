import * as l10n from '@vscode/l10n';
import { isSourceError } from '../../../chatkit/common/errors.ts';
import type { ThreadRef } from '../../../chatkit/common/model/thread.ts';
import { runCommand } from '../../../chatkit/vscode/commands.ts';
import { formatMessage } from '../../../base/vscode/messages/inertText.ts';
import { showWarning } from '../../../base/vscode/messages/notifications.ts';
import type { Services } from '../../../connections/vscode/services.ts';

/**
 * Opens a thread from a link, a terminal or user input. Shows a warning when the connection or thread does not exist.
 * Requests go only to connections in the user's settings.
 * @throws `SourceError` when the thread could not be requested.
 */
export async function openRef({ connections }: Services, ref: ThreadRef): Promise<void> {
  const connection = connections.get(ref.connectionId);
  if (connection === undefined) {
    const add = l10n.t('Add Connection…');
    // The ID is untrusted and unknown, so the message does not contain it.
    const message = l10n.t('The connection in this link is not configured in this editor.');
    if ((await showWarning(message, add)) === add) await runCommand('chatkit.addConnection');
    return;
  }
  const store = connections.store(connection.id);
  if (
    store.thread(ref.threadId) === undefined &&
    !(await exists(store.refreshThread(ref.threadId, new AbortController().signal)))
  ) {
    const message = formatMessage(
      l10n.t('“{0}” does not have this thread. It may have been deleted, or it may belong to another connection.'),
      connection.name,
    );
    void showWarning(message);
    return;
  }
  await runCommand('chatkit.openThread', ref);
}

async function exists(request: Promise<unknown>): Promise<boolean> {
  try {
    await request;
    return true;
  } catch (error) {
    if (isSourceError(error, 'notFound')) return false;
    throw error;
  }
}
