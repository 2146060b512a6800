import { toSourceError, type SourceError } from '../../../chatkit/common/errors.ts';
import type { ThreadStore } from '../../../chatkit/common/store/types.ts';
import type { ThreadNode } from './nodes.ts';
import type { VisibleItems } from './visibleItems.ts';

export interface LoadFailure {
  readonly error: SourceError;
  /** True when the page of older items failed, false when the newest page failed. */
  readonly more: boolean;
}

/** Loads items for the tree, and remembers the last failure of each thread. No method rejects. */
export class ItemLoads {
  readonly #visible: VisibleItems;
  readonly #signal: AbortSignal;
  readonly #failures = new Map<string, LoadFailure>();

  constructor(visible: VisibleItems, signal: AbortSignal) {
    this.#visible = visible;
    this.#signal = signal;
  }

  failure({ id }: ThreadNode): LoadFailure | undefined {
    return this.#failures.get(id);
  }

  /** Loads the newest page once. Expanding a row again sends no request, even after a failure. */
  async first({ id, threadId }: ThreadNode, store: ThreadStore): Promise<void> {
    if (store.items(threadId).asOf !== null || this.#failures.has(id)) return;
    await this.#track(id, false, store.loadLatest(threadId, this.#signal));
  }

  async refresh({ id, threadId }: ThreadNode, store: ThreadStore): Promise<void> {
    await this.#track(id, false, store.refreshItems(threadId, this.#signal));
  }

  /** Shows one more page. Sends a request only when it is not loaded. */
  async more({ id, threadId }: ThreadNode, store: ThreadStore): Promise<void> {
    if (!this.#visible.hasMoreLoaded(id, store.items(threadId))) {
      await this.#track(id, true, store.loadOlder(threadId, this.#signal));
    }
    this.#visible.more(id, store.items(threadId));
  }

  forget(id: string): void {
    this.#failures.delete(id);
    this.#visible.forget(id);
  }

  async #track(id: string, more: boolean, load: Promise<void>): Promise<void> {
    try {
      await load;
      this.#failures.delete(id);
    } catch (thrown) {
      const error = toSourceError(thrown);
      if (error.kind !== 'cancelled') this.#failures.set(id, { error, more });
    }
  }
}
