import * as vscode from 'vscode';
import { isSourceError } from '../../../chatkit/common/errors.ts';
import type { Thread } from '../../../chatkit/common/model/thread.ts';
import type { ThreadRef } from '../../../chatkit/common/refs.ts';
import { isFiltering } from '../../../chatkit/common/store/threadFilter.ts';
import type { StoreEvent, ThreadStore } from '../../../chatkit/common/store/types.ts';
import { threadLabel } from '../../common/summary/threadLabel.ts';
import type { Connections } from '../../../connections/vscode/types.ts';
import { ItemLoads } from './itemLoads.ts';
import { itemRows } from './itemRows.ts';
import type { ConnectionNode, ThreadNode, ThreadsNode } from './nodes.ts';
import { Redraw } from './redraw.ts';
import { RowCache } from './rowCache.ts';
import { VisibleItems } from './visibleItems.ts';
import { Stores } from './stores.ts';
import { groupOf, groupRows, matchingThreads, threadRows, type ListView } from './threadRows.ts';
import type { ViewChange, ViewState } from './viewState.ts';

export interface ThreadsModelOptions {
  readonly connections: Connections;
  readonly state: ViewState;
  readonly pageSize: () => number;
}

/** A row that can load more: a connection, or with `threadId` a thread. */
export interface MoreRef {
  readonly connectionId: string;
  readonly threadId?: string;
}

/** From how many ms on a row that loads more says so: drawn at once, it would hold up the rows that are about to come. */
const loadingRowDelayMs = 300;
/** How often a first page is asked for again because the filter or the connection changed under way. */
const maxRestarts = 5;

/** What the tree shows, and what opening, loading and refreshing a row does: one request each. */
export class ThreadsModel implements vscode.Disposable {
  readonly connections: Connections;
  readonly state: ViewState;
  readonly #rows = new RowCache();
  readonly #redraw = new Redraw();
  readonly #listed = new vscode.EventEmitter<string>();
  readonly #stores: Stores;
  readonly #shown: VisibleItems;
  readonly #loads: ItemLoads;
  readonly #loadingMore = new Set<ThreadsNode>();
  /** Connections whose rows the editor is waiting for: it need not be told to ask for them. */
  readonly #answering = new Set<string>();
  readonly #closed = new AbortController();
  readonly #subscriptions: vscode.Disposable;

  /** Rows to draw anew; undefined for all. */
  readonly onDidChange = this.#redraw.event;
  /** Of the connection with this id other threads are shown now. */
  readonly onDidList = this.#listed.event;

