import type * as vscode from 'vscode';
import type { Unsubscribe } from '../../../base/common/events.ts';
import type { StoreEvent, ThreadStore } from '../../../chatkit/common/store/types.ts';
import type { Connections } from '../../../connections/vscode/services.ts';
import type { ViewState } from './viewState.ts';

interface Subscription {
  readonly store: ThreadStore;
  readonly unsubscribe: Unsubscribe;
}

/** The stores that the view shows. Sets the order and user of each store and subscribes to its events. */
export class Stores implements vscode.Disposable {
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
