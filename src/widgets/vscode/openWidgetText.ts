import * as vscode from 'vscode';
import { customEditors } from '../../chatkit/vscode/ids.ts';
import type { WidgetPanels } from './previewPanels.ts';
import { showText } from './textEditors.ts';

/** Shows the text behind the preview in front. */
export async function openWidgetText(panels: WidgetPanels | undefined): Promise<void> {
  if (await panels?.showText()) return;
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  if (!(input instanceof vscode.TabInputCustom) || input.viewType !== customEditors.widget) return;
  await showText(await vscode.workspace.openTextDocument(input.uri));
}
