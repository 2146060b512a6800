import * as vscode from 'vscode';
import { inertText, withoutIcons } from './inertText.ts';

/** Shows a text in the status bar for `ms`, with `icon` (a codicon's name) as its only icon. */
export function showStatus(text: string, ms: number, icon?: string): void {
  const inert = withoutIcons(inertText(text));
  vscode.window.setStatusBarMessage(icon === undefined ? inert : `$(${icon}) ${inert}`, ms);
}
