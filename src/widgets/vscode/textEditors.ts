import * as vscode from 'vscode';

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
