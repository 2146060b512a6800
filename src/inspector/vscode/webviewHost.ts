import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ThreadRef } from '../../chatkit/common/model/thread.ts';
import { readOnlyCapabilities } from '../../chatkit/common/threadSource.ts';
import { noEventLog } from '../../eventLog/common/protocol.ts';
import {
  type InspectorHost,
  type InspectorState,
  type InspectorWebview,
  inspectorRequests,
} from '../common/protocol.ts';
import type { Services } from '../../connections/vscode/services.ts';
import { imagePolicy } from '../../widgets/vscode/remoteImages.ts';
import type { ThreadItem } from '../../chatkit/common/model/item.ts';
import type { CompareSelection } from '../../threads/vscode/compare/selection.ts';
import { threadLabel } from '../../threads/common/summary/itemSummary.ts';
import { Disposables } from '../../base/vscode/disposables.ts';
import { type ProtocolProblemsView, protocolProblemsView } from '../common/protocolProblems.ts';
import type { ImagePolicy } from '../../chatkit/common/connection.ts';
import type { ExportViewRequest } from '../../export/common/exportRequests.ts';
import { type ExportView, noThread } from '../../export/common/exportView.ts';
import { Rpc } from '../../base/common/rpc.ts';
import { type Conversation, isNewThread } from '../../conversation/vscode/conversation.ts';
import type { ThreadLog } from '../../eventLog/vscode/threadLog.ts';
import { postTo, webviewHtml, webviewRoot } from '../../base/vscode/webviewHtml.ts';
import { createHandlers } from './handlers.ts';
import { ThreadController } from './threadController.ts';
import type { InspectorTarget } from './target.ts';

interface WebviewHostOptions {
  readonly services: Services;
  readonly webview: vscode.Webview;
  /** The first thread to show. */
  readonly ref: ThreadRef;
  readonly preview: boolean;
  /** An item to scroll to initially. */
  readonly reveal: string | null;
  /** Returns the current source of a thread; null if it does not exist (connection removed, sandbox stopped). */
  readonly findTarget: (ref: ThreadRef) => InspectorTarget | null;
  /** Returns the conversation of a thread; null if the source does not accept messages. */
  readonly findConversation: (ref: ThreadRef) => Conversation | null;
  /** Returns the event log of a thread; null if the source cannot stream. */
  readonly findLog: (ref: ThreadRef) => ThreadLog | null;
  /** Called with the thread's label and whether it was deleted. */
  readonly onLabel: (label: string, deleted: boolean) => void;
  /** Called when a preview was pinned. */
  readonly onPin: () => void;
  /** Called when the user turned *Send Again on Save* on or off. */
  readonly onSendAgain?: (ref: ThreadRef, on: boolean) => void;
  /** Shows the latest change of a widget; absent for a source without conversations. */
  readonly onCompareWidget?: (ref: ThreadRef, item: ThreadItem) => Promise<void>;
  /** The thread selected for comparison; absent for a source without a connection. */
  readonly compared?: CompareSelection;
  /** The exported file that contains the thread, if any. */
  readonly file?: ExportViewOptions;
}

/** The exported file as the webview shows it. */
interface ExportViewOptions {
  /** `choosing`: include the list of threads. */
  view(choosing: boolean): ExportView;
  has(threadId: string): boolean;
  reopenAsText(): unknown;
}

/** The host's side of one inspector webview, in a panel or in the editor of an exported file. */
export class WebviewHost implements vscode.Disposable {
  readonly #options: WebviewHostOptions;
  readonly #disposables = new Disposables();
  readonly #rpc: Rpc<InspectorHost, InspectorWebview>;
  #ref: ThreadRef;
  #preview: boolean;
  #reveal: string | null;
  #label = '';
  #controller: ThreadController | null = null;
  /** The webview has requested its state and receives changes. */
  #ready = false;
  /** A webview has requested its state before. */
  #hadState = false;

