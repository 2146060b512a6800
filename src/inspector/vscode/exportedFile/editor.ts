import type * as vscode from 'vscode';
import { threadsExtension } from '../../../export/common/format.ts';
import type { ThreadRef } from '../../../chatkit/common/refs.ts';
import { Disposables } from '../../../base/vscode/disposables.ts';
import { runEditorCommand } from '../../../chatkit/vscode/commands.ts';
import { noThread } from '../../../export/common/exportView.ts';
import { WebviewHost } from '../webviewHost.ts';
import type { InspectorTarget } from '../target.ts';
import type { Services } from '../../../connections/vscode/services.ts';
import { nameOf, originOfExport, toExportView } from '../../../export/vscode/reopen/exportContent.ts';
import type { ExportDocument } from '../../../export/vscode/reopen/exportDocument.ts';

/** An editor of an exported file: the inspector's page with a read-only source. */
export class ExportedFileEditor implements vscode.Disposable {
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
