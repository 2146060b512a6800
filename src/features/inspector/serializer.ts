import type * as vscode from 'vscode';
import { inspectorPageState } from '../../protocol/inspector.ts';
import type { InspectorPanels } from './panels.ts';

/** Brings panels back after a reload or a restart, from what their pages kept: ids. */
export class InspectorSerializer implements vscode.WebviewPanelSerializer {
  readonly #panels: InspectorPanels;

  constructor(panels: InspectorPanels) {
    this.#panels = panels;
  }

  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const kept = inspectorPageState.safeParse(state);
    // A page that was closed before it knew its thread, or of a version that kept something else: nothing to bring back.
    if (!kept.success) return panel.dispose();
    const { connectionId, threadId, preview = false, follow = false } = kept.data;
    const restored = this.#panels.restore(panel, { connectionId, threadId }, preview);
    if (follow) restored.follow(true);
  }
}
