import * as vscode from 'vscode';
import { replaceFile } from '../node/draft.ts';

/**
 * Writes a file that the user chose in a dialog. On a disk it is written beside its place and renamed, so that a symbolic link
 * there is replaced and not followed; a dialog does not show that it is one. Virtual file systems write it themselves.
 */
export async function saveFile(uri: vscode.Uri, content: Uint8Array): Promise<void> {
  if (uri.scheme === 'file') await replaceFile(uri.fsPath, content);
  else await vscode.workspace.fs.writeFile(uri, content);
}
