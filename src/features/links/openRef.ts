import * as vscode from 'vscode';
import { isSourceError } from '../../domain/errors.ts';
import type { ThreadRef } from '../../domain/refs.ts';
import { runCommand } from '../../host/commands.ts';
import type { Services } from '../services.ts';

/**
 * Opens a thread that a link, a terminal or a person named. A connection or thread that is not there is said in one
 * sentence; the only place ever asked is the connection that the user's own settings define.
 * @throws `SourceError` when the thread could not be asked for.
 */
export async function openRef({ connections }: Services, ref: ThreadRef): Promise<void> {
  const connection = connections.get(ref.connectionId);
  if (connection === undefined) {
    const add = vscode.l10n.t('Add Connection…');
    const message = vscode.l10n.t(
      'The link names the connection “{0}”, which this editor does not have.',
      ref.connectionId,
    );
    if ((await vscode.window.showWarningMessage(message, add)) === add) await runCommand('chatkit.addConnection');
    return;
  }
  const store = connections.store(connection.id);
  if (
    store.thread(ref.threadId) === undefined &&
    !(await isThere(store.refreshThread(ref.threadId, new AbortController().signal)))
  ) {
    const message = vscode.l10n.t(
      '“{0}” has no thread {1}. It may have been deleted, or belong to another connection.',
      connection.name,
      ref.threadId,
    );
    void vscode.window.showWarningMessage(message);
    return;
  }
  await runCommand('chatkit.openThread', ref);
}

async function isThere(request: Promise<unknown>): Promise<boolean> {
  try {
    await request;
    return true;
  } catch (error) {
    if (isSourceError(error, 'notFound')) return false;
    throw error;
  }
}
