import * as vscode from 'vscode';
import type { ThreadRef } from '../../chatkit/common/refs.ts';
import type { LazyProvider } from '../../base/vscode/lazy/lazyProvider.ts';
import { registerCommand } from '../../chatkit/vscode/commands.ts';
import type { StoreFiles } from '../../threads/vscode/documents/storeFiles.ts';
import type { ExportedFiles } from './exportedFile/index.ts';
import type { Services } from '../../connections/vscode/services.ts';
import { replayedFile } from '../../eventLog/vscode/replayedFile.ts';
import type { NewestThreads } from './followNewest.ts';
import type { InspectorPanels } from './panels.ts';

export interface Inspector extends vscode.Disposable {
  /** The thread whose panel is in front, if one is. */
  activeThread(): ThreadRef | undefined;
  /** Loads what opening a thread needs, so that it need not wait for it. */
  prepare(): void;
  /** Saved event logs, as far as they are played. */
  readonly replays: StoreFiles;
}

/** Threads in panels of their own. */
export function registerInspector(
  services: Services,
  registration: LazyProvider<vscode.WebviewPanelSerializer>,
  files: Pick<ExportedFiles, 'find'>,
): Inspector {
  let panels: InspectorPanels | undefined;
  let newest: NewestThreads | undefined;
  const activeThread = () => (panels?.active?.isNew === false ? panels.active.ref : undefined);
  const tools = async () => {
    const loaded = await import('./inspectorTools.ts');
    panels ??= new loaded.InspectorPanels(services);
    newest ??= new loaded.NewestThreads(services, panels);
    return { ...loaded, panels, newest };
  };
  const registered = vscode.Disposable.from(
    registration.setProvider({
      async deserializeWebviewPanel(panel, state) {
        const { restorePanel, panels } = await tools();
        restorePanel(panels, panel, state);
      },
    }),
    registerCommand(services.log, 'chatkit.openThread', async (target) => {
      const { pickThread, panels } = await tools();
      const ref = target ?? (await pickThread(services));
      if (ref === undefined) return;
      const { connectionId, threadId } = ref;
      panels.open({ connectionId, threadId }, { itemId: target?.itemId, preview: target?.preview });
    }),
    registerCommand(services.log, 'chatkit.newThread', async (row) => {
      const { newThread, panels } = await tools();
      await newThread(services, panels, row);
    }),
    registerCommand(services.log, 'chatkit.stopResponse', (thread) => panels?.stopResponse(thread)),
    registerCommand(services.log, 'chatkit.retryFromHere', async (row) => {
      const { pickUserMessage, retryFromHere, panels } = await tools();
      const thread = activeThread();
      const ref = row ?? (thread && (await pickUserMessage(services, thread)));
      if (ref !== undefined) await retryFromHere(services, panels, ref);
    }),
    registerCommand(services.log, 'chatkit.saveStream', async (thread) => {
      const { saveStream, panels } = await tools();
      await saveStream(services, panels.logs, thread ?? panels.active?.ref);
    }),
    registerCommand(services.log, 'chatkit.replayStream', async (file) => {
      const { pickEventLog, panels } = await tools();
      const chosen = file ?? (await pickEventLog());
      if (chosen !== undefined) await panels.replays.open(chosen);
    }),
    registerCommand(services.log, 'chatkit.pinThread', () => panels?.active?.pin()),
    registerCommand(services.log, 'chatkit.findInThread', () => (panels?.active ?? files).find()),
    registerCommand(services.log, 'chatkit.followThread', async (row) => {
      const { pickThread, panels } = await tools();
      const ref = row ?? activeThread() ?? (await pickThread(services));
      if (ref === undefined) return;
      panels.open({ connectionId: ref.connectionId, threadId: ref.threadId }, {}).follow(true);
    }),
    registerCommand(services.log, 'chatkit.followNewest', async (row) => {
      const { newest } = await tools();
      await newest.toggle(row);
    }),
  );
  return {
    activeThread,
    // What fails here fails again, and is told, where somebody opens a thread.
    prepare: () => void tools().catch(() => undefined),
    replays: {
      isFile: (connectionId) => replayedFile(connectionId) !== undefined,
      withStore: async (connectionId, action) => (await tools()).panels.replays.withStore(connectionId, action),
    },
    dispose() {
      registered.dispose();
      newest?.dispose();
      panels?.dispose();
    },
  };
}
