import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { findThreadIds, parseThreadLink } from '../../common/threadLink.ts';
import { notifyError } from '../../../chatkit/vscode/notify.ts';
import { pickConnection } from '../../../connections/vscode/pickConnection.ts';
import type { Services } from '../../../connections/vscode/services.ts';
import { showWarning } from '../../../base/vscode/messages/notifications.ts';
import { isSourceError } from '../../../chatkit/common/errors.ts';
import type { ThreadRef } from '../../../chatkit/common/model/thread.ts';
import { runCommand } from '../../../chatkit/vscode/commands.ts';
import { formatMessage } from '../../../base/vscode/messages/inertText.ts';

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

/** `vscode://chatkit-inspector.chatkit-inspector/thread?connection=…&thread=…` */
export function createUriHandler(services: Services): vscode.UriHandler {
  return {
    async handleUri(uri) {
      const ref = parseThreadLink(uri);
      if (ref === null) {
        void showWarning(
          l10n.t('ChatKit Inspector could not open this link. A valid link contains a connection and a thread.'),
        );
        return;
      }
      try {
        await openRef(services, ref);
      } catch (error) {
        const connection = services.connections.get(ref.connectionId);
        void notifyError(services.log, error, { subject: 'thread', ...(connection && { connection }) });
      }
    },
  };
}

interface ThreadTerminalLink extends vscode.TerminalLink {
  readonly threadId: string;
}

/** Turns thread IDs in the integrated terminal into links. No request is sent before a click. */
export function registerTerminalLinks(services: Services): vscode.Disposable {
  const { connections, log } = services;
  const provider: vscode.TerminalLinkProvider<ThreadTerminalLink> = {
    provideTerminalLinks({ line }) {
      if (connections.all.length === 0) return [];
      return findThreadIds(line).map(({ id, start }) => ({
        startIndex: start,
        length: id.length,
        tooltip: l10n.t('Open thread in ChatKit Inspector'),
        threadId: id,
      }));
    },
    async handleTerminalLink({ threadId }) {
      // If a connection has loaded the thread, the user does not have to pick one.
      const owner =
        connections.all.find(({ id }) => connections.store(id).thread(threadId) !== undefined) ??
        (await pickConnection(connections, l10n.t('Select the connection of {0}', threadId)));
      if (owner === undefined) return;
      try {
        await openRef(services, { connectionId: owner.id, threadId });
      } catch (error) {
        void notifyError(log, error, { connection: owner, subject: 'thread' });
      }
    },
  };
  return vscode.window.registerTerminalLinkProvider(provider);
}
