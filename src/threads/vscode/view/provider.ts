import type * as vscode from 'vscode';
import type { ThreadsNode } from '../model/nodes.ts';
import { connectionRow, connectionTooltip } from '../rows/connectionRow.ts';
import type { RowContext } from '../rows/rowContext.ts';
import { groupRow } from '../rows/groupRow.ts';
import { itemRow, itemTooltip } from '../rows/itemRow.ts';
import { loadMoreRow } from '../rows/loadMoreRow.ts';
import { messageRow, messageTooltip } from '../rows/messageRow.ts';
import { RenderedThreadRows, threadTooltip } from '../rows/threadRow.ts';

/** Delay in ms, after which the rows are rendered and the network bundle is preloaded for the first request. */
const preloadDelayMs = 400;

/** Provides the rows of the model to the editor. Tooltips are created on demand. */
export class ThreadsProvider implements vscode.TreeDataProvider<ThreadsNode> {
  readonly #context: RowContext;
  readonly #threads = new RenderedThreadRows();
  readonly onDidChangeTreeData: vscode.Event<ThreadsNode[] | undefined>;

  constructor(context: RowContext) {
    this.#context = context;
    this.onDidChangeTreeData = context.model.onDidChange;
  }

  getTreeItem(node: ThreadsNode): vscode.TreeItem {
    switch (node.type) {
      case 'connection':
        return connectionRow(node, this.#context);
      case 'group':
        return groupRow(node, this.#context);
      case 'thread':
        return this.#threads.row(node, this.#context);
      case 'item':
        return itemRow(node, this.#context);
      case 'loadMore':
        return loadMoreRow(node, this.#context);
      case 'message':
        return messageRow(node, this.#context);
    }
  }

  async getChildren(node?: ThreadsNode): Promise<ThreadsNode[]> {
    const { model } = this.#context;
    const rows = [...(await model.children(node))];
    if (node === undefined) setTimeout(() => model.connections.prepare(), preloadDelayMs);
    return rows;
  }

  getParent(node: ThreadsNode): ThreadsNode | undefined {
    return this.#context.model.parent(node);
  }

  async resolveTreeItem(row: vscode.TreeItem, node: ThreadsNode): Promise<vscode.TreeItem> {
    // Returns a copy, because the row is cached and its tooltip would become outdated.
    return { ...row, tooltip: await this.#tooltip(node) };
  }

  async #tooltip(node: ThreadsNode): Promise<vscode.MarkdownString | undefined> {
    switch (node.type) {
      case 'connection':
        return connectionTooltip(node, this.#context);
      case 'thread':
        return threadTooltip(node, this.#context);
      case 'item':
        return itemTooltip(node, this.#context);
      case 'message':
        return messageTooltip(node, this.#context);
      default:
        return undefined;
    }
  }
}
