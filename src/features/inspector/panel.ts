import * as vscode from 'vscode';
import type { ThreadRef } from '../../domain/refs.ts';
import { threadLabel } from '../../domain/summary/threadLabel.ts';
import { Disposables } from '../../host/disposables.ts';
import {
  inspectorRequests,
  type InspectorHost,
  type InspectorPage,
  type InspectorState,
} from '../../protocol/inspector.ts';
import { Rpc } from '../../protocol/rpc.ts';
import type { Services } from '../services.ts';
import { createHandlers } from './handlers.ts';
import { pageHtml, pageRoot } from './html.ts';
import { missingState } from './missingState.ts';
import { InspectorSession } from './session.ts';
import { connectionTarget } from './target.ts';

export interface PanelOptions {
  readonly services: Services;
  readonly panel: vscode.WebviewPanel;
  readonly ref: ThreadRef;
  readonly preview: boolean;
  /** An item to show at first. */
  readonly reveal: string | null;
}

/** One webview panel: shows one thread, or as a preview one after the other. */
export class InspectorPanel implements vscode.Disposable {
  readonly #services: Services;
  readonly #panel: vscode.WebviewPanel;
  readonly #disposables = new Disposables();
  readonly #disposed = new vscode.EventEmitter<void>();
  readonly #pinned = new vscode.EventEmitter<void>();
  readonly #rpc: Rpc<InspectorHost, InspectorPage>;
  #ref: ThreadRef;
  #preview: boolean;
  #label = '';
  #reveal: string | null;
  /** Null when the connection is not there: removed, or a sandbox that is closed. */
  #session: InspectorSession | null = null;
  /** A page has asked for its state and is there to be told of changes. */
  #ready = false;

  readonly onDidDispose = this.#disposed.event;
  readonly onDidPin = this.#pinned.event;

