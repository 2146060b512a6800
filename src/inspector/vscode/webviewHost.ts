import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ThreadRef } from '../../chatkit/common/refs.ts';
import { threadLabel } from '../../threads/common/summary/threadLabel.ts';
import { Disposables } from '../../base/vscode/disposables.ts';
import {
  inspectorRequests,
  type InspectorHost,
  type InspectorWebview,
  type InspectorState,
} from '../common/protocol.ts';
import type { ImagePolicy } from '../../chatkit/common/imagePolicy.ts';
import type { ExportViewRequest } from '../../export/common/exportRequests.ts';
import { noThread, type ExportView } from '../../export/common/exportView.ts';
import { Rpc } from '../../base/common/rpc.ts';
import type { Services } from '../../connections/vscode/services.ts';
import { isNewThread } from '../../conversation/vscode/newThread.ts';
import type { Conversation } from '../../conversation/vscode/conversation.ts';
import type { ThreadLog } from '../../eventLog/vscode/threadLog.ts';
import { createHandlers } from './handlers.ts';
import { webviewHtml, webviewRoot } from '../../base/vscode/webview/webviewHtml.ts';
import { imagePolicy } from '../../widgets/vscode/images.ts';
import { missingState } from './missingState.ts';
import { ThreadController } from './threadController.ts';
import type { InspectorTarget } from './target.ts';

export interface WebviewHostOptions {
  readonly services: Services;
  readonly webview: vscode.Webview;
  /** The thread to begin with. */
  readonly ref: ThreadRef;
  readonly preview: boolean;
  /** An item to show at first. */
  readonly reveal: string | null;
  /** Where a thread comes from now; null when that is not there: a connection removed, a sandbox closed. */
  readonly find: (ref: ThreadRef) => InspectorTarget | null;
  /** The conversation with a thread; null where nothing can be said. */
  readonly talk: (ref: ThreadRef) => Conversation | null;
  /** What streamed in a thread; null where nothing can. */
  readonly log: (ref: ThreadRef) => ThreadLog | null;
  /** What the thread is called, and whether it was deleted. */
  readonly onLabel: (label: string, deleted: boolean) => void;
  /** A preview is to stay. */
  readonly onPin: () => void;
  /** The exported file whose threads are shown, where it is one. */
  readonly file?: FilePage;
}

/** What a page needs of an exported file. */
export interface FilePage {
  /** `choosing`: with the threads to choose from. */
  view(choosing: boolean): ExportView;
  has(threadId: string): boolean;
  reopenAsText(): unknown;
}

/** The host's side of one inspector page, whatever it stands in: a panel, or the editor of an exported file. */
export class WebviewHost implements vscode.Disposable {
  readonly #options: WebviewHostOptions;
  readonly #disposables = new Disposables();
  readonly #rpc: Rpc<InspectorHost, InspectorWebview>;
  #ref: ThreadRef;
  #preview: boolean;
  #reveal: string | null;
  #label = '';
  #session: ThreadController | null = null;
  /** A page has asked for its state and is there to be told of changes. */
  #ready = false;
  /** A page has asked for its state before. */
  #begun = false;

  constructor(options: WebviewHostOptions) {
    const { services, webview, ref, preview, reveal } = options;
    const { extensionUri } = services.context;
    this.#options = options;
    this.#ref = ref;
    this.#preview = preview;
    this.#reveal = reveal;
    this.#rpc = new Rpc<InspectorHost, InspectorWebview>({
      post: (message) => void webview.postMessage(message),
      parse: (method, params) => inspectorRequests[method].parse(params) as never,
      onError: (method, error) => services.log.warn(`Inspector: ${method} failed: ${String(error)}`),
      handlers: createHandlers({
        services,
        session: (threadId) => (threadId === this.#ref.threadId ? this.#session : null),
        page: {
          state: (shownBefore) => this.#firstState(shownBefore),
          pin: () => this.pin(),
          file: (request) => this.#onFile(request),
        },
      }),
    });
    webview.options = { enableScripts: true, localResourceRoots: [webviewRoot(extensionUri)] };
    this.#disposables.push(
      webview.onDidReceiveMessage((message: unknown) => this.#rpc.receive(message)),
      services.settings.onDidChange((ids) => {
        if (ids.includes('chatkit.inspector.remoteImages')) this.#tellSettings();
      }),
    );
    this.#begin();
    webview.html = webviewHtml(webview, extensionUri, this.#label, { ...ref, preview });
  }

  get ref(): ThreadRef {
    return this.#ref;
  }

  get isPreview(): boolean {
    return this.#preview;
  }

