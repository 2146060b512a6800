import * as vscode from 'vscode';
import { Late, type Load } from './late.ts';

/** What is read of a scheme whose files cannot be written. */
export type ReadOnlyFiles = Pick<vscode.FileSystemProvider, 'onDidChangeFile' | 'stat' | 'readFile'>;

/** The files of a scheme of ours, from activation on; they are read when somebody opens one. */
export class LateFiles implements vscode.FileSystemProvider, vscode.Disposable {
  readonly #files: Late<ReadOnlyFiles>;
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly #registered: vscode.Disposable;
  readonly onDidChangeFile = this.#changed.event;

  constructor(scheme: string, load: Load) {
    this.#files = new Late(load);
    this.#registered = vscode.workspace.registerFileSystemProvider(scheme, this, {
      isReadonly: true,
      isCaseSensitive: true,
    });
  }

  fill(files: ReadOnlyFiles): vscode.Disposable {
    const changes = files.onDidChangeFile((events) => this.#changed.fire(events));
    return vscode.Disposable.from(this.#files.fill(files), changes);
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    return (await this.#files.get()).stat(uri);
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    return (await this.#files.get()).readFile(uri);
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  readDirectory(): [string, vscode.FileType][] {
    return [];
  }

  createDirectory(): never {
    throw readOnly();
  }

  writeFile(): never {
    throw readOnly();
  }

  delete(): never {
    throw readOnly();
  }

  rename(): never {
    throw readOnly();
  }

  dispose(): void {
    this.#registered.dispose();
    this.#changed.dispose();
  }
}

function readOnly(): vscode.FileSystemError {
  return vscode.FileSystemError.NoPermissions(vscode.l10n.t('This document is read-only.'));
}
