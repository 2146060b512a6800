import * as vscode from 'vscode';
import { Disposables } from '../../../base/vscode/disposables.ts';
import { closeContent, openContent, type ExportContent } from './exportContent.ts';

/** How long a file has to be left alone after a change before it is read anew, ms. */
const debounceMs = 300;

/** An exported file that is open, in one editor or several; read anew when it is written again. */
export class ExportDocument implements vscode.CustomDocument {
  readonly uri: vscode.Uri;
  readonly #pageSize: () => number;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #disposed = new vscode.EventEmitter<void>();
  readonly #disposables = new Disposables();
  #content: ExportContent;
  #waiting: NodeJS.Timeout | undefined;

  /** What stands in the file is other than before. */
  readonly onDidChange = this.#changed.event;
  readonly onDidDispose = this.#disposed.event;

  private constructor(uri: vscode.Uri, pageSize: () => number, content: ExportContent) {
    this.uri = uri;
    this.#pageSize = pageSize;
    this.#content = content;
    const folder = vscode.Uri.joinPath(uri, '..');
    const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
    // A name may hold signs that a pattern reads otherwise.
    const pattern = new vscode.RelativePattern(folder, name.replaceAll(/[[\]{}*?]/g, '?'));
    const watcher = vscode.workspace.createFileSystemWatcher(pattern);
    this.#disposables.push(
      this.#changed,
      this.#disposed,
      watcher,
      watcher.onDidChange(() => this.#readSoon()),
      watcher.onDidCreate(() => this.#readSoon()),
    );
  }

  static async open(uri: vscode.Uri, pageSize: () => number): Promise<ExportDocument> {
    return new ExportDocument(uri, pageSize, await openContent(uri, pageSize));
  }

  get content(): ExportContent {
    return this.#content;
  }

  dispose(): void {
    clearTimeout(this.#waiting);
    this.#disposed.fire();
    this.#disposables.dispose();
    void closeContent(this.#content);
  }

  #readSoon(): void {
    clearTimeout(this.#waiting);
    this.#waiting = setTimeout(() => void this.#read(), debounceMs);
  }

  async #read(): Promise<void> {
    const content = await openContent(this.uri, this.#pageSize);
    if (this.#disposables.isDisposed) return void closeContent(content);
    const old = this.#content;
    this.#content = content;
    this.#changed.fire();
    await closeContent(old);
  }
}
