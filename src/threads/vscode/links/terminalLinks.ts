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

/** Makes thread ids that a program prints in the integrated terminal open the thread. Nothing is asked before the click. */
export function registerTerminalLinks(services: Services): vscode.Disposable {
  const { connections, log } = services;
  const provider: vscode.TerminalLinkProvider<ThreadTerminalLink> = {
    provideTerminalLinks({ line }) {
      if (connections.all.length === 0) return [];
      return findThreadIds(line).map(({ id, start }) => ({
        startIndex: start,
        length: id.length,
        tooltip: l10n.t('Open the thread in ChatKit Inspector'),
        threadId: id,
      }));
    },
    async handleTerminalLink({ threadId }) {
      // Whoever has the thread loaded already is not asked about.
      const owner =
        connections.all.find(({ id }) => connections.store(id).thread(threadId) !== undefined) ??
        (await pickConnection(connections, l10n.t('Open {0} with which connection?', threadId)));
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
