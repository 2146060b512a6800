import type * as vscode from 'vscode';
import { threadsExtension } from '../../../export/common/format.ts';
import type { ThreadRef } from '../../../chatkit/common/refs.ts';
import { Disposables } from '../../../base/vscode/disposables.ts';
import { runEditorCommand } from '../../../chatkit/vscode/commands.ts';
import { noThread } from '../../../export/common/exportView.ts';
import { WebviewHost } from '../webviewHost.ts';
import type { InspectorTarget } from '../target.ts';
import type { Services } from '../../../connections/vscode/services.ts';
import { nameOf } from '../../../export/vscode/reopen/exportContent.ts';
import type { ExportDocument } from '../../../export/vscode/reopen/exportDocument.ts';
import { toExportView } from '../../../export/vscode/reopen/exportView.ts';
import { originOfExport } from '../../../export/vscode/reopen/exportMessages.ts';

/** One editor of an exported file: the inspector's page over a source that only reads. */
export class ExportedFileEditor implements vscode.Disposable {
  readonly #document: ExportDocument;
  readonly #page: WebviewHost;
  readonly #disposables = new Disposables();

  constructor(services: Services, document: ExportDocument, panel: vscode.WebviewPanel) {
    this.#document = document;
    const name = nameOf(document.uri);
    this.#page = new WebviewHost({
      services,
      webview: panel.webview,
      ref: { connectionId: document.uri.toString(), threadId: this.#onlyThread() ?? noThread },
      preview: false,
      reveal: null,
      talk: () => null,
      log: () => null,
      find: (ref) => this.#find(ref),
      onLabel: () => undefined,
      onPin: () => undefined,
      file: {
        view: (choosing) => toExportView(document.content, name, choosing),
        has: (threadId) => this.#has(threadId),
        reopenAsText: async () => {
          // The command is about the editor in front.
          panel.reveal();
          await runEditorCommand('workbench.action.reopenTextEditor');
        },
      },
    });
    this.#disposables.push(
      this.#page,
      document.onDidChange(() => this.#reread()),
      panel.onDidChangeViewState(() => this.#page.setVisible(panel.visible)),
    );
  }

  find(): void {
    this.#page.find();
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

  /** The thread of a file that is made for one; a file of many shows its list, even where it holds but one. */
  #onlyThread(): string | undefined {
    const { content, uri } = this.#document;
    if (content.type !== 'open' || uri.path.endsWith(threadsExtension)) return undefined;
    return content.file.threads[0]?.thread.id;
  }

  /** What was shown is shown again, as far as it is still there. */
  #reread(): void {
    if (this.#has(this.#page.ref.threadId)) return this.#page.reconnect();
    const connectionId = this.#document.uri.toString();
    this.#page.show({ connectionId, threadId: this.#onlyThread() ?? noThread }, undefined);
  }
}
