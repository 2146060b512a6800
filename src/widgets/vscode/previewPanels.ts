import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { Disposables } from '../../base/vscode/disposables.ts';
import { webviewTypes } from '../../chatkit/vscode/ids.ts';
import { previewPageState } from '../common/protocol.ts';
import { nameOf } from './fileNames.ts';
import { WidgetPageHost } from './previewController.ts';
import type { WidgetServices } from './widgetServices.ts';
import { showText } from './textEditors.ts';

interface Opened {
  readonly panel: vscode.WebviewPanel;
  readonly page: WidgetPageHost;
}

/** Previews of JSON documents, one a document. */
export class WidgetPanels implements vscode.Disposable {
  readonly #parts: WidgetServices;
  readonly #own = new Disposables();
  readonly #panels = new Map<string, Opened>();

  constructor(parts: WidgetServices) {
    this.#parts = parts;
  }

  /** Shows the preview of a document beside it. */
  async open(uri: vscode.Uri): Promise<void> {
    const existing = this.#panels.get(uri.toString());
    if (existing !== undefined) return existing.panel.reveal(undefined, true);
    const document = await vscode.workspace.openTextDocument(uri);
    const isInFront = vscode.window.activeTextEditor?.document === document;
    const panel = vscode.window.createWebviewPanel(
      webviewTypes.widgetPreview,
      titleOf(uri),
      { viewColumn: isInFront ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active, preserveFocus: isInFront },
      { retainContextWhenHidden: false },
    );
    this.#fill(panel, document);
  }

  /** Takes over a panel that the editor brought back after a reload. */
  async restore(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const kept = previewPageState.safeParse(state);
    if (!kept.success) return panel.dispose();
    try {
      this.#fill(panel, await vscode.workspace.openTextDocument(vscode.Uri.parse(kept.data.uri, true)));
    } catch {
      // The document is not there any more: nothing to preview.
      panel.dispose();
    }
  }

  /** Shows the text of the preview in front. False when there is none. */
  async showText(): Promise<boolean> {
    const active = [...this.#panels.values()].find(({ panel }) => panel.active);
    if (active === undefined) return false;
    await showText(active.page.document);
    return true;
  }

  dispose(): void {
    this.#own.dispose();
  }

  #fill(panel: vscode.WebviewPanel, document: vscode.TextDocument): void {
    const name = document.uri.toString();
    panel.title = titleOf(document.uri);
    const own = this.#own.add(new Disposables());
    const page = own.add(new WidgetPageHost({ parts: this.#parts, webview: panel.webview, document }));
    this.#panels.set(name, { panel, page });
    if (!document.isUntitled) own.push(reopenWhenChanged(document.uri));
    own.push(
      panel.onDidChangeViewState(() => {
        if (!panel.visible) page.hide();
      }),
      panel.onDidDispose(() => {
        this.#panels.delete(name);
        own.dispose();
      }),
    );
  }
}

/** Without an editor on it a document is closed after a while; then its file says what changed. */
function reopenWhenChanged(uri: vscode.Uri): vscode.Disposable {
  const folder = vscode.Uri.joinPath(uri, '..');
  const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, '*'));
  const subscription = watcher.onDidChange((changed) => {
    if (changed.toString() !== uri.toString()) return;
    // What cannot be opened any more stays as it was drawn.
    vscode.workspace.openTextDocument(uri).then(undefined, () => undefined);
  });
  return vscode.Disposable.from(watcher, subscription);
}

function titleOf(uri: vscode.Uri): string {
  return l10n.t('Preview {0}', nameOf(uri));
}