  constructor(options: WebviewHostOptions) {
    const { services, webview, ref, preview, reveal } = options;
    const { extensionUri } = services.context;
    this.#options = options;
    this.#ref = ref;
    this.#preview = preview;
    this.#reveal = reveal;
    this.#rpc = new Rpc<InspectorHost, InspectorWebview>({
      post: postTo(webview),
      parse: (method, params) => inspectorRequests[method].parse(params) as never,
      onError: (method, error) => services.log.warn(`Inspector: ${method} failed: ${String(error)}`),
      handlers: createHandlers({
        services,
        controllerOf: (threadId) => (threadId === this.#ref.threadId ? this.#controller : null),
        webview: {
          state: (previousThreadId) => this.#firstState(previousThreadId),
          pin: () => this.pin(),
          file: (request) => this.#onFile(request),
          compareWidget: async (item) => this.#options.onCompareWidget?.(this.#ref, item),
          sendAgain: (on) => this.#options.onSendAgain?.(this.#ref, on),
        },
      }),
    });
    webview.options = { enableScripts: true, localResourceRoots: [webviewRoot(extensionUri)] };
    this.#disposables.push(
      webview.onDidReceiveMessage((message: unknown) => this.#rpc.receive(message)),
      services.settings.onDidChange((ids) => {
        if (ids.some((id) => id.startsWith('chatkit.inspector.'))) this.#sendSettings();
      }),
      services.problems.onDidChange((ids) => {
        const problems = ids.includes(this.#ref.connectionId) ? this.#protocolProblems : null;
        if (this.#ready && problems !== null) this.#rpc.notify('protocolProblems', problems);
      }),
    );
    if (options.compared) this.#disposables.push(options.compared.onDidChange(() => this.#sendSettings()));
    this.#connect();
    webview.html = webviewHtml(webview, extensionUri, this.#label, { ...ref, preview });
  }

  get ref(): ThreadRef {
    return this.#ref;
  }

  get isPreview(): boolean {
    return this.#preview;
  }

  /** Shows another thread in the same webview, without reloading it. */
  show(ref: ThreadRef, itemId: string | undefined): void {
    this.#ref = ref;
    this.#reveal = itemId ?? null;
    this.#connect();
    if (this.#ready) this.#showState();
  }

  reveal(itemId: string): void {
    if (this.#controller === null || !this.#ready) this.#reveal = itemId;
    else this.#controller.reveal(itemId);
  }

  /** Turns a preview into a permanent panel. */
  pin(): void {
    if (!this.#preview) return;
    this.#preview = false;
    this.#sendSettings();
    this.#options.onPin();
  }

  /** Focuses the find field. */
  find(): void {
    this.#rpc.notify('find', { open: true });
  }

  follow(on: boolean): void {
    this.#controller?.follow(on);
  }

  /** The conversation of the current thread; null if there is none. */
  get conversation(): Conversation | null {
    return this.#controller === null ? null : this.#options.findConversation(this.#ref);
  }

  setVisible(visible: boolean): void {
    if (visible) {
      this.#controller?.unhide();
    } else {
      // A hidden webview is discarded; the next one requests the whole state.
      this.#ready = false;
      this.#controller?.hide();
    }
  }

  /**
   * Connects to the thread's source again after it was changed, removed or added. The webview keeps its content until
   * the new source has loaded.
   */
  reconnect(): void {
    const following = this.#controller !== null && this.#controller.following !== 'off';
    this.#controller?.dispose();
    const controller = this.#createController();
    this.#controller = controller;
    if (controller === null) {
      if (this.#ready) this.#rpc.notify('activity', missingState(this.#ref, this.#options.services).activity);
      return;
    }
    void controller.open().then(() => {
      if (this.#controller !== controller) return;
      if (following) controller.follow(true);
      if (!this.#ready) return;
      if (controller.isLoaded) this.#showState();
      else this.#rpc.notify('activity', controller.activity);
    });
  }

  dispose(): void {
    this.#controller?.dispose();
    this.#rpc.dispose();
    this.#disposables.dispose();
  }

  /**
   * Returns the first state of a webview. For an exported file, selects the thread that was shown before the reload.
   */
  #firstState(previousThreadId: string | undefined): InspectorState {
    const { file } = this.#options;
    const isFresh = !this.#hadState && this.#ref.threadId === noThread;
    this.#hadState = true;
    if (isFresh && previousThreadId !== undefined && file?.has(previousThreadId) === true) {
      this.#ref = { ...this.#ref, threadId: previousThreadId };
      this.#connect();
    }
    return this.#state();
  }

  #state(): InspectorState {
    this.#ready = true;
    this.#rpc.restart();
    const reveal = this.#reveal;
    this.#reveal = null;
    const state = this.#controller?.state(reveal) ?? missingState(this.#ref, this.#options.services);
    const file = this.#options.file?.view(this.#controller === null);
    // The reply is posted in this turn of the event loop; everything that follows must be posted after it.
    setImmediate(() => this.#controller?.onRendered());
    const protocolProblems = this.#protocolProblems;
    return {
      ...state,
      canCompare: this.#canCompare,
      ...(file === undefined ? {} : { file }),
      ...(protocolProblems === null ? {} : { protocolProblems }),
    };
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

  /** Connects to the thread `#ref`. */
  #connect(): void {
    this.#controller?.dispose();
    this.#controller = this.#createController();
    this.#updateLabel();
    void this.#controller?.open();
  }

  #createController(): ThreadController | null {
    const target = this.#options.findTarget(this.#ref);
    if (target === null) return null;
    return new ThreadController({
      services: this.#options.services,
      target,
      webview: this.#rpc,
      isPreview: () => this.#preview,
      onThreadChanged: () => this.#updateLabel(),
      conversation: this.#options.findConversation(target.ref),
      log: this.#options.findLog(target.ref),
      onCreated: (threadId) => this.show({ ...target.ref, threadId }, undefined),
    });
  }

  #updateLabel(): void {
    const deleted = this.#controller?.deleted === true;
    // A deleted thread keeps its label.
    if (!deleted) {
      const thread = this.#controller?.thread ?? { id: this.#ref.threadId, title: null };
      this.#label = isNewThread(thread.id)
        ? l10n.t('New Thread')
        : threadLabel(thread, this.#controller?.firstUserText);
    }
    this.#options.onLabel(this.#label, deleted);
  }

  #sendSettings(): void {
    if (!this.#ready) return;
    this.#rpc.notify('settings', {
      images: this.#images,
      allFormulas: this.#options.services.settings.get('chatkit.inspector.allFormulas'),
      preview: this.#preview,
      canCompare: this.#canCompare,
    });
  }

  get #canCompare(): boolean {
    return this.#options.compared?.isOther(this.#ref) === true;
  }

  /** Null for a thread of a file. */
  get #protocolProblems(): ProtocolProblemsView | null {
    const { connections, problems } = this.#options.services;
    const { connectionId, threadId } = this.#ref;
    if (connections.get(connectionId) === undefined) return null;
    return protocolProblemsView(problems.of(connectionId).problems, threadId);
  }

  get #images(): ImagePolicy {
    const setting = this.#options.services.settings.get('chatkit.inspector.remoteImages');
    return this.#controller?.imagePolicy ?? imagePolicy(setting, false);
  }
}

/** Returns the state of a webview whose connection does not exist: removed, or a stopped sandbox. */
function missingState(ref: ThreadRef, { settings }: Services): InspectorState {
  const message = l10n.t("This thread's connection no longer exists.");
  return {
    locale: vscode.env.language,
    ref,
    connectionName: ref.connectionId,
    capabilities: readOnlyCapabilities,
    live: false,
    preview: false,
    thread: null,
    layout: { windows: [], reachesStart: false, reachesEnd: false, asOf: null, stopped: null, duplicateIds: [] },
    items: [],
    activity: { loading: [], problems: [{ place: 'thread', message, detail: '', action: null }], deleted: false },
    follow: { mode: 'off' },
    images: imagePolicy(settings.get('chatkit.inspector.remoteImages'), false),
    reveal: null,
    log: noEventLog,
    conversation: null,
    isNew: false,
  };
}
