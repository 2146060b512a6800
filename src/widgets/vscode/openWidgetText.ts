import * as vscode from 'vscode';
import { customEditors } from '../../chatkit/vscode/ids.ts';
import type { PreviewPanels } from './previewPanels.ts';
import { showText } from './textEditors.ts';

/** Shows the text of the active preview. */
export async function openWidgetText(panels: PreviewPanels | undefined): Promise<void> {
  if (await panels?.showText()) return;
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  if (!(input instanceof vscode.TabInputCustom) || input.viewType !== customEditors.widget) return;
  await showText(await vscode.workspace.openTextDocument(input.uri));
}