  /** Shows another thread in the same page, which is told and not loaded again. */
  show(ref: ThreadRef, itemId: string | undefined): void {
    this.#ref = ref;
    this.#reveal = itemId ?? null;
    this.#begin();
    if (this.#ready) this.#showState();
  }

  reveal(itemId: string): void {
    if (this.#session === null || !this.#ready) this.#reveal = itemId;
    else this.#session.reveal(itemId);
  }

  /** From now on the page keeps its thread. */
  pin(): void {
    if (!this.#preview) return;
    this.#preview = false;
    this.#tellSettings();
    this.#options.onPin();
  }

  /** Puts the cursor into the find field. */
  find(): void {
    this.#rpc.notify('find', { open: true });
  }

  follow(on: boolean): void {
    this.#session?.follow(on);
  }

  /** What was said in the thread, and is being answered. */
  get talk(): Conversation | null {
    return this.#session === null ? null : this.#options.talk(this.#ref);
  }

  setVisible(visible: boolean): void {
    if (visible) {
      this.#session?.unhide();
    } else {
      // Hidden pages are thrown away; the next one asks for everything anew.
      this.#ready = false;
      this.#session?.hide();
    }
  }

  /**
   * The thread's source is another one now, or gone, or there again. What the page shows stays until the new one has
   * something to show.
   */
  reconnect(): void {
    const following = this.#session !== null && this.#session.following !== 'off';
    this.#session?.dispose();
    const session = this.#createSession();
    this.#session = session;
    if (session === null) {
      if (this.#ready) this.#rpc.notify('activity', missingState(this.#ref, this.#options.services).activity);
      return;
    }
    void session.open().then(() => {
      if (this.#session !== session) return;
      if (following) session.follow(true);
      if (!this.#ready) return;
      if (session.isLoaded) this.#showState();
      else this.#rpc.notify('activity', session.activity);
    });
  }

  dispose(): void {
    this.#session?.dispose();
    this.#rpc.dispose();
    this.#disposables.dispose();
  }

  /** Answers a page that has begun. Of a file it goes on with the thread that was shown before the editor was closed. */
  #firstState(shownBefore: string | undefined): InspectorState {
    const { file } = this.#options;
    const isFresh = !this.#begun && this.#ref.threadId === noThread;
    this.#begun = true;
    if (isFresh && shownBefore !== undefined && file?.has(shownBefore) === true) {
      this.#ref = { ...this.#ref, threadId: shownBefore };
      this.#begin();
    }
    return this.#state();
  }

  #state(): InspectorState {
    this.#ready = true;
    this.#rpc.restart();
    const reveal = this.#reveal;
    this.#reveal = null;
    const state = this.#session?.state(reveal) ?? missingState(this.#ref, this.#options.services);
    const file = this.#options.file?.view(this.#session === null);
    // The answer travels first: it is posted within this turn, what follows in a later one.
    setImmediate(() => this.#session?.drawn());
    return file === undefined ? state : { ...state, file };
  }

  #onFile(request: ExportViewRequest): unknown {
    const { file } = this.#options;
    if (request.do === 'reopenAsText') return file?.reopenAsText();
    if (file === undefined) return undefined;
    const threadId = file.has(request.threadId) ? request.threadId : noThread;
    return this.show({ ...this.#ref, threadId }, undefined);
  }

  #showState(): void {
    this.#rpc.notify('show', this.#state());
  }

  /** Takes up the thread of `#ref`, from wherever it comes now. */
  #begin(): void {
    this.#session?.dispose();
    this.#session = this.#createSession();
    this.#updateLabel();
    void this.#session?.open();
  }

  #createSession(): ThreadController | null {
    const target = this.#options.find(this.#ref);
    if (target === null) return null;
    return new ThreadController({
      services: this.#options.services,
      target,
      page: this.#rpc,
      isPreview: () => this.#preview,
      onThreadChanged: () => this.#updateLabel(),
      talk: this.#options.talk(target.ref),
      log: this.#options.log(target.ref),
      onCreated: (threadId) => this.show({ ...target.ref, threadId }, undefined),
    });
  }

  #updateLabel(): void {
    const deleted = this.#session?.deleted === true;
    // A deleted thread keeps the name it had.
    if (!deleted) {
      const thread = this.#session?.thread ?? { id: this.#ref.threadId, title: null };
      this.#label = isNewThread(thread.id) ? l10n.t('New Thread') : threadLabel(thread, this.#session?.firstUserText);
    }
    this.#options.onLabel(this.#label, deleted);
  }

  #tellSettings(): void {
    if (!this.#ready) return;
    this.#rpc.notify('settings', { images: this.#images, preview: this.#preview });
  }

  get #images(): ImagePolicy {
    const setting = this.#options.services.settings.get('chatkit.inspector.remoteImages');
    return this.#session?.imagePolicy ?? imagePolicy(setting, false);
  }
}
