import * as vscode from 'vscode';
import type { Unsubscribe } from '../../../base/common/events.ts';
import type { StoreEvent, ThreadStore } from '../../../chatkit/common/store/types.ts';
import { isFiltering } from '../../common/filter.ts';
import type { Connections } from '../../../connections/vscode/services.ts';
import { groupProblems } from '../../../chatkit/common/protocolProblems/problemReport.ts';
import type { ProtocolRule } from '../../../chatkit/common/protocolProblems/catalogue/ruleIds.ts';
import { type SourceError, isSourceError } from '../../../chatkit/common/errors.ts';
import type { Thread, ThreadRef } from '../../../chatkit/common/model/thread.ts';
import { threadLabel } from '../../common/summary/itemSummary.ts';
import type { ConnectionProblems } from '../../../connections/vscode/problems.ts';
import type { ViewChange, ViewState } from './viewState.ts';
import { type ConnectionNode, RowCache, type ThreadNode, type ThreadsNode } from './nodes.ts';
import { CredentialStates } from './credentialStates.ts';
import { ItemLoads, VisibleItems, itemRows } from './itemRows.ts';
import { type ListView, groupOf, groupRows, matchingThreads, threadRows } from './threadRows.ts';

interface ThreadsModelOptions {
  readonly connections: Connections;
  readonly state: ViewState;
  /** Protocol problems of the connections; absent: none are shown. */
  readonly problems?: Pick<ConnectionProblems, 'of' | 'onDidChange'>;
  /** Number of items that a thread shows first, and that *Load More* adds. */
  readonly pageSize: () => number;
}

/** A row that can load more: a connection, or a thread when `threadId` is set. */
export interface MoreRef {
  readonly connectionId: string;
  readonly threadId?: string;
}

/** Delay in ms before a row shows that it is loading. Drawing it at once would delay the rows of a fast response. */
const loadingRowDelayMs = 300;
/** How many times the first page is requested when the filter or the connection changes during the request. */
const maxRestarts = 5;

/** The content of the tree. Expanding, loading and refreshing a row sends one request each. */
export class ThreadsModel implements vscode.Disposable {
  readonly connections: Connections;
  readonly state: ViewState;
  /** Row objects of the tree. */
  readonly rows = new RowCache();
  readonly #redraw = new Redraw();
  readonly #changedThreads = new vscode.EventEmitter<string>();
  readonly #stores: Stores;
  /** Whether connections have credentials, as far as known. */
  readonly credentials: CredentialStates;
  readonly #visible: VisibleItems;
  readonly #loads: ItemLoads;
  readonly #problems: Pick<ConnectionProblems, 'of'> | undefined;
  readonly #loadingMore = new Set<ThreadsNode>();
  /** Connections whose rows the editor is waiting for. They need no change event. */
  readonly #loadingFirst = new Set<string>();
  /** Connections that existed when the view was created. */
  readonly #initial: ReadonlySet<string>;
  readonly #closed = new AbortController();
  readonly #subscriptions: vscode.Disposable;

  /** Rows to redraw; undefined for all. */
  readonly onDidChange = this.#redraw.event;
  /** The threads shown for the connection with this ID have changed. */
  readonly onDidChangeThreads = this.#changedThreads.event;

