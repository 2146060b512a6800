import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { Rpc } from '../../base/common/rpc.ts';
import { Disposables } from '../../base/vscode/disposables.ts';
import { postTo, webviewHtml, webviewRoot } from '../../base/vscode/webviewHtml.ts';
import { webviewTypes } from '../../chatkit/vscode/ids.ts';
import {
  type GalleryHost,
  type GalleryPageState,
  type GalleryState,
  type GalleryTab,
  type GalleryWebview,
  galleryPageState,
  galleryRequests,
} from '../common/galleryProtocol.ts';
import { type WidgetServices, loadAuthoring } from './documentPreviews.ts';
import { createWidget } from './newWidget.ts';
import type { FilePreviews } from './filePreviews.ts';

/** The gallery of widgets: starting points and all components. There is one at a time. */
export class GalleryPanel implements vscode.Disposable {
  readonly #services: WidgetServices;
  readonly #previews: FilePreviews;
  #panel: vscode.WebviewPanel | undefined;
  #rpc: Rpc<GalleryHost, GalleryWebview> | undefined;
  /** Whether the webview is loaded. The editor discards it while it is hidden. */
  #isReady = false;
  /** The tab that the webview shows when it is loaded. */
  #nextTab: GalleryTab | null = null;
  /** The folder in which *New Widget…* was run. */
  #folder: vscode.Uri | undefined;

  constructor(services: WidgetServices, previews: FilePreviews) {
    this.#services = services;
    this.#previews = previews;
  }

  /** Shows a tab of the gallery. A new widget is suggested in `folder`. */
  open(tab: GalleryTab, folder?: vscode.Uri): void {
    this.#folder = folder;
    if (this.#isReady) this.#rpc?.notify('showTab', { tab });
    else this.#nextTab = tab;
    if (this.#panel !== undefined) return this.#panel.reveal();
    const title = l10n.t('Widget Gallery');
    const panel = vscode.window.createWebviewPanel(webviewTypes.widgetGallery, title, vscode.ViewColumn.Active, {
      retainContextWhenHidden: false,
    });
    this.#connect(panel, {});
  }

  /** Takes over a panel that the editor restored after a reload. */
  restore(panel: vscode.WebviewPanel, state: unknown): void {
    const saved = galleryPageState.safeParse(state);
    if (this.#panel === undefined) this.#connect(panel, saved.success ? saved.data : {});
    else panel.dispose();
  }

  dispose(): void {
    this.#rpc?.dispose();
  }

  #connect(panel: vscode.WebviewPanel, state: GalleryPageState): void {
    const { context, log } = this.#services;
    const own = new Disposables();
    const rpc = new Rpc<GalleryHost, GalleryWebview>({
      post: postTo(panel.webview),
      parse: (method, params) => galleryRequests[method].parse(params) as never,
      onError: (method, error) => log.warn(`Widget gallery: ${method} failed: ${String(error)}`),
      handlers: {
        ready: () => {
          rpc.restart();
          return this.#state();
        },
        create: ({ starter }) => createWidget(this.#services, this.#previews, starter, this.#folder),
        copyText: async ({ text }) => vscode.env.clipboard.writeText(text),
      },
    });
    this.#panel = panel;
    this.#rpc = rpc;
    panel.webview.options = { enableScripts: true, localResourceRoots: [webviewRoot(context.extensionUri)] };
    own.push(
      panel.webview.onDidReceiveMessage((message: unknown) => rpc.receive(message)),
      panel.onDidChangeViewState(() => (this.#isReady &&= panel.visible)),
      panel.onDidDispose(() => {
        this.#isReady = false;
        own.dispose();
        rpc.dispose();
        this.#panel = undefined;
        this.#rpc = undefined;
      }),
    );
    panel.webview.html = webviewHtml(panel.webview, context.extensionUri, panel.title, state, 'widgetGallery');
  }

  async #state(): Promise<GalleryState> {
    const { starters, fileTextOf } = await loadAuthoring();
    const views = starters().map(async (starter) => {
      const { id, title, summary } = starter;
      const { preview } = await this.#services.documentPreviews.evaluateText(fileTextOf(starter, null));
      return { id, title, summary, widget: preview.output };
    });
    const shown = await Promise.all(views);
    const tab = this.#nextTab;
    this.#nextTab = null;
    this.#isReady = true;
    return { starters: shown, tab };
  }
}
