import type * as vscode from 'vscode';
import { inParallel } from '../../../chatkit/common/store/inParallel.ts';
import type { ThreadRef } from '../../../chatkit/common/refs.ts';
import { isCancellation } from '../../../chatkit/vscode/cancellation.ts';
import type { Log } from '../../../base/common/log.ts';
import type { ThreadsModel } from '../model/threadsModel.ts';

/** Untitled threads read at once. */
const maxConcurrentRequests = 4;

/** While the user wants it: reads the first words of the untitled threads that are shown, one request each. */
export class Previews implements vscode.Disposable {
  readonly #model: ThreadsModel;
  readonly #log: Log;
  readonly #subscriptions: readonly vscode.Disposable[];
  /** Asked for already, so that a thread that cannot be read is not asked for at every refresh. */
  readonly #asked = new Set<string>();
  #run: AbortController | null = null;
  #isDisposed = false;

  constructor(model: ThreadsModel, log: Log) {
    this.#model = model;
    this.#log = log;
    this.#subscriptions = [
      model.onDidList(() => this.#start()),
      model.state.onDidChange((change) => {
        if (change.type !== 'preferences' || change.changed !== 'previewUntitled') return;
        this.#asked.clear();
        if (model.state.preferences.previewUntitled) this.#start();
        else this.#run?.abort();
      }),
    ];
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#run?.abort();
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #start(): void {
    if (this.#isDisposed || !this.#model.state.preferences.previewUntitled || this.#run !== null) return;
    const wanted = this.#untitled();
    if (wanted.length === 0) return;
    const run = new AbortController();
    this.#run = run;
    void inParallel(wanted, maxConcurrentRequests, run.signal, (ref) => this.#read(ref, run.signal)).then(() => {
      this.#run = null;
      // Threads that were listed, or wished for, meanwhile.
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
        .filter((ref) => !this.#asked.has(keyOf(ref)));
    });
  }

  async #read(ref: ThreadRef, signal: AbortSignal): Promise<void> {
    this.#asked.add(keyOf(ref));
    try {
      await this.#model.store(ref.connectionId)?.loadFirstUserText(ref.threadId, signal);
    } catch (error) {
      // The row keeps its id for a label: nothing to interrupt anybody for.
      if (!isCancellation(error)) this.#log.warn(`The first words of a thread could not be read: ${String(error)}`);
    }
  }
}

function keyOf({ connectionId, threadId }: ThreadRef): string {
  return `${connectionId}\n${threadId}`;
}
