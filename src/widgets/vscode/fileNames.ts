import * as vscode from 'vscode';

/** Ending of a file that contains exactly one widget. The JSON schema of widgets applies to it. */
const widgetJsonEnding = '.chatkit-widget.json';

export function isWidgetFile({ path }: Pick<vscode.Uri, 'path'>): boolean {
  return path.endsWith('.widget');
}

export function isWidgetJson({ path }: Pick<vscode.Uri, 'path'>): boolean {
  return path.endsWith(widgetJsonEnding);
}

/** Returns the last segment of the path. */
export function fileNameOf({ path }: Pick<vscode.Uri, 'path'>): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/**
 * The file to write for the answer of the dialog. The dialog asks before it replaces a file, but only for the name that it
 * returns. Some dialogs return it without the ending: with it, the name must be free.
 */
export async function newWidgetFile(chosen: vscode.Uri): Promise<vscode.Uri> {
  if (isWidgetFile(chosen)) return chosen;
  const folder = vscode.Uri.joinPath(chosen, '..');
  return vscode.Uri.joinPath(folder, `${await freeName(folder, fileNameOf(chosen))}.widget`);
}

/** The name, or the name with a number, so that no widget file in the folder has it. */
export async function freeName(folder: vscode.Uri, name: string): Promise<string> {
  for (let number = 1; ; number += 1) {
    const free = number === 1 ? name : `${name}-${number}`;
    try {
      await vscode.workspace.fs.stat(vscode.Uri.joinPath(folder, `${free}.widget`));
    } catch {
      return free;
    }
  }
}
