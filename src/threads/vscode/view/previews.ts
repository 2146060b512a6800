import type * as vscode from 'vscode';
import { inParallel } from '../../../chatkit/common/store/requests.ts';
import type { Thread, ThreadRef } from '../../../chatkit/common/model/thread.ts';
import type { ThreadStore } from '../../../chatkit/common/store/types.ts';
import { isCancellation } from '../../../chatkit/vscode/notify.ts';
import type { Log } from '../../../base/common/log.ts';
import type { ThreadsModel } from '../model/threadsModel.ts';
import type { ViewChange } from '../model/viewState.ts';

/** Number of threads that are read at the same time. */
const maxConcurrentRequests = 4;

interface ReadsOptions {
  /** Whether the threads of a connection are read. */
  readonly isOn: (connectionId: string) => boolean;
  /** The change can turn reading on or off. */
  readonly concerns: (change: ViewChange) => boolean;
  readonly isMissing: (thread: Thread, store: ThreadStore) => boolean;
  readonly read: (store: ThreadStore, threadId: string, signal: AbortSignal) => Promise<void>;
}

/** Reads the loaded threads of the list in the background, one request each, while this is turned on. */
class BackgroundReads implements vscode.Disposable {
  readonly #model: ThreadsModel;
  readonly #log: Log;
  readonly #options: ReadsOptions;
  readonly #subscriptions: readonly vscode.Disposable[];
  /** Threads already requested, so that a thread that cannot be read is not requested again at each refresh. */
  readonly #requested = new Set<string>();
  #current: AbortController | null = null;
  #isDisposed = false;

  constructor(model: ThreadsModel, log: Log, options: ReadsOptions) {
    this.#model = model;
    this.#log = log;
    this.#options = options;
    this.#subscriptions = [
      model.onDidChangeThreads(() => this.#start()),
      model.state.onDidChange((change) => {
        if (!options.concerns(change)) return;
        this.#requested.clear();
        this.#current?.abort();
        this.#start();
      }),
    ];
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#current?.abort();
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #start(): void {
    if (this.#isDisposed || this.#current !== null) return;
    const missing = this.#missing();
    if (missing.length === 0) return;
    const controller = new AbortController();
    this.#current = controller;
    void inParallel(missing, maxConcurrentRequests, controller.signal, (ref) =>
      this.#read(ref, controller.signal),
    ).then(() => {
      this.#current = null;
      // More threads may have been loaded in the meantime.
      this.#start();
    });
  }

  #missing(): readonly ThreadRef[] {
    return this.#model.connections.all.flatMap(({ id: connectionId }) => {
      const store = this.#model.store(connectionId);
      if (store === undefined || store.list.asOf === null || !this.#options.isOn(connectionId)) return [];
      return store.list.threads
        .filter((thread) => this.#options.isMissing(thread, store))
        .map(({ id }) => ({ connectionId, threadId: id }))
        .filter((ref) => !this.#requested.has(keyOf(ref)));
    });
  }

  async #read(ref: ThreadRef, signal: AbortSignal): Promise<void> {
    this.#requested.add(keyOf(ref));
    const store = this.#model.store(ref.connectionId);
    if (store === undefined) return;
    try {
      await this.#options.read(store, ref.threadId, signal);
    } catch (error) {
      // The row stays as it is, so no notification is needed.
      if (!isCancellation(error)) this.#log.warn(`Could not read a thread in the background: ${String(error)}`);
    }
  }
}

/** While previews are turned on, reads the first user message of each untitled thread. */
export function untitledPreviews(model: ThreadsModel, log: Log): vscode.Disposable {
  return new BackgroundReads(model, log, {
    isOn: () => model.state.preferences.previewUntitled,
    concerns: (change) => change.type === 'preferences' && change.changed === 'previewUntitled',
    isMissing: ({ id, title }, store) => (title ?? '').trim() === '' && store.firstUserText(id) === undefined,
    read: (store, threadId, signal) => store.loadFirstUserText(threadId, signal),
  });
}

/** While a filter needs them, reads the newest items of each thread: they show whether it is stuck or has failed. */
export function troubleReads(model: ThreadsModel, log: Log): vscode.Disposable {
  return new BackgroundReads(model, log, {
    isOn: (connectionId) => model.state.filter(connectionId).conditions.length > 0,
    concerns: (change) => change.type === 'filter',
    isMissing: ({ id }, store) => store.items(id).asOf === null,
    read: (store, threadId, signal) => store.loadLatest(threadId, signal),
  });
}

function keyOf({ connectionId, threadId }: ThreadRef): string {
  return `${connectionId}\n${threadId}`;
}
