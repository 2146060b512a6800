import * as vscode from 'vscode';
import { type Grouping, type ThreadFilter, noFilter } from '../../common/filter.ts';
import type { Order } from '../../../chatkit/common/threadSource.ts';
import { ContextKey } from '../../../chatkit/vscode/commands.ts';
import { contextKeys } from '../../../chatkit/vscode/ids.ts';

/** The filter of one connection. The server applies `user`; the view applies the rest to loaded threads. */
export interface ConnectionFilter extends ThreadFilter {
  readonly user: string | null;
}

export const unfiltered: ConnectionFilter = { ...noFilter, user: null };

export interface ViewPreferences {
  readonly order: Order;
  readonly grouping: Grouping;
  /** Whether untitled threads are read to show their first user message. */
  readonly previewUntitled: boolean;
}

export type ViewChange =
  | { readonly type: 'filter'; readonly connectionId: string }
  | { readonly type: 'preferences'; readonly changed: keyof ViewPreferences };

const key = 'threads.view';
const defaults: ViewPreferences = { order: 'desc', grouping: 'none', previewUntitled: false };

/** How the user wants to see the list. Preferences are saved; filters are not, because saved filters would hide threads. */
export class ViewState implements vscode.Disposable {
  readonly #memento: Pick<vscode.Memento, 'get' | 'update'>;
  readonly #changed = new vscode.EventEmitter<ViewChange>();
  readonly #filters = new Map<string, ConnectionFilter>();
  readonly #isFiltered = new ContextKey<boolean>(contextKeys.filtered);
  readonly #isOldestFirst = new ContextKey<boolean>(contextKeys.oldestFirst);
  readonly #isPreviewing = new ContextKey<boolean>(contextKeys.previewUntitled);
  #preferences: ViewPreferences;

  readonly onDidChange = this.#changed.event;

  constructor(memento: Pick<vscode.Memento, 'get' | 'update'>) {
    this.#memento = memento;
    this.#preferences = { ...defaults, ...memento.get<Partial<ViewPreferences>>(key) };
    this.#isFiltered.set(false);
    this.#updateKeys();
  }

  get preferences(): ViewPreferences {
    return this.#preferences;
  }

  set<K extends keyof ViewPreferences>(changed: K, value: ViewPreferences[K]): void {
    if (this.#preferences[changed] === value) return;
    this.#preferences = { ...this.#preferences, [changed]: value };
    this.#updateKeys();
    void this.#memento.update(key, this.#preferences);
    this.#changed.fire({ type: 'preferences', changed });
  }

  filter(connectionId: string): ConnectionFilter {
    return this.#filters.get(connectionId) ?? unfiltered;
  }

  /** IDs of connections with a filter. */
  get filtered(): readonly string[] {
    return [...this.#filters.keys()];
  }

  /** An equal filter changes nothing, so that reads for it continue. */
  setFilter(connectionId: string, filter: ConnectionFilter): void {
    if (JSON.stringify(filter) === JSON.stringify(this.filter(connectionId))) return;
    if (JSON.stringify(filter) === JSON.stringify(unfiltered)) this.#filters.delete(connectionId);
    else this.#filters.set(connectionId, filter);
    this.#isFiltered.set(this.#filters.size > 0);
    this.#changed.fire({ type: 'filter', connectionId });
  }

  dispose(): void {
    this.#changed.dispose();
  }

  #updateKeys(): void {
    this.#isPreviewing.set(this.#preferences.previewUntitled);
    this.#isOldestFirst.set(this.#preferences.order === 'asc');
  }
}
