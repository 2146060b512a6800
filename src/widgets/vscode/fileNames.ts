import type * as vscode from 'vscode';

/** Of a file that is a widget and nothing else; the schema of widgets is attached to it. */
const widgetJsonEnding = '.chatkit-widget.json';

export function isWidgetFile({ path }: Pick<vscode.Uri, 'path'>): boolean {
  return path.endsWith('.widget');
}

export function isWidgetJson({ path }: Pick<vscode.Uri, 'path'>): boolean {
  return path.endsWith(widgetJsonEnding);
}

/** What a document is called: the last part of its path. */
export function nameOf({ path }: Pick<vscode.Uri, 'path'>): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
