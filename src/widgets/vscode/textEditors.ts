import * as vscode from 'vscode';

/** Where the document is open as text: the group of its tab. */
function textColumn(uri: vscode.Uri): vscode.ViewColumn | undefined {
  const name = uri.toString();
  return vscode.window.tabGroups.all.find(({ tabs }) =>
    tabs.some(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === name),
  )?.viewColumn;
}

/** Shows the document as text: where it is open already, else beside. */
export async function showText(
  document: vscode.TextDocument,
  options: Pick<vscode.TextDocumentShowOptions, 'selection' | 'preserveFocus'> = {},
): Promise<void> {
  const viewColumn = textColumn(document.uri) ?? vscode.ViewColumn.Beside;
  await vscode.window.showTextDocument(document, { viewColumn, preview: true, ...options });
}
