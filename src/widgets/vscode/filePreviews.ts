import * as vscode from 'vscode';
import { runEditorCommand } from '../../chatkit/vscode/commands.ts';
import { customEditors } from '../../chatkit/vscode/ids.ts';
import { isWidgetFile } from './fileNames.ts';

/** Returns the `.widget` file that a tab shows as text or as preview; null for other tabs, for example a diff. */
export function widgetOfTab({
  input,
}: vscode.Tab): { readonly uri: vscode.Uri; readonly as: 'text' | 'preview' } | null {
  if (input instanceof vscode.TabInputText && isWidgetFile(input.uri)) return { uri: input.uri, as: 'text' };
  const isPreview = input instanceof vscode.TabInputCustom && input.viewType === customEditors.widget;
  return isPreview ? { uri: input.uri, as: 'preview' } : null;
}

export function tabsOf(uri: vscode.Uri, as: 'text' | 'preview'): readonly vscode.Tab[] {
  const name = uri.toString();
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter((tab) => {
      const widget = widgetOfTab(tab);
      return widget?.as === as && widget.uri.toString() === name;
    });
}

/** Opens the previews of `.widget` files, one per file. */
export class FilePreviews {
  readonly #opening = new Map<string, Promise<unknown>>();

  /** Whether the preview of a file is open or being opened. */
  has(uri: vscode.Uri): boolean {
    return this.#opening.has(uri.toString()) || tabsOf(uri, 'preview').length > 0;
  }

  /** Shows the open preview of a file, or opens one with `options`. */
  async show(uri: vscode.Uri, options: vscode.TextDocumentShowOptions): Promise<void> {
    const name = uri.toString();
    while (this.#opening.has(name)) await this.#opening.get(name)?.catch(() => undefined);
    const viewColumn = tabsOf(uri, 'preview')[0]?.group.viewColumn ?? options.viewColumn;
    const opening = runEditorCommand('vscode.openWith', uri, customEditors.widget, { ...options, viewColumn });
    this.#opening.set(name, opening);
    try {
      await opening;
    } finally {
      this.#opening.delete(name);
    }
  }
}
