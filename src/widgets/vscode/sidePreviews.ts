import * as vscode from 'vscode';
import { maybeWidget } from '../common/preview/maybeWidget.ts';
import { ContextKey } from '../../chatkit/vscode/commands.ts';
import { contextKeys } from '../../chatkit/vscode/ids.ts';
import type { Services } from '../../connections/vscode/services.ts';
import { type FilePreviews, tabsOf, widgetOfTab } from './filePreviews.ts';

/** The storage key of the files whose preview the user closed. */
const key = 'chatkit.widgetsWithoutPreview';
const maxFiles = 50;

/**
 * Opens the preview to the side when a `.widget` file is opened as text, and closes it with the text while its tab is in
 * preview mode. If the user closes only the preview, it is not opened again until the text is closed and opened, also after a
 * reload.
 */
export class SidePreviews {
  readonly #services: Pick<Services, 'context' | 'log' | 'settings'>;
  readonly #previews: FilePreviews;

  constructor(services: Pick<Services, 'context' | 'log' | 'settings'>, previews: FilePreviews) {
    this.#services = services;
    this.#previews = previews;
  }

  /** Handles the tab that was opened before the extension was activated. */
  openForActiveTab(): void {
    const { activeTab } = vscode.window.tabGroups.activeTabGroup;
    if (activeTab !== undefined) this.#handleOpened(activeTab);
  }

  update({ opened, closed }: vscode.TabChangeEvent): void {
    for (const tab of opened) this.#handleOpened(tab);
    for (const tab of closed) this.#handleClosed(tab);
  }

  #handleOpened(tab: vscode.Tab): void {
    const widget = widgetOfTab(tab);
    if (widget?.as !== 'text' || !isWorkspaceFile(widget.uri)) return;
    const { settings, log } = this.#services;
    if (!settings.get('chatkit.widgets.openPreview')) return;
    if (this.#previews.has(widget.uri) || this.#closedByUser().includes(widget.uri.toString())) return;
    const options = { viewColumn: tab.group.viewColumn + 1, preserveFocus: true, preview: tab.isPreview };
    this.#previews
      .show(widget.uri, options)
      .catch((error: unknown) => log.error('Could not open the preview to the side', error));
  }

  #handleClosed(tab: vscode.Tab): void {
    const widget = widgetOfTab(tab);
    // Moving a tab to another group closes it in one group and opens it in the other.
    if (widget === null || tabsOf(widget.uri, widget.as).length > 0) return;
    const name = widget.uri.toString();
    const others = this.#closedByUser().filter((other) => other !== name);
    if (widget.as === 'preview') {
      this.#save(tabsOf(widget.uri, 'text').length > 0 ? [...others, name] : others);
      return;
    }
    this.#save(others);
    const temporary = tabsOf(widget.uri, 'preview').filter(({ isPreview, isDirty }) => isPreview && !isDirty);
    if (temporary.length > 0) void vscode.window.tabGroups.close(temporary, true);
  }

  /** URIs of the open files whose preview the user closed. */
  #closedByUser(): readonly string[] {
    return this.#services.context.workspaceState.get<readonly string[]>(key, []);
  }

  #save(closedByUser: readonly string[]): void {
    void this.#services.context.workspaceState.update(key, closedByUser.slice(-maxFiles));
  }
}

/** Excludes virtual documents of other extensions, for example an old version of a file. */
function isWorkspaceFile(uri: vscode.Uri): boolean {
  return uri.scheme === 'file' || uri.scheme === 'untitled' || vscode.workspace.getWorkspaceFolder(uri) !== undefined;
}

/** Delay after a change of the text before it is checked again, in ms. */
const debounceMs = 300;
/** Maximum number of characters that are checked. */
const maxChecked = 200_000;

/** Updates the context key that shows the preview command in the title of an editor whose document may contain a widget. */
export function watchWidgetCandidate(): vscode.Disposable {
  const isCandidate = new ContextKey<boolean>(contextKeys.widgetCandidate);
  let timer: NodeJS.Timeout | undefined;
  const update = () => {
    const document = vscode.window.activeTextEditor?.document;
    isCandidate.set(document !== undefined && mayContainWidget(document));
  };
  update();
  return vscode.Disposable.from(
    vscode.window.onDidChangeActiveTextEditor(update),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (document !== vscode.window.activeTextEditor?.document) return;
      clearTimeout(timer);
      timer = setTimeout(update, debounceMs);
    }),
    { dispose: () => clearTimeout(timer) },
  );
}

function mayContainWidget(document: vscode.TextDocument): boolean {
  if (!/^jsonc?$/.test(document.languageId)) return false;
  const end = document.positionAt(maxChecked);
  return maybeWidget(document.getText(new vscode.Range(new vscode.Position(0, 0), end)));
}
