import type * as vscode from 'vscode';
import { inspectorWebviewState } from '../common/protocol.ts';
import { replayedFile } from '../../eventLog/vscode/replayedFile.ts';
import type { InspectorPanels } from './panels.ts';

/** Brings a panel back after a reload or a restart, from what its page kept: ids. */
export function restorePanel(panels: InspectorPanels, panel: vscode.WebviewPanel, state: unknown): void {
  const kept = inspectorWebviewState.safeParse(state);
  // A page that was closed before it knew its thread, or of a version that kept something else: nothing to bring back.
  if (!kept.success) return panel.dispose();
  const { connectionId, threadId, preview = false, follow = false } = kept.data;
  const file = replayedFile(connectionId);
  if (file !== undefined) {
    // Without its file there is nothing to play.
    panels.replays.open(file, panel).catch(() => panel.dispose());
    return;
  }
  const restored = panels.restore(panel, { connectionId, threadId }, preview);
  if (follow) restored.follow(true);
}
