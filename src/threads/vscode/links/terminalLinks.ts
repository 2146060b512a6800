import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { findThreadIds } from '../../common/links/threadLink.ts';
import { notifyError } from '../../../chatkit/vscode/notify.ts';
import { pickConnection } from '../../../connections/vscode/pickConnection.ts';
import type { Services } from '../../../connections/vscode/services.ts';
import { openRef } from './openRef.ts';

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
