import * as vscode from 'vscode';
import { replaceFile } from '../node/temporaryFile.ts';

interface SaveQuestion {
  readonly title: string;
  /** The folder that the dialog opens; the editor's choice by default. */
  readonly folder: vscode.Uri | undefined;
  /** With its extension, which can have several parts: `thread.chatkit.json`. */
  readonly name: string;
  /** The name of the file type. */
  readonly type: string;
  /** The text of the button; the editor's by default. */
  readonly button?: string;
}

/**
 * Asks where to save a file. Returns undefined when the user cancels. The dialog of web and remote windows compares only
 * the part of a name after its last dot with the filter, and appends the whole extension if they differ, so the filter
 * contains the last part only: `thread.chatkit.json` would become `thread.chatkit.json.chatkit.json`.
 */
export function askSaveFile({ title, folder, name, type, button }: SaveQuestion): Thenable<vscode.Uri | undefined> {
  return vscode.window.showSaveDialog({
    title,
    ...(button === undefined ? {} : { saveLabel: button }),
    ...(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, name) }),
    filters: { [type]: [name.slice(name.lastIndexOf('.') + 1)] },
  });
}

/**
 * Writes a file that the user chose in a dialog. On a disk it is written beside its place and renamed, so that a symbolic link
 * there is replaced and not followed; a dialog does not show that it is one. Virtual file systems write it themselves.
 *
 * `readers`: `user` for a file that contains what a server sent; `umask` for a file of the project, which others read too.
 */
export async function saveFile(uri: vscode.Uri, content: Uint8Array, readers: 'user' | 'umask'): Promise<void> {
  if (uri.scheme === 'file') await replaceFile(uri.fsPath, content, readers === 'user' ? 0o600 : 0o666);
  else await vscode.workspace.fs.writeFile(uri, content);
}
