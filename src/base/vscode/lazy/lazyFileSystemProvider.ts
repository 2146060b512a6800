import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { LazyProvider, type LoadMain } from './lazyProvider.ts';

/** The part of a file system provider that a read-only scheme needs. */
export type ReadOnlyFiles = Pick<vscode.FileSystemProvider, 'onDidChangeFile' | 'stat' | 'readFile'>;

/** A read-only file system that is registered at activation. Its files are provided when one is opened. */
export class LazyFileSystemProvider implements vscode.FileSystemProvider, vscode.Disposable {
  readonly #files: LazyProvider<ReadOnlyFiles>;
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly #registered: vscode.Disposable;
  readonly onDidChangeFile = this.#changed.event;

  constructor(scheme: string, loadMain: LoadMain) {
    this.#files = new LazyProvider(loadMain);
    this.#registered = vscode.workspace.registerFileSystemProvider(scheme, this, {
      isReadonly: true,
      isCaseSensitive: true,
    });
  }

  setProvider(files: ReadOnlyFiles): vscode.Disposable {
    const changes = files.onDidChangeFile((events) => this.#changed.fire(events));
    return vscode.Disposable.from(this.#files.setProvider(files), changes);
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
  return vscode.FileSystemError.NoPermissions(l10n.t('This document is read-only.'));
}
