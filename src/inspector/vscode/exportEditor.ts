import * as vscode from 'vscode';
import { threadsExtension } from '../../export/common/format.ts';
import type { ThreadRef } from '../../chatkit/common/model/thread.ts';
import { Disposables } from '../../base/vscode/disposables.ts';
import { runEditorCommand } from '../../chatkit/vscode/commands.ts';
import { noThread } from '../../export/common/exportView.ts';
import type { Services } from '../../connections/vscode/services.ts';
import {
  ExportDocument,
  closeContent,
  nameOf,
  openContent,
  originOfExport,
  toExportView,
} from '../../export/vscode/exportContent.ts';
import { SourceError } from '../../chatkit/common/errors.ts';
import type { ThreadStore } from '../../chatkit/common/store/types.ts';
import type { LazyProvider } from '../../base/vscode/lazyProviders.ts';
import type { ThreadFiles } from '../../threads/vscode/documents/threadDocuments.ts';
import { WebviewHost } from './webviewHost.ts';
import type { InspectorTarget } from './target.ts';

/** The exported files that are open in this window. */
export interface ExportEditors extends ThreadFiles, vscode.Disposable {
  /** Returns the thread of the active editor; its connection id is the address of the file. */
  activeThread(): ThreadRef | undefined;
  /** Focuses the find field of the active editor, if any. */
  find(): void;
}

/** Opens `*.chatkit.json` and `*.chatkit.jsonl` in the inspector, without a connection and without the network. */
export function registerExportEditors(
  services: Services,
  registration: LazyProvider<vscode.CustomReadonlyEditorProvider>,
): ExportEditors {
  const documents = new ExportedDocuments(services);
  const provider: vscode.CustomReadonlyEditorProvider<ExportDocument> = {
    openCustomDocument: (uri) => documents.open(uri),
    resolveCustomEditor: (document, panel) => documents.show(document, panel),
  };
  const registered = registration.setProvider(provider);
  return {
    isFile: (connectionId) => /^[\w-]+:\/.*\.chatkit\.jsonl?$/.test(connectionId),
    withStore: (address, action) => documents.withStore(address, action),
    activeThread: () => documents.active?.thread,
    find: () => documents.active?.find(),
    dispose: () => registered.dispose(),
  };
}

/** The exported files that are open in this window, with their editors. */
class ExportedDocuments {
  readonly #services: Services;
  readonly #open = new Set<ExportDocument>();
  #active: ExportEditor | undefined;

  constructor(services: Services) {
    this.#services = services;
  }

  /** The active editor, if any. */
  get active(): ExportEditor | undefined {
    return this.#active;
  }

  async open(uri: vscode.Uri): Promise<ExportDocument> {
    const document = await ExportDocument.open(uri, this.#pageSize);
    this.#open.add(document);
    document.onDidDispose(() => this.#open.delete(document));
    return document;
  }

  show(document: ExportDocument, panel: vscode.WebviewPanel): void {
    const editor = new ExportEditor(this.#services, document, panel);
    const update = () => {
      if (panel.active) this.#active = editor;
      else if (this.#active === editor) this.#active = undefined;
    };
    update();
    const changed = panel.onDidChangeViewState(update);
    panel.onDidDispose(() => {
      if (this.#active === editor) this.#active = undefined;
      changed.dispose();
      editor.dispose();
    });
  }

  /**
   * Runs `action` with the store of a file. A file that no editor shows is opened for the duration of `action`.
   * @throws `SourceError` kind `invalidResponse` for a file that cannot be read.
   */
  async withStore<T>(address: string, action: (store: ThreadStore) => Promise<T>): Promise<T> {
    const shown = [...this.#open].find(({ uri }) => uri.toString() === address)?.content;
    const content = shown ?? (await openContent(vscode.Uri.parse(address, true), this.#pageSize));
    if (content.type === 'invalid') throw new SourceError('invalidResponse', content.reason, { nextStep: 'none' });
    try {
      return await action(content.store);
    } finally {
      if (shown === undefined) await closeContent(content);
    }
  }

  readonly #pageSize = (): number => this.#services.settings.get('chatkit.pageSize');
}

/** An editor of an exported file: the inspector's webview with a read-only source. */
class ExportEditor implements vscode.Disposable {
  readonly #document: ExportDocument;
  readonly #host: WebviewHost;
  readonly #disposables = new Disposables();

  constructor(services: Services, document: ExportDocument, panel: vscode.WebviewPanel) {
    this.#document = document;
    const name = nameOf(document.uri);
    this.#host = new WebviewHost({
      services,
      webview: panel.webview,
      ref: { connectionId: document.uri.toString(), threadId: this.#onlyThread() ?? noThread },
      preview: false,
      reveal: null,
      findConversation: () => null,
      findLog: () => null,
      findTarget: (ref) => this.#find(ref),
      onLabel: () => undefined,
      onPin: () => undefined,
      file: {
        view: (choosing) => toExportView(document.content, name, choosing),
        has: (threadId) => this.#has(threadId),
        reopenAsText: async () => {
          // The command applies to the active editor.
          panel.reveal();
          await runEditorCommand('workbench.action.reopenTextEditor');
        },
      },
    });
    this.#disposables.push(
      this.#host,
      document.onDidChange(() => this.#showNewContent()),
      panel.onDidChangeViewState(() => this.#host.setVisible(panel.visible)),
    );
  }

  /** The shown thread; undefined while the list of threads is shown. */
  get thread(): ThreadRef | undefined {
    const { ref } = this.#host;
    return ref.threadId === noThread ? undefined : ref;
  }

  find(): void {
    this.#host.find();
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #find(ref: ThreadRef): InspectorTarget | null {
    const { content } = this.#document;
    if (content.type !== 'open' || !this.#has(ref.threadId)) return null;
    return { ref, store: content.store, sourceName: originOfExport(content.file.header) };
  }

  #has(threadId: string): boolean {
    const { content } = this.#document;
    return content.type === 'open' && content.file.threads.some(({ thread }) => thread.id === threadId);
  }

  /** Returns the thread of a single-thread file; undefined for a multi-thread file, which shows a list even for one thread. */
  #onlyThread(): string | undefined {
    const { content, uri } = this.#document;
    if (content.type !== 'open' || uri.path.endsWith(threadsExtension)) return undefined;
    return content.file.threads[0]?.thread.id;
  }

  /** Shows the file's new content. Keeps the selected thread if the file still contains it. */
  #showNewContent(): void {
    if (this.#has(this.#host.ref.threadId)) return this.#host.reconnect();
    const connectionId = this.#document.uri.toString();
    this.#host.show({ connectionId, threadId: this.#onlyThread() ?? noThread }, undefined);
  }
}