  constructor({ services, panel, ref, preview, reveal }: PanelOptions) {
    this.#services = services;
    this.#panel = panel;
    this.#ref = ref;
    this.#preview = preview;
    this.#reveal = reveal;
    this.#rpc = new Rpc<InspectorHost, InspectorPage>({
      post: (message) => void panel.webview.postMessage(message),
      parse: (method, params) => inspectorRequests[method].parse(params) as never,
      onError: (method, error) => services.log.warn(`Inspector: ${method} failed: ${String(error)}`),
      handlers: createHandlers({ services, session: (threadId) => this.#sessionOf(threadId), panel: this }),
    });
    panel.webview.options = { enableScripts: true, localResourceRoots: [pageRoot(services.context.extensionUri)] };
    this.#disposables.push(
      this.#disposed,
      this.#pinned,
      panel.webview.onDidReceiveMessage((message: unknown) => this.#rpc.receive(message)),
      panel.onDidChangeViewState(() => this.#onViewState()),
      panel.onDidDispose(() => this.dispose()),
      services.connections.onDidChange(({ connectionIds }) => {
        if (connectionIds.includes(this.#ref.connectionId)) this.#reconnect();
      }),
      services.settings.onDidChange((ids) => {
        if (ids.includes('chatkit.inspector.remoteImages')) this.#tellSettings();
      }),
    );
    panel.iconPath = {
      light: vscode.Uri.joinPath(services.context.extensionUri, 'media', 'thread-light.svg'),
      dark: vscode.Uri.joinPath(services.context.extensionUri, 'media', 'thread-dark.svg'),
    };
    this.#begin();
    panel.webview.html = pageHtml(panel.webview, services.context.extensionUri, panel.title, {
      ...ref,
      preview,
    });
  }

  get ref(): ThreadRef {
    return this.#ref;
  }

  get isActive(): boolean {
    return this.#panel.active;
  }

  get isPreview(): boolean {
    return this.#preview;
  }

  get onDidChangeViewState(): vscode.Event<unknown> {
    return this.#panel.onDidChangeViewState;
  }

  /** Shows another thread in the same panel. The page is told, not loaded again. */
  show(ref: ThreadRef, itemId: string | undefined): void {
    this.#ref = ref;
    this.#reveal = itemId ?? null;
    this.#begin();
    if (this.#ready) this.#showState();
  }

  reveal(itemId: string | undefined, preserveFocus: boolean): void {
    this.#panel.reveal(undefined, preserveFocus);
    if (itemId === undefined) return;
    if (this.#session === null || !this.#ready) this.#reveal = itemId;
    else this.#session.reveal(itemId);
  }

  /** From now on the panel keeps its thread. */
  pin(): void {
    if (!this.#preview) return;
    this.#preview = false;
    this.#tellSettings();
    this.#pinned.fire();
  }

  find(): void {
    this.#rpc.notify('find', { open: true });
  }

  follow(on: boolean): void {
    this.#session?.follow(on);
  }

  /** Answers a page that has begun. */
  state(): InspectorState {
    this.#ready = true;
    this.#rpc.restart();
    const reveal = this.#reveal;
    this.#reveal = null;
    const state = this.#session?.state(reveal) ?? missingState(this.#ref, this.#services);
    // The answer travels first: it is posted within this turn, what follows in a later one.
    setImmediate(() => this.#session?.drawn());
    return state;
  }

  dispose(): void {
    if (this.#disposables.isDisposed) return;
    this.#session?.dispose();
    this.#rpc.dispose();
    this.#disposed.fire();
    this.#disposables.dispose();
    this.#panel.dispose();
  }

  #sessionOf(threadId: string): InspectorSession | null {
    return threadId === this.#ref.threadId ? this.#session : null;
  }

  /** Takes up the thread of `#ref`, from whatever store its connection has now. */
  #begin(): void {
    this.#session?.dispose();
    this.#session = this.#createSession();
    this.#updateTitle();
    void this.#session?.open();
  }

  #createSession(): InspectorSession | null {
    const { connections } = this.#services;
    const target = connectionTarget(connections, this.#ref);
    if (target === null) return null;
    return new InspectorSession({
      services: this.#services,
      target,
      page: this.#rpc,
      isPreview: () => this.#preview,
      onThreadChanged: () => this.#updateTitle(),
    });
  }

  #showState(): void {
    this.#rpc.notify('show', this.state());
  }

  /**
   * The connection has a new store, or is gone, or is there again. What the page shows stays until the new store has
   * something to show.
   */
  #reconnect(): void {
    const following = this.#session !== null && this.#session.following !== 'off';
    this.#session?.dispose();
    const session = this.#createSession();
    this.#session = session;
    if (session === null) {
      if (this.#ready) this.#rpc.notify('activity', missingState(this.#ref, this.#services).activity);
      return;
    }
    void session.open().then(() => {
      if (this.#session !== session || !this.#ready) return;
      if (session.isLoaded) this.#showState();
      else this.#rpc.notify('activity', session.activity);
      if (following) session.follow(true);
    });
  }

  #onViewState(): void {
    if (this.#panel.visible) {
      this.#session?.unhide();
    } else {
      // Hidden pages are thrown away; the next one asks for everything anew.
      this.#ready = false;
      this.#session?.hide();
    }
  }

  #updateTitle(): void {
    // A deleted thread keeps the name it had.
    if (this.#session?.deleted === true) {
      this.#panel.title = vscode.l10n.t('{0} (deleted)', this.#label);
      return;
    }
    const thread = this.#session?.thread ?? { id: this.#ref.threadId, title: null };
    this.#label = threadLabel(thread, this.#session?.firstUserText);
    this.#panel.title = this.#label;
  }

  #tellSettings(): void {
    if (!this.#ready) return;
    const images = this.#services.settings.get('chatkit.inspector.remoteImages');
    this.#rpc.notify('settings', { images, preview: this.#preview });
  }
}
