import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ThreadRef } from '../../chatkit/common/model/thread.ts';
import { threadLabel } from '../../threads/common/summary/itemSummary.ts';
import { withoutIcons } from '../../base/vscode/messages/inertText.ts';
import { pickConnection } from '../../connections/vscode/pickConnection.ts';
import type { Services } from '../../connections/vscode/services.ts';
import type { LazyProvider } from '../../base/vscode/lazyProviders.ts';
import type { Unsubscribe } from '../../base/common/events.ts';
import { registerCommand } from '../../chatkit/vscode/commands.ts';
import type { ConversationService } from '../../conversation/vscode/conversationService.ts';
import type { EventLogs } from '../../eventLog/common/responseRecorder.ts';
import { pickEventLog, replayedFile, saveEventLog } from '../../eventLog/vscode/savedEventLog.ts';
import type { CompareSelection } from '../../threads/vscode/compare/selection.ts';
import type { ThreadFiles } from '../../threads/vscode/documents/threadDocuments.ts';
import { inspectorWebviewState } from '../common/protocol.ts';
import type { ExportEditors } from './exportEditor.ts';
import { NewestThreads } from './followNewest.ts';
import { newThread } from './newThread.ts';
import { pickUserMessage, retryFromHere } from './retryFromHere.ts';
import { InspectorPanels } from './panels.ts';

export interface Inspector extends vscode.Disposable {
  /** Emitted when a message has created a thread. */
  readonly onDidCreateThread: (listener: (thread: ThreadRef) => void) => Unsubscribe;
  /** Returns the thread of the active panel; undefined if there is none or its thread is new. */
  activeThread(): ThreadRef | undefined;
  /** The conversations of all panels. */
  readonly conversations: ConversationService;
  /** The event logs since the window was opened. */
  readonly logs: EventLogs;
  /** The open replays, as sources of documents. */
  readonly replays: ThreadFiles;
}

/** Registers the inspector's commands and panels. */
export function registerInspector(
  services: Services,
  registration: LazyProvider<vscode.WebviewPanelSerializer>,
  files: Pick<ExportEditors, 'find'>,
  compared: CompareSelection,
): Inspector {
  const panels = new InspectorPanels(services, compared);
  const newest = new NewestThreads(services, panels);
  const activeThread = () => (panels.active?.isNew === false ? panels.active.webviewHost.ref : undefined);
  const registered = vscode.Disposable.from(
    newest,
    panels,
    registration.setProvider({
      async deserializeWebviewPanel(panel, state) {
        restorePanel(panels, panel, state);
      },
    }),
    registerCommand(services.log, 'chatkit.openThread', async (target) => {
      const ref = target ?? (await pickThread(services));
      if (ref === undefined) return;
      const { connectionId, threadId } = ref;
      panels.open({ connectionId, threadId }, { itemId: target?.itemId, preview: target?.preview });
    }),
    registerCommand(services.log, 'chatkit.newThread', (row) => newThread(services, panels, row)),
    registerCommand(services.log, 'chatkit.stopResponse', (thread) => panels.stopResponse(thread)),
    registerCommand(services.log, 'chatkit.retryFromHere', async (row) => {
      const thread = activeThread();
      const ref = row ?? (thread && (await pickUserMessage(services, thread)));
      if (ref !== undefined) await retryFromHere(services, panels, ref);
    }),
    registerCommand(services.log, 'chatkit.saveStream', (thread) =>
      saveEventLog(services, panels.logs, thread ?? panels.active?.webviewHost.ref),
    ),
    registerCommand(services.log, 'chatkit.replayStream', async (file) => {
      const chosen = file ?? (await pickEventLog());
      if (chosen !== undefined) await panels.replays.open(chosen);
    }),
    registerCommand(services.log, 'chatkit.pinThread', () => panels.active?.webviewHost.pin()),
    registerCommand(services.log, 'chatkit.findInThread', () => (panels.active?.webviewHost ?? files).find()),
    registerCommand(services.log, 'chatkit.followThread', async (row) => {
      const ref = row ?? activeThread() ?? (await pickThread(services));
      if (ref === undefined) return;
      panels.open({ connectionId: ref.connectionId, threadId: ref.threadId }, {}).webviewHost.follow(true);
    }),
    registerCommand(services.log, 'chatkit.followNewest', (row) => newest.toggle(row)),
  );
  return {
    onDidCreateThread: panels.conversations.onDidCreate,
    conversations: panels.conversations,
    activeThread,
    logs: panels.logs,
    replays: {
      isFile: (connectionId) => replayedFile(connectionId) !== undefined,
      withStore: (connectionId, action) => panels.replays.withStore(connectionId, action),
    },
    dispose: () => registered.dispose(),
  };
}

/** Restores a panel after a reload from the webview's stored state. */
function restorePanel(panels: InspectorPanels, panel: vscode.WebviewPanel, state: unknown): void {
  const stored = inspectorWebviewState.safeParse(state);
  // The webview was closed before it had a thread, or the state belongs to another version.
  if (!stored.success) return panel.dispose();
  const { connectionId, threadId, preview = false, follow = false } = stored.data;
  const file = replayedFile(connectionId);
  if (file !== undefined) {
    // The file no longer exists.
    panels.replays.open(file, panel).catch(() => panel.dispose());
    return;
  }
  const restored = panels.restore(panel, { connectionId, threadId }, preview);
  if (follow) restored.webviewHost.follow(true);
}

/** Asks for a loaded thread; loads the newest threads if none are loaded. Undefined if the user cancels. */
async function pickThread({ connections }: Services): Promise<ThreadRef | undefined> {
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
