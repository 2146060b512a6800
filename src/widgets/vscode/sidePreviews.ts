import * as vscode from 'vscode';
import { tabsOf, widgetOfTab, type FilePreviews } from './filePreviews.ts';
import type { WidgetServices } from './widgetServices.ts';

const key = 'chatkit.widgetsWithoutPreview';

/**
 * The preview that comes with a text: opened beside when the text is, and gone with it while it is only a passing tab.
 * Whoever closes it and keeps the text has none until the text is opened again, also after a reload.
 */
export class Companions {
  readonly #parts: WidgetServices;
  readonly #previews: FilePreviews;

  constructor(parts: WidgetServices, previews: FilePreviews) {
    this.#parts = parts;
    this.#previews = previews;
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
    const { settings, log } = this.#parts.services;
    if (!settings.get('chatkit.widgets.openPreview')) return;
    if (this.#previews.has(widget.uri) || this.#unwanted().includes(widget.uri.toString())) return;
    const options = { viewColumn: tab.group.viewColumn + 1, preserveFocus: true, preview: tab.isPreview };
    this.#previews.show(widget.uri, options).catch((error: unknown) => log.error('No preview beside the text', error));
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

/** Not what another extension shows of its own: an old version, a search. */
function isOfSomebody(uri: vscode.Uri): boolean {
  return uri.scheme === 'file' || uri.scheme === 'untitled' || vscode.workspace.getWorkspaceFolder(uri) !== undefined;
}
