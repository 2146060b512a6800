import * as vscode from 'vscode';
import { runEditorCommand } from '../../chatkit/vscode/commands.ts';
import { customEditors } from '../../chatkit/vscode/ids.ts';
import { isWidgetFile } from './fileNames.ts';

/** The `.widget` file that a tab shows as text or as its preview; a comparison is neither. */
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

/** Opens previews of `.widget` files, one of each: whoever asks while one is being opened gets that one. */
export class FilePreviews {
  readonly #opening = new Map<string, Promise<unknown>>();

  /** Whether there is one, or will be in a moment. */
  has(uri: vscode.Uri): boolean {
    return this.#opening.has(uri.toString()) || tabsOf(uri, 'preview').length > 0;
  }

  /** Shows the preview that there is, or opens one as `options` say. */
  async show(uri: vscode.Uri, options: vscode.TextDocumentShowOptions): Promise<void> {
    const name = uri.toString();
    while (this.#opening.has(name)) await this.#opening.get(name)?.catch(() => undefined);
    const viewColumn = tabsOf(uri, 'preview')[0]?.group.viewColumn ?? options.viewColumn;
    const shown = runEditorCommand('vscode.openWith', uri, customEditors.widget, { ...options, viewColumn });
    this.#opening.set(name, shown);
    try {
      await shown;
    } finally {
      this.#opening.delete(name);
    }
  }
}
