import * as vscode from 'vscode';
import * as l10n from '@vscode/l10n';
import { onDispose } from './disposables.ts';

/** Loads the main bundle, once. Resolves when every lazy provider has its implementation. */
export type LoadMain = () => Promise<unknown>;

/** A provider that is registered at activation. Its implementation is loaded on first use. */
export class LazyProvider<T> {
  readonly #loadMain: LoadMain;
  #provider: T | undefined;

  constructor(loadMain: LoadMain) {
    this.#loadMain = loadMain;
  }

  setProvider(provider: T): vscode.Disposable {
    this.#provider = provider;
    return onDispose(() => (this.#provider = undefined));
  }

  /** Loads the main bundle if necessary. Rejects while the extension is being deactivated. */
  async get(): Promise<T> {
    if (this.#provider === undefined) await this.#loadMain();
    return this.loaded();
  }

  /** Returns the implementation, for callers that have received something from it. Throws while the extension is being deactivated. */
  loaded(): T {
    if (this.#provider === undefined) throw new Error('ChatKit Inspector has been deactivated.');
    return this.#provider;
  }
}

interface Manifest {
  readonly contributes: { readonly commands: readonly { readonly command: string }[] };
}

/**
 * Registers a placeholder for every contributed command. The first run loads the main bundle, which disposes the
 * placeholders and registers the commands, and then runs the command again.
 */
export function registerLazyCommands(extension: vscode.Extension<unknown>, loadMain: LoadMain): vscode.Disposable {
  const { contributes } = extension.packageJSON as Manifest;
  return vscode.Disposable.from(
    ...contributes.commands.map(({ command }) =>
      vscode.commands.registerCommand(command, async (...args: readonly unknown[]): Promise<unknown> => {
        await loadMain();
        return vscode.commands.executeCommand(command, ...args);
      }),
    ),
  );
}

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

type Options<T> = Pick<vscode.TreeViewOptions<T>, 'canSelectMany' | 'showCollapseAll'>;

/** A tree view that is created at activation. Its rows are provided when it becomes visible. */
export class LazyTreeProvider<T> implements vscode.TreeDataProvider<T>, vscode.Disposable {
  readonly view: vscode.TreeView<T>;
  readonly #provider: LazyProvider<vscode.TreeDataProvider<T>>;
  readonly #changed = new vscode.EventEmitter<T | T[] | undefined | null | void>();
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(viewId: string, options: Options<T>, loadMain: LoadMain) {
    this.#provider = new LazyProvider(loadMain);
    this.view = vscode.window.createTreeView(viewId, { treeDataProvider: this, ...options });
  }

  setProvider(provider: vscode.TreeDataProvider<T>): vscode.Disposable {
    const changes = provider.onDidChangeTreeData?.((elements) => this.#changed.fire(elements));
    return vscode.Disposable.from(this.#provider.setProvider(provider), ...(changes === undefined ? [] : [changes]));
  }

  async getChildren(element?: T): Promise<T[] | null | undefined> {
    return (await this.#provider.get()).getChildren(element);
  }

  // An element exists only after the provider was loaded, so these methods are synchronous: VS Code calls them once per row.

  getTreeItem(element: T): vscode.TreeItem | Thenable<vscode.TreeItem> {
    return this.#provider.loaded().getTreeItem(element);
  }

  getParent(element: T): vscode.ProviderResult<T> {
    return this.#provider.loaded().getParent?.(element);
  }

  resolveTreeItem(
    item: vscode.TreeItem,
    element: T,
    token: vscode.CancellationToken,
  ): vscode.ProviderResult<vscode.TreeItem> {
    return this.#provider.loaded().resolveTreeItem?.(item, element, token);
  }

  dispose(): void {
    this.view.dispose();
    this.#changed.dispose();
  }
}
