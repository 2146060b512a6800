import * as vscode from 'vscode';
import { runEditorCommand } from '../../host/commands.ts';
import { customEditors } from '../../host/ids.ts';
import { isWidgetFile } from './names.ts';
import type { WidgetParts } from './parts.ts';

const key = 'chatkit.widgetsWithoutPreview';

/** The `.widget` file that a tab shows as text or as its preview; a comparison is neither. */
function widgetOfTab({ input }: vscode.Tab): { readonly uri: vscode.Uri; readonly as: 'text' | 'preview' } | null {
  if (input instanceof vscode.TabInputText && isWidgetFile(input.uri)) return { uri: input.uri, as: 'text' };
  const isPreview = input instanceof vscode.TabInputCustom && input.viewType === customEditors.widget;
  return isPreview ? { uri: input.uri, as: 'preview' } : null;
}

/**
 * The preview that comes with a text: opened beside when the text is, and gone with it while it is only a passing tab.
 * Whoever closes it and keeps the text has none until the text is opened again, also after a reload.
 */
export class Companions {
  readonly #parts: WidgetParts;

  constructor(parts: WidgetParts) {
    this.#parts = parts;
  }

  /** Looks at what was opened before anybody listened: it may be why the extension was started. */
  begin(): void {
    const { activeTab } = vscode.window.tabGroups.activeTabGroup;
    if (activeTab !== undefined) this.#opened(activeTab);
  }

  follow({ opened, closed }: vscode.TabChangeEvent): void {
    for (const tab of opened) this.#opened(tab);
    for (const tab of closed) this.#closed(tab);
  }

  #opened(tab: vscode.Tab): void {
    const widget = widgetOfTab(tab);
    if (widget?.as !== 'text' || !isOfSomebody(widget.uri)) return;
    if (!this.#parts.services.settings.get('chatkit.widgets.openPreview')) return;
    if (tabsOf(widget.uri, 'preview').length > 0 || this.#unwanted().includes(widget.uri.toString())) return;
    const options = { viewColumn: tab.group.viewColumn + 1, preserveFocus: true, preview: tab.isPreview };
    void runEditorCommand('vscode.openWith', widget.uri, customEditors.widget, options);
  }

  #closed(tab: vscode.Tab): void {
    const widget = widgetOfTab(tab);
    // Moved to another group it is closed here and open there.
    if (widget === null || tabsOf(widget.uri, widget.as).length > 0) return;
    const name = widget.uri.toString();
    const others = this.#unwanted().filter((other) => other !== name);
    if (widget.as === 'preview') {
      this.#keep(tabsOf(widget.uri, 'text').length > 0 ? [...others, name] : others);
      return;
    }
    this.#keep(others);
    const passing = tabsOf(widget.uri, 'preview').filter(({ isPreview, isDirty }) => isPreview && !isDirty);
    if (passing.length > 0) void vscode.window.tabGroups.close(passing, true);
  }

  #unwanted(): readonly string[] {
    return this.#parts.services.context.workspaceState.get<readonly string[]>(key, []);
  }

  #keep(unwanted: readonly string[]): void {
    void this.#parts.services.context.workspaceState.update(key, unwanted.slice(-50));
  }
}

function tabsOf(uri: vscode.Uri, as: 'text' | 'preview'): readonly vscode.Tab[] {
  const name = uri.toString();
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter((tab) => {
      const widget = widgetOfTab(tab);
      return widget?.as === as && widget.uri.toString() === name;
    });
}

/** Not what another extension shows of its own: an old version, a search. */
function isOfSomebody(uri: vscode.Uri): boolean {
  return uri.scheme === 'file' || uri.scheme === 'untitled' || vscode.workspace.getWorkspaceFolder(uri) !== undefined;
}