  constructor({ connections, state, pageSize, problems }: ThreadsModelOptions) {
    this.connections = connections;
    this.#problems = problems;
    this.state = state;
    this.#initial = new Set(connections.all.map(({ id }) => id));
    this.#visible = new VisibleItems(pageSize);
    this.credentials = new CredentialStates(connections);
    this.#loads = new ItemLoads(this.#visible, this.#closed.signal);
    this.#stores = new Stores(connections, state, (connectionId, event) => this.#onStore(connectionId, event));
    this.#subscriptions = vscode.Disposable.from(
      connections.onDidChange(({ connectionIds }) => this.#onConnections(connectionIds)),
      state.onDidChange((change) => this.#onState(change)),
      this.credentials,
      problems?.onDidChange((ids) => this.#redraw.draw(...ids.map((id) => this.rows.connection(id)))) ?? {
        dispose() {},
      },
      this.credentials.onDidChange((id) => this.#redraw.draw(this.rows.connection(id))),
    );
  }

  store(connectionId: string): ThreadStore | undefined {
    return this.#stores.get(connectionId);
  }

  /** The connection was added while the view exists. */
  isAdded(connectionId: string): boolean {
    return !this.#initial.has(connectionId) && !this.connections.isLocal(connectionId);
  }

  /** The rules that the server of a connection violates and that are not muted: errors first. */
  violatedRules(connectionId: string): readonly ProtocolRule[] {
    return groupProblems(this.#problems?.of(connectionId).problems ?? []).map(({ rule }) => rule);
  }

  thread({ connectionId, threadId }: ThreadRef): Thread | undefined {
    return this.store(connectionId)?.thread(threadId);
  }

  /** The label of a thread; see `threadLabel`. */
  label({ connectionId, threadId }: ThreadRef): string {
    const store = this.store(connectionId);
    return threadLabel(store?.thread(threadId) ?? { id: threadId, title: null }, store?.firstUserText(threadId));
  }

  /** Threads of a connection that match its filter; none before the list is loaded. */
  matching(connectionId: string): readonly Thread[] {
    const view = this.#view(connectionId);
    return view === undefined ? [] : matchingThreads(view);
  }

  isLoadingMore(ref: MoreRef): boolean {
    return this.#loadingMore.has(this.#parentOf(ref));
  }

  async children(node?: ThreadsNode): Promise<readonly ThreadsNode[]> {
    if (node === undefined) return this.connections.all.map(({ id }) => this.rows.connection(id));
    if (node.type === 'connection') await this.#loadFirst(node.connectionId);
    if (node.type === 'thread') await this.#load(node, (store) => this.#loads.first(node, store));
    // Read after the load, because the connection can change during it.
    const view = this.#view(node.connectionId);
    if (view === undefined) return [];
    if (node.type === 'connection') return threadRows(view);
    if (node.type === 'group') return groupRows(view, node);
    if (node.type !== 'thread') return [];
    const items = view.store.items(node.threadId);
    return itemRows(node, items, this.#visible.of(node.id, items), this.#loads.failure(node), this.rows);
  }

  parent(node: ThreadsNode): ThreadsNode | undefined {
    if (node.type === 'connection') return undefined;
    const view = this.#view(node.connectionId);
    if (node.type === 'thread' && view !== undefined) {
      return groupOf(view, this.thread(node)) ?? this.rows.connection(node.connectionId);
    }
    return node.type === 'group' ? this.rows.connection(node.connectionId) : this.#parentOf(node);
  }

  /** Loads the next page of threads, or older items of a thread. An error becomes a row. */
  async loadMore(ref: MoreRef): Promise<void> {
    const parent = this.#parentOf(ref);
    if (this.#loadingMore.has(parent)) return;
    this.#loadingMore.add(parent);
    const loadingTimer = setTimeout(() => this.#redraw.draw(this.rows.loadMore(ref)), loadingRowDelayMs);
    try {
      if (parent.type === 'thread') await this.#load(parent, (store) => this.#loads.more(parent, store));
      else await ignoreSourceError(this.store(ref.connectionId)?.loadMoreThreads(this.#closed.signal));
    } finally {
      clearTimeout(loadingTimer);
      this.#loadingMore.delete(parent);
      this.#redraw.draw(parent);
    }
  }

  /** Reloads the newest threads of a connection; see `ThreadStore.refreshList`. An error becomes a row. */
  async refreshConnection(connectionId: string, extent: 'page' | 'all'): Promise<void> {
    await ignoreSourceError(this.store(connectionId)?.refreshList(this.#closed.signal, extent));
  }

  /**
   * Reloads a thread and, if they were loaded before, its newest items. A failure to load items becomes a row.
   * @throws `SourceError` when the thread cannot be loaded.
   */
  async refreshThread(ref: ThreadRef): Promise<void> {
    const node = this.rows.thread(ref);
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

  /** Returns why the items of a thread could not be loaded, if the last load failed. */
  itemsFailure(ref: ThreadRef): SourceError | undefined {
    return this.#loads.failure(this.rows.thread(ref))?.error;
  }

  /** Redraws rows whose text depends on more than loaded data, such as the time. */
  redraw(nodes: readonly ThreadsNode[]): void {
    if (nodes.length > 0) this.#redraw.draw(...nodes);
  }

  dispose(): void {
    this.#closed.abort();
    this.#subscriptions.dispose();
    this.#stores.dispose();
    this.#redraw.dispose();
    this.#changedThreads.dispose();
  }

  #view(connectionId: string): ListView | undefined {
    const store = this.store(connectionId);
    if (store === undefined) return undefined;
    const { preferences } = this.state;
    return { connectionId, store, filter: this.state.filter(connectionId), preferences, rows: this.rows };
  }

  #parentOf({ connectionId, threadId }: MoreRef): ConnectionNode | ThreadNode {
    return threadId === undefined ? this.rows.connection(connectionId) : this.rows.thread({ connectionId, threadId });
  }

  /** Loads the first page, unless it is loaded or has failed. After a failure, the user decides when to retry. */
  async #loadFirst(connectionId: string): Promise<void> {
    for (let attempt = 0; attempt < maxRestarts && !this.#closed.signal.aborted; attempt += 1) {
      const store = this.store(connectionId);
      if (store === undefined || store.list.asOf !== null || store.list.error !== null) return;
      this.#loadingFirst.add(connectionId);
      try {
        await ignoreSourceError(store.refreshList(this.#closed.signal));
      } finally {
        this.#loadingFirst.delete(connectionId);
      }
    }
  }

  async #load(node: ThreadNode, load: (store: ThreadStore) => Promise<void>): Promise<void> {
    const store = this.store(node.connectionId);
    if (store !== undefined) await load(store);
  }

  #onStore(connectionId: string, event: StoreEvent): void {
    if (event.type === 'items' && event.change.type === 'asOf') return;
    if (event.type === 'list') return this.#notifyThreads(connectionId);
    // The menus of its rows depend on the capabilities.
    if (event.type === 'capabilities') return this.#redraw.draw(this.rows.connection(connectionId));
    const node = this.rows.thread({ connectionId, threadId: event.threadId });
    if (event.type === 'deleted') {
      this.rows.forgetThread(node);
      this.#loads.forget(node.id);
      this.#notifyThreads(connectionId);
    } else {
      // Older items that the inspector loads do not change the visible items.
      const isOlder = event.type === 'items' && event.change.type === 'added' && event.change.at === 'start';
      if (!isOlder || !this.#visible.isShowing(node.id)) this.#redraw.draw(node);
      // Its new text or items can match the filter or no longer match it.
      const filter = this.state.filter(connectionId);
      const matters = event.type === 'thread' ? isFiltering(filter) : filter.conditions.length > 0;
      if (matters) this.#notifyThreads(connectionId);
    }
  }

  #onState(change: ViewChange): void {
    if (change.type === 'filter') {
      this.store(change.connectionId)?.setQuery({ user: this.state.filter(change.connectionId).user });
      this.#notifyThreads(change.connectionId);
      return;
    }
    const { order } = this.state.preferences;
    for (const { id } of this.connections.all) {
      this.store(id)?.setQuery({ order });
      this.#notifyThreads(id);
    }
  }

  #onConnections(connectionIds: readonly string[]): void {
    for (const node of this.rows.threads()) {
      if (connectionIds.includes(node.connectionId)) this.#loads.forget(node.id);
    }
    for (const id of connectionIds) {
      this.rows.forgetConnection(id);
      this.credentials.forget(id);
    }
    this.#redraw.drawAll();
  }

  /** The editor is about to receive the loaded rows, and the row of the connection has not changed. */
  #isInitialLoad(connectionId: string): boolean {
    const list = this.store(connectionId)?.list;
    return this.#loadingFirst.has(connectionId) && list !== undefined && list.asOf !== null && list.error === null;
  }

  #notifyThreads(connectionId: string): void {
    if (!this.#isInitialLoad(connectionId)) this.#redraw.draw(this.rows.connection(connectionId));
    this.#changedThreads.fire(connectionId);
  }
}

/** Waits for a load of the list. The list contains the error, and the rows show it. */
async function ignoreSourceError(load: Promise<void> | undefined): Promise<void> {
  try {
    await load;
  } catch (error) {
    if (!isSourceError(error)) throw error;
  }
}

/** Collects rows to redraw and emits one event for all changes of the same turn of the event loop. */
class Redraw implements vscode.Disposable {
  readonly #event = new vscode.EventEmitter<ThreadsNode[] | undefined>();
  #pending: Set<ThreadsNode> | 'all' | null = null;

  /** `undefined` means all rows. */
  readonly event = this.#event.event;

  /** Redraws rows and their children. */
  draw(...nodes: readonly ThreadsNode[]): void {
    this.#schedule();
    if (this.#pending !== 'all') for (const node of nodes) this.#pending?.add(node);
  }

  drawAll(): void {
    this.#schedule();
    this.#pending = 'all';
  }

  dispose(): void {
    this.#pending = null;
    this.#event.dispose();
  }

  #schedule(): void {
    if (this.#pending !== null) return;
    this.#pending = new Set();
    setImmediate(() => {
      const nodes = this.#pending;
      this.#pending = null;
      if (nodes !== null) this.#event.fire(nodes === 'all' ? undefined : [...nodes]);
    });
  }
}

interface Subscription {
  readonly store: ThreadStore;
  readonly unsubscribe: Unsubscribe;
}

/** The stores that the view shows. Sets the order and user of each store and subscribes to its events. */
class Stores implements vscode.Disposable {
  readonly #connections: Connections;
  readonly #state: ViewState;
  readonly #listener: (connectionId: string, event: StoreEvent) => void;
  readonly #subscriptions = new Map<string, Subscription>();

  constructor(connections: Connections, state: ViewState, listener: (connectionId: string, event: StoreEvent) => void) {
    this.#connections = connections;
    this.#state = state;
    this.#listener = listener;
  }

  /** Returns undefined when the connection does not exist. */
  get(connectionId: string): ThreadStore | undefined {
    const known = this.#subscriptions.get(connectionId);
    if (this.#connections.get(connectionId) === undefined) {
      known?.unsubscribe();
      this.#subscriptions.delete(connectionId);
      return undefined;
    }
    const store = this.#connections.store(connectionId);
    if (known?.store === store) return store;
    known?.unsubscribe();
    store.setQuery({ order: this.#state.preferences.order, user: this.#state.filter(connectionId).user });
    const unsubscribe = store.on((event) => this.#listener(connectionId, event));
    this.#subscriptions.set(connectionId, { store, unsubscribe });
    return store;
  }

  dispose(): void {
    for (const { unsubscribe } of this.#subscriptions.values()) unsubscribe();
    this.#subscriptions.clear();
  }
}
