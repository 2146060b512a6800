import * as vscode from 'vscode';
import { LazyProvider, type LoadMain } from './lazyProvider.ts';

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
