import * as vscode from 'vscode';
import { customEditors } from '../../chatkit/vscode/ids.ts';
import type { PreviewPanels } from './previewPanels.ts';

/** The tab group that shows the document as text. */
function textColumn(uri: vscode.Uri): vscode.ViewColumn | undefined {
  const name = uri.toString();
  return vscode.window.tabGroups.all.find(({ tabs }) =>
    tabs.some(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === name),
  )?.viewColumn;
}

/** Whether a tab shows the document as text. */
export function isOpenAsText(uri: vscode.Uri): boolean {
  return textColumn(uri) !== undefined;
}

/** Shows the document as text, in the group where it is open or to the side. */
export async function showText(
  document: vscode.TextDocument,
  options: Pick<vscode.TextDocumentShowOptions, 'selection' | 'preserveFocus'> = {},
): Promise<void> {
  const viewColumn = textColumn(document.uri) ?? vscode.ViewColumn.Beside;
  await vscode.window.showTextDocument(document, { viewColumn, preview: true, ...options });
}

/** Shows the text of the active preview. */
export async function openWidgetText(panels: PreviewPanels | undefined): Promise<void> {
  if (await panels?.showText()) return;
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  if (!(input instanceof vscode.TabInputCustom) || input.viewType !== customEditors.widget) return;
  await showText(await vscode.workspace.openTextDocument(input.uri));
}
