import * as vscode from 'vscode';
import type { ItemRef } from '../../chatkit/common/refs.ts';
import { JsonPositions } from '../../widgets/common/preview/jsonPositions.ts';
import { documentScheme } from '../../chatkit/vscode/ids.ts';
import { documentPath } from '../../threads/vscode/documents/documentRef.ts';

/**
 * Opens the widget of an item beside, in a read-only editor that knows the schema of widgets, at the value that a JSON
 * pointer names.
 */
export async function openWidget({ connectionId, threadId, itemId }: ItemRef, path: string): Promise<void> {
  const uri = vscode.Uri.from({
    scheme: documentScheme,
    path: documentPath({ connectionId, threadId, itemId, form: 'widget' }),
  });
  const document = await vscode.workspace.openTextDocument(uri);
  const { offset, length } = new JsonPositions(document.getText()).rangeOf(path);
  const selection =
    path === ''
      ? new vscode.Range(0, 0, 0, 0)
      : new vscode.Range(document.positionAt(offset), document.positionAt(offset + length));
  await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside, preview: true, selection });
}
