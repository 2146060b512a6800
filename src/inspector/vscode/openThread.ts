import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ThreadRef } from '../../chatkit/common/refs.ts';
import { threadLabel } from '../../threads/common/summary/threadLabel.ts';
import { withoutIcons } from '../../base/vscode/messages/inertText.ts';
import { pickConnection } from '../../connections/vscode/pickConnection.ts';
import type { Services } from '../../connections/vscode/services.ts';

/** Asks for a loaded thread; loads the newest threads if none are loaded. Undefined if the user cancels. */
export async function pickThread({ connections }: Services): Promise<ThreadRef | undefined> {
  const connection = await pickConnection(connections, l10n.t('Select a connection'));
  if (connection === undefined) return undefined;
  const store = connections.store(connection.id);
  const rows = async () => {
    if (store.list.asOf === null) await store.refreshList(new AbortController().signal);
    return store.list.threads.map((thread) => ({
      label: withoutIcons(threadLabel(thread, store.firstUserText(thread.id))),
      description: withoutIcons(thread.user ?? ''),
      detail: thread.id,
      threadId: thread.id,
    }));
  };
  const picked = await vscode.window.showQuickPick(rows(), {
    placeHolder: l10n.t('Select a thread to open'),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return picked && { connectionId: connection.id, threadId: picked.threadId };
}
