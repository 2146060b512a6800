import type * as vscode from 'vscode';
import type { Unsubscribe } from '../../../base/common/events.ts';
import type { StoreEvent, ThreadStore } from '../../../chatkit/common/store/types.ts';
import type { Connections } from '../../../connections/vscode/types.ts';
import type { ViewState } from './viewState.ts';

interface Followed {
  readonly store: ThreadStore;
  readonly unsubscribe: Unsubscribe;
}

/** The stores that the view shows, each asked in the view's order and for its connection's user, and listened to. */
export class Stores implements vscode.Disposable {
  readonly #connections: Connections;
  readonly #state: ViewState;
  readonly #listener: (connectionId: string, event: StoreEvent) => void;
  readonly #followed = new Map<string, Followed>();

  constructor(connections: Connections, state: ViewState, listener: (connectionId: string, event: StoreEvent) => void) {
    this.#connections = connections;
    this.#state = state;
    this.#listener = listener;
  }

  /** Undefined when there is no such connection (any more). */
  get(connectionId: string): ThreadStore | undefined {
    const known = this.#followed.get(connectionId);
    if (this.#connections.get(connectionId) === undefined) {
      known?.unsubscribe();
      this.#followed.delete(connectionId);
      return undefined;
    }
    const store = this.#connections.store(connectionId);
    if (known?.store === store) return store;
    known?.unsubscribe();
    store.setQuery({ order: this.#state.preferences.order, user: this.#state.filter(connectionId).user });
    const unsubscribe = store.on((event) => this.#listener(connectionId, event));
    this.#followed.set(connectionId, { store, unsubscribe });
    return store;
  }

  dispose(): void {
    for (const { unsubscribe } of this.#followed.values()) unsubscribe();
    this.#followed.clear();
  }
}
