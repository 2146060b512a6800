import type * as vscode from 'vscode';

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
