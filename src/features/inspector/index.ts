import * as vscode from 'vscode';
import type { ThreadRef } from '../../domain/refs.ts';
import { registerCommand } from '../../host/commands.ts';
import { webviewTypes } from '../../host/ids.ts';
import type { Services } from '../services.ts';
import { pickThread } from './openThread.ts';
import { InspectorPanels } from './panels.ts';
import { InspectorSerializer } from './serializer.ts';

export interface Inspector extends vscode.Disposable {
  /** The thread whose panel is in front, if one is. */
  activeThread(): ThreadRef | undefined;
}

/** Threads in panels of their own. */
export function registerInspector(services: Services): Inspector {
  const panels = new InspectorPanels(services);
  const registered = vscode.Disposable.from(
    panels,
    vscode.window.registerWebviewPanelSerializer(webviewTypes.thread, new InspectorSerializer(panels)),
    registerCommand(services.log, 'chatkit.openThread', async (target) => {
      const ref = target ?? (await pickThread(services));
      if (ref === undefined) return;
      const { connectionId, threadId } = ref;
      panels.open({ connectionId, threadId }, { itemId: target?.itemId, preview: target?.preview });
    }),
  );
  return { activeThread: () => panels.active?.ref, dispose: () => registered.dispose() };
}
