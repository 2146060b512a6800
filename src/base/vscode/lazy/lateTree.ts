import * as vscode from 'vscode';
import { Late, type Load } from './late.ts';

type Options<T> = Pick<vscode.TreeViewOptions<T>, 'canSelectMany' | 'showCollapseAll'>;

/** A tree view that stands from activation on; its rows are provided when somebody sees it. */
export class LateTree<T> implements vscode.TreeDataProvider<T>, vscode.Disposable {
  readonly view: vscode.TreeView<T>;
  readonly #provider: Late<vscode.TreeDataProvider<T>>;
  readonly #changed = new vscode.EventEmitter<T | T[] | undefined | null | void>();
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(viewId: string, options: Options<T>, load: Load) {
    this.#provider = new Late(load);
    this.view = vscode.window.createTreeView(viewId, { treeDataProvider: this, ...options });
  }

  fill(provider: vscode.TreeDataProvider<T>): vscode.Disposable {
    const changes = provider.onDidChangeTreeData?.((elements) => this.#changed.fire(elements));
    return vscode.Disposable.from(this.#provider.fill(provider), ...(changes === undefined ? [] : [changes]));
  }

  async getChildren(element?: T): Promise<T[] | null | undefined> {
    return (await this.#provider.get()).getChildren(element);
  }

  // Rows came from the provider, so it is there: nothing is awaited for any of thousands.

  getTreeItem(element: T): vscode.TreeItem | Thenable<vscode.TreeItem> {
    return this.#provider.filled().getTreeItem(element);
  }

  getParent(element: T): vscode.ProviderResult<T> {
    return this.#provider.filled().getParent?.(element);
  }

  resolveTreeItem(
    item: vscode.TreeItem,
    element: T,
    token: vscode.CancellationToken,
  ): vscode.ProviderResult<vscode.TreeItem> {
    return this.#provider.filled().resolveTreeItem?.(item, element, token);
  }

  dispose(): void {
    this.view.dispose();
    this.#changed.dispose();
  }
}