  constructor({ connections, state, pageSize }: ThreadsModelOptions) {
    this.connections = connections;
    this.state = state;
    this.#shown = new VisibleItems(pageSize);
    this.#loads = new ItemLoads(this.#shown, this.#closed.signal);
    this.#stores = new Stores(connections, state, (connectionId, event) => this.#onStore(connectionId, event));
    this.#subscriptions = vscode.Disposable.from(
      connections.onDidChange(({ connectionIds }) => this.#onConnections(connectionIds)),
      state.onDidChange((change) => this.#onState(change)),
    );
  }

  store(connectionId: string): ThreadStore | undefined {
    return this.#stores.get(connectionId);
  }

  thread({ connectionId, threadId }: ThreadRef): Thread | undefined {
    return this.store(connectionId)?.thread(threadId);
  }

  /** What a thread is called here. */
  label({ connectionId, threadId }: ThreadRef): string {
    const store = this.store(connectionId);
    return threadLabel(store?.thread(threadId) ?? { id: threadId, title: null }, store?.firstUserText(threadId));
  }

  connectionNode(connectionId: string): ConnectionNode {
    return this.#rows.connection(connectionId);
  }

  threadNode(ref: ThreadRef): ThreadNode {
    return this.#rows.thread(ref);
  }

  /** Rows of threads that were shown and are still there. */
  threadNodes(): Iterable<ThreadNode> {
    return this.#rows.threads();
  }

  /** Threads of a connection that its filter lets through; none before the list is loaded. */
  matching(connectionId: string): readonly Thread[] {
    const view = this.#view(connectionId);
    return view === undefined ? [] : matchingThreads(view);
  }

  isLoadingMore(ref: MoreRef): boolean {
    return this.#loadingMore.has(this.#parentOf(ref));
  }

  async children(node?: ThreadsNode): Promise<readonly ThreadsNode[]> {
    if (node === undefined) return this.connections.all.map(({ id }) => this.connectionNode(id));
    if (node.type === 'connection') await this.#loadFirst(node.connectionId);
    if (node.type === 'thread') await this.#load(node, (store) => this.#loads.first(node, store));
    // Looked up after the load: the connection may be another by now.
    const view = this.#view(node.connectionId);
    if (view === undefined) return [];
    if (node.type === 'connection') return threadRows(view);
    if (node.type === 'group') return groupRows(view, node);
    if (node.type !== 'thread') return [];
    const items = view.store.items(node.threadId);
    return itemRows(node, items, this.#shown.of(node.id, items), this.#loads.failure(node), this.#rows);
  }

  parent(node: ThreadsNode): ThreadsNode | undefined {
    if (node.type === 'connection') return undefined;
    const view = this.#view(node.connectionId);
    if (node.type === 'thread' && view !== undefined) {
      return groupOf(view, this.thread(node)) ?? this.connectionNode(node.connectionId);
    }
    return node.type === 'group' ? this.connectionNode(node.connectionId) : this.#parentOf(node);
  }

  /** The next page of threads, or older items of one. What goes wrong becomes a row. */
  async loadMore(ref: MoreRef): Promise<void> {
    const parent = this.#parentOf(ref);
    if (this.#loadingMore.has(parent)) return;
    this.#loadingMore.add(parent);
    const sayLoading = setTimeout(() => this.#redraw.draw(this.#rows.loadMore(ref)), loadingRowDelayMs);
    try {
      if (parent.type === 'thread') await this.#load(parent, (store) => this.#loads.more(parent, store));
      else await inList(this.store(ref.connectionId)?.loadMoreThreads(this.#closed.signal));
    } finally {
      clearTimeout(sayLoading);
      this.#loadingMore.delete(parent);
      this.#redraw.draw(parent);
    }
  }

  /** The newest threads of a connection again; see `ThreadStore.refreshList`. What goes wrong becomes a row. */
  async refreshConnection(connectionId: string, extent: 'page' | 'all'): Promise<void> {
    await inList(this.store(connectionId)?.refreshList(this.#closed.signal, extent));
  }

  /**
   * A thread by itself and, where they were asked for, its newest items, whose failure becomes a row.
   * @throws `SourceError` when the thread itself cannot be had.
   */
  async refreshThread(ref: ThreadRef): Promise<void> {
    const node = this.threadNode(ref);
    const store = this.store(ref.connectionId);
    if (store === undefined) return;
    const showsItems = store.items(ref.threadId).asOf !== null || this.#loads.failure(node) !== undefined;
    const items = showsItems ? this.#loads.refresh(node, store) : Promise.resolve();
    try {
      await store.refreshThread(ref.threadId, this.#closed.signal);
    } finally {
      await items;
      this.#redraw.draw(node);
    }
  }

  /** Draws rows anew whose words depend on more than what is loaded. */
  redraw(nodes: readonly ThreadsNode[]): void {
    if (nodes.length > 0) this.#redraw.draw(...nodes);
  }

  dispose(): void {
    this.#closed.abort();
    this.#subscriptions.dispose();
    this.#stores.dispose();
    this.#redraw.dispose();
    this.#listed.dispose();
  }

  #view(connectionId: string): ListView | undefined {
    const store = this.store(connectionId);
    if (store === undefined) return undefined;
    const { preferences } = this.state;
    return { connectionId, store, filter: this.state.filter(connectionId), preferences, rows: this.#rows };
  }

  #parentOf({ connectionId, threadId }: MoreRef): ConnectionNode | ThreadNode {
    return threadId === undefined ? this.connectionNode(connectionId) : this.threadNode({ connectionId, threadId });
  }

  /** The first page, unless it is there or failed: then the user says when to try again. */
  async #loadFirst(connectionId: string): Promise<void> {
    for (let attempt = 0; attempt < maxRestarts && !this.#closed.signal.aborted; attempt += 1) {
      const store = this.store(connectionId);
      if (store === undefined || store.list.asOf !== null || store.list.error !== null) return;
      this.#answering.add(connectionId);
      try {
        await inList(store.refreshList(this.#closed.signal));
      } finally {
        this.#answering.delete(connectionId);
      }
    }
  }

  async #load(node: ThreadNode, load: (store: ThreadStore) => Promise<void>): Promise<void> {
    const store = this.store(node.connectionId);
    if (store !== undefined) await load(store);
  }

  #onStore(connectionId: string, event: StoreEvent): void {
    if (event.type === 'list') return this.#list(connectionId);
    // What the menus of its rows offer has changed.
    if (event.type === 'capabilities') return this.#redraw.draw(this.connectionNode(connectionId));
    const node = this.threadNode({ connectionId, threadId: event.threadId });
    if (event.type === 'deleted') {
      this.#rows.forgetThread(node);
      this.#loads.forget(node.id);
      this.#list(connectionId);
    } else {
      // Older items that the inspector loads do not change what is shown here.
      const isBeyond = event.type === 'items' && event.change.type === 'added' && event.change.at === 'start';
      if (!isBeyond || !this.#shown.isShowing(node.id)) this.#redraw.draw(node);
      // Its new words may be let through, or no longer.
      if (event.type === 'thread' && isFiltering(this.state.filter(connectionId))) this.#list(connectionId);
    }
  }

  #onState(change: ViewChange): void {
    if (change.type === 'filter') {
      this.store(change.connectionId)?.setQuery({ user: this.state.filter(change.connectionId).user });
      this.#list(change.connectionId);
      return;
    }
    const { order } = this.state.preferences;
    for (const { id } of this.connections.all) {
      this.store(id)?.setQuery({ order });
      this.#list(id);
    }
  }

  #onConnections(connectionIds: readonly string[]): void {
    for (const node of this.#rows.threads()) {
      if (connectionIds.includes(node.connectionId)) this.#loads.forget(node.id);
    }
    for (const id of connectionIds) this.#rows.forgetConnection(id);
    this.#redraw.drawAll();
  }

  /** What was loaded is on its way to the editor, and nothing about the connection's own row has changed. */
  #isAnswer(connectionId: string): boolean {
    const list = this.store(connectionId)?.list;
    return this.#answering.has(connectionId) && list !== undefined && list.asOf !== null && list.error === null;
  }

  #list(connectionId: string): void {
    if (!this.#isAnswer(connectionId)) this.#redraw.draw(this.connectionNode(connectionId));
    this.#listed.fire(connectionId);
  }
}

/** Waits for a load of the list; how it ended stands in the list, for the rows to show. */
async function inList(load: Promise<void> | undefined): Promise<void> {
  try {
    await load;
  } catch (error) {
    if (!isSourceError(error)) throw error;
  }
}
