import * as vscode from 'vscode';
import { Disposables } from '../../../base/vscode/disposables.ts';
import { closeContent, openContent, type ExportContent } from './exportContent.ts';

/** Delay in ms after the last change of a file before it is reloaded. */
const debounceMs = 300;

/** An export that is open in one or more editors. Reloads the file when it changes. */
export class ExportDocument implements vscode.CustomDocument {
  readonly uri: vscode.Uri;
  readonly #pageSize: () => number;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #disposed = new vscode.EventEmitter<void>();
  readonly #disposables = new Disposables();
  #content: ExportContent;
  #timer: NodeJS.Timeout | undefined;

  /** The content of the file has changed. */
  readonly onDidChange = this.#changed.event;
  readonly onDidDispose = this.#disposed.event;

  private constructor(uri: vscode.Uri, pageSize: () => number, content: ExportContent) {
    this.uri = uri;
    this.#pageSize = pageSize;
    this.#content = content;
    const folder = vscode.Uri.joinPath(uri, '..');
    const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
    // Special characters of patterns in the name match any character.
    const pattern = new vscode.RelativePattern(folder, name.replaceAll(/[[\]{}*?]/g, '?'));
    const watcher = vscode.workspace.createFileSystemWatcher(pattern);
    this.#disposables.push(
      this.#changed,
      this.#disposed,
      watcher,
      watcher.onDidChange(() => this.#scheduleReload()),
      watcher.onDidCreate(() => this.#scheduleReload()),
    );
  }

  static async open(uri: vscode.Uri, pageSize: () => number): Promise<ExportDocument> {
    return new ExportDocument(uri, pageSize, await openContent(uri, pageSize));
  }

  get content(): ExportContent {
    return this.#content;
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#disposed.fire();
    this.#disposables.dispose();
    void closeContent(this.#content);
  }

  #scheduleReload(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#reload(), debounceMs);
  }

  async #reload(): Promise<void> {
    const content = await openContent(this.uri, this.#pageSize);
    if (this.#disposables.isDisposed) return void closeContent(content);
    const old = this.#content;
    this.#content = content;
    this.#changed.fire();
    await closeContent(old);
  }
}
