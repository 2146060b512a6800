import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { LazyProvider, type LoadMain } from './lazyProvider.ts';

/** The part of a file system provider that a read-only scheme needs. */
export type ReadOnlyFiles = Pick<vscode.FileSystemProvider, 'onDidChangeFile' | 'stat' | 'readFile'>;

/** Files that can be changed and watched, but not created, renamed or deleted. */
type EditableFiles = ReadOnlyFiles & Pick<vscode.FileSystemProvider, 'writeFile' | 'watch'>;

/** A file system that is registered at activation. Its files are provided when one is opened. */
export class LazyFileSystemProvider implements vscode.FileSystemProvider, vscode.Disposable {
  readonly #files: LazyProvider<ReadOnlyFiles & Partial<EditableFiles>>;
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly #registered: vscode.Disposable;
  readonly onDidChangeFile = this.#changed.event;

  constructor(scheme: string, loadMain: LoadMain, { isReadonly = true }: { readonly isReadonly?: boolean } = {}) {
    this.#files = new LazyProvider(loadMain);
    this.#registered = vscode.workspace.registerFileSystemProvider(scheme, this, {
      isReadonly,
      isCaseSensitive: true,
    });
  }

  setProvider(files: ReadOnlyFiles & Partial<EditableFiles>): vscode.Disposable {
    const changes = files.onDidChangeFile((events) => this.#changed.fire(events));
    return vscode.Disposable.from(this.#files.setProvider(files), changes);
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    return (await this.#files.get()).stat(uri);
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    return (await this.#files.get()).readFile(uri);
  }

  /** The editor watches a file that it has read, so the implementation is usually loaded. */
  watch(uri: vscode.Uri, options: Parameters<vscode.FileSystemProvider['watch']>[1]): vscode.Disposable {
    let watched: vscode.Disposable | undefined;
    let isOver = false;
    void this.#files.get().then((files) => {
      if (!isOver) watched = files.watch?.(uri, options);
    });
    return new vscode.Disposable(() => {
      isOver = true;
      watched?.dispose();
    });
  }

  readDirectory(): [string, vscode.FileType][] {
    return [];
  }

  createDirectory(): never {
    throw readOnly();
  }

  async writeFile(
    uri: vscode.Uri,
    content: Uint8Array,
    options: Parameters<vscode.FileSystemProvider['writeFile']>[2],
  ): Promise<void> {
    const files = await this.#files.get();
    if (files.writeFile === undefined) throw readOnly();
    await files.writeFile(uri, content, options);
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
