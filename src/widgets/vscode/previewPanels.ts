import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { Disposables } from '../../base/vscode/disposables.ts';
import { customEditors, webviewTypes } from '../../chatkit/vscode/ids.ts';
import { previewWebviewState } from '../common/protocol.ts';
import type { WidgetServices } from './documentPreviews.ts';
import { fileNameOf } from '../../base/common/fileName.ts';
import { connectPanel, type PreviewController } from './previewController.ts';
import { showText } from './textEditors.ts';

interface OpenPanel {
  readonly panel: vscode.WebviewPanel;
  readonly controller: PreviewController;
}

/** Previews of JSON documents, one per document. */
export class PreviewPanels implements vscode.Disposable {
  readonly #services: WidgetServices;
  readonly #disposables = new Disposables();
  readonly #panels = new Map<string, OpenPanel>();
  readonly #didChange = new vscode.EventEmitter<void>();

  /** Fires when a preview was opened or closed. */
  readonly onDidChange = this.#didChange.event;

  constructor(services: WidgetServices) {
    this.#services = services;
    this.#disposables.push(this.#didChange);
  }

  /** Whether the preview of a document is open. */
  has(uri: vscode.Uri): boolean {
    return this.#panels.has(uri.toString());
  }

  /** Shows the preview of a document to the side. */
  async open(uri: vscode.Uri): Promise<void> {
    const existing = this.#panels.get(uri.toString());
    if (existing !== undefined) return existing.panel.reveal(undefined, true);
    const document = await vscode.workspace.openTextDocument(uri);
    const isActive = vscode.window.activeTextEditor?.document === document;
    const panel = vscode.window.createWebviewPanel(
      webviewTypes.widgetPreview,
      titleOf(uri),
      { viewColumn: isActive ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active, preserveFocus: isActive },
      { retainContextWhenHidden: false },
    );
    this.#connect(panel, document);
  }

  /** Takes over a panel that the editor restored after a reload. */
  async restore(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const saved = previewWebviewState.safeParse(state);
    if (!saved.success) return panel.dispose();
    try {
      this.#connect(panel, await vscode.workspace.openTextDocument(vscode.Uri.parse(saved.data.uri, true)));
    } catch {
      // The document no longer exists.
      panel.dispose();
    }
  }

  /** The document of the preview in front; undefined if no preview is active. */
  activeDocument(): vscode.TextDocument | undefined {
    return [...this.#panels.values()].find(({ panel }) => panel.active)?.controller.document;
  }

  /** Shows the text of the active preview. Returns false if no preview is active. */
  async showText(): Promise<boolean> {
    const document = this.activeDocument();
    if (document === undefined) return false;
    await showText(document);
    return true;
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #connect(panel: vscode.WebviewPanel, document: vscode.TextDocument): void {
    const name = document.uri.toString();
    panel.title = titleOf(document.uri);
    const own = this.#disposables.add(new Disposables());
    const controller = own.add(connectPanel(this.#services, document, panel));
    this.#panels.set(name, { panel, controller });
    this.#didChange.fire();
    if (!document.isUntitled) own.push(reopenOnFileChange(document.uri));
    own.push(
      panel.onDidDispose(() => {
        this.#panels.delete(name);
        this.#didChange.fire();
        own.dispose();
      }),
    );
  }
}

/** The editor closes a document without an editor after a while. Opening it again reports changes of its file. */
function reopenOnFileChange(uri: vscode.Uri): vscode.Disposable {
  const folder = vscode.Uri.joinPath(uri, '..');
  const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, '*'));
  const subscription = watcher.onDidChange((changed) => {
    if (changed.toString() !== uri.toString()) return;
    // If the document cannot be opened, the preview keeps its last state.
    vscode.workspace.openTextDocument(uri).then(undefined, () => undefined);
  });
  return vscode.Disposable.from(watcher, subscription);
}

function titleOf(uri: vscode.Uri): string {
  return l10n.t('Preview {0}', fileNameOf(uri));
}

/** Shows the text of the active preview. */
export async function openWidgetText(panels: PreviewPanels | undefined): Promise<void> {
  if (await panels?.showText()) return;
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  if (!(input instanceof vscode.TabInputCustom) || input.viewType !== customEditors.widget) return;
  await showText(await vscode.workspace.openTextDocument(input.uri));
}
