import { toSourceError, type SourceError } from '../../../chatkit/common/errors.ts';
import type { ThreadStore } from '../../../chatkit/common/store/types.ts';
import type { ThreadNode } from './nodes.ts';
import type { VisibleItems } from './visibleItems.ts';

export interface LoadFailure {
  readonly error: SourceError;
  /** Not the newest page failed, but the one before what is loaded. */
  readonly more: boolean;
}

/** Loads of items that the tree asks for, and how the last of each thread ended. None of them rejects. */
export class ItemLoads {
  readonly #shown: VisibleItems;
  readonly #signal: AbortSignal;
  readonly #failures = new Map<string, LoadFailure>();

  constructor(shown: VisibleItems, signal: AbortSignal) {
    this.#shown = shown;
    this.#signal = signal;
  }

  failure({ id }: ThreadNode): LoadFailure | undefined {
    return this.#failures.get(id);
  }

  /** The newest page, once: opening a row again asks for nothing, also where the first time failed. */
  async first({ id, threadId }: ThreadNode, store: ThreadStore): Promise<void> {
    if (store.items(threadId).asOf !== null || this.#failures.has(id)) return;
    await this.#run(id, false, store.loadLatest(threadId, this.#signal));
  }

  async refresh({ id, threadId }: ThreadNode, store: ThreadStore): Promise<void> {
    await this.#run(id, false, store.refreshItems(threadId, this.#signal));
  }

  /** Shows a page more; asks for it only where it is not loaded. */
  async more({ id, threadId }: ThreadNode, store: ThreadStore): Promise<void> {
    if (!this.#shown.hasMoreLoaded(id, store.items(threadId))) {
      await this.#run(id, true, store.loadOlder(threadId, this.#signal));
    }
    this.#shown.more(id, store.items(threadId));
  }

  forget(id: string): void {
    this.#failures.delete(id);
    this.#shown.forget(id);
  }

  async #run(id: string, more: boolean, load: Promise<void>): Promise<void> {
    try {
      await load;
      this.#failures.delete(id);
    } catch (thrown) {
      const error = toSourceError(thrown);
      if (error.kind !== 'cancelled') this.#failures.set(id, { error, more });
    }
  }
}
