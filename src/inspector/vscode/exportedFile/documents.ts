import * as vscode from 'vscode';
import { SourceError } from '../../../chatkit/common/errors.ts';
import type { ThreadStore } from '../../../chatkit/common/store/types.ts';
import type { Services } from '../../../connections/vscode/services.ts';
import { closeContent, openContent } from '../../../export/vscode/reopen/exportContent.ts';
import { ExportDocument } from '../../../export/vscode/reopen/exportDocument.ts';
import { ExportedFileEditor } from './editor.ts';

/** The exported files that are open in this window, with their editors. */
export class ExportedDocuments {
  readonly #services: Services;
  readonly #open = new Set<ExportDocument>();
  #active: ExportedFileEditor | undefined;

  constructor(services: Services) {
    this.#services = services;
  }

  /** The active editor, if any. */
  get active(): ExportedFileEditor | undefined {
    return this.#active;
  }

  async open(uri: vscode.Uri): Promise<ExportDocument> {
    const document = await ExportDocument.open(uri, this.#pageSize);
    this.#open.add(document);
    document.onDidDispose(() => this.#open.delete(document));
    return document;
  }

  show(document: ExportDocument, panel: vscode.WebviewPanel): void {
    const editor = new ExportedFileEditor(this.#services, document, panel);
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
