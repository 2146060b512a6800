import type * as vscode from 'vscode';
import { inParallel } from '../../../chatkit/common/store/inParallel.ts';
import type { ThreadRef } from '../../../chatkit/common/refs.ts';
import { isCancellation } from '../../../chatkit/vscode/cancellation.ts';
import type { Log } from '../../../base/common/log.ts';
import type { ThreadsModel } from '../model/threadsModel.ts';

/** Number of threads that are read at the same time. */
const maxConcurrentRequests = 4;

/** While previews are turned on, reads the first user message of each untitled thread that is shown, one request each. */
export class Previews implements vscode.Disposable {
  readonly #model: ThreadsModel;
  readonly #log: Log;
  readonly #subscriptions: readonly vscode.Disposable[];
  /** Threads already requested, so that a thread that cannot be read is not requested again at each refresh. */
  readonly #requested = new Set<string>();
  #current: AbortController | null = null;
  #isDisposed = false;

  constructor(model: ThreadsModel, log: Log) {
    this.#model = model;
    this.#log = log;
    this.#subscriptions = [
      model.onDidChangeThreads(() => this.#start()),
      model.state.onDidChange((change) => {
        if (change.type !== 'preferences' || change.changed !== 'previewUntitled') return;
        this.#requested.clear();
        if (model.state.preferences.previewUntitled) this.#start();
        else this.#current?.abort();
      }),
    ];
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#current?.abort();
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #start(): void {
    if (this.#isDisposed || !this.#model.state.preferences.previewUntitled || this.#current !== null) return;
    const untitled = this.#untitled();
    if (untitled.length === 0) return;
    const controller = new AbortController();
    this.#current = controller;
    void inParallel(untitled, maxConcurrentRequests, controller.signal, (ref) =>
      this.#read(ref, controller.signal),
    ).then(() => {
      this.#current = null;
      // More untitled threads may have been loaded in the meantime.
      this.#start();
    });
  }

  #untitled(): readonly ThreadRef[] {
    return this.#model.connections.all.flatMap(({ id: connectionId }) => {
      const store = this.#model.store(connectionId);
      return this.#model
        .matching(connectionId)
        .filter(({ id, title }) => (title ?? '').trim() === '' && store?.firstUserText(id) === undefined)
        .map(({ id }) => ({ connectionId, threadId: id }))
        .filter((ref) => !this.#requested.has(keyOf(ref)));
    });
  }

  async #read(ref: ThreadRef, signal: AbortSignal): Promise<void> {
    this.#requested.add(keyOf(ref));
    try {
      await this.#model.store(ref.connectionId)?.loadFirstUserText(ref.threadId, signal);
    } catch (error) {
      // The row continues to show the ID, so no notification is needed.
      if (!isCancellation(error)) this.#log.warn(`Could not read the first message of a thread: ${String(error)}`);
    }
  }
}

function keyOf({ connectionId, threadId }: ThreadRef): string {
  return `${connectionId}\n${threadId}`;
}
