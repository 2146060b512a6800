import type { ThreadItem } from '../../../chatkit/common/model/item.ts';
import type { ThreadItems } from '../../../chatkit/common/store/types.ts';

export interface VisiblePart {
  /** The end of the newest window, oldest first. */
  readonly items: readonly ThreadItem[];
  /** The loaded item directly before the first; null at the start of the thread or when it is not loaded. */
  readonly previous: ThreadItem | null;
  /** Older items exist, loaded or not. */
  readonly hasMore: boolean;
}

/**
 * Decides which items of each thread the tree shows: one page, and one more for each *Load More*. The inspector shares the
 * store and can load 100,000 items; the tree does not show them all.
 */
export class VisibleItems {
  readonly #pageSize: () => number;
  /** The oldest visible item of each thread, so that new items at the end do not move the visible part. */
  readonly #oldest = new Map<string, string>();

  constructor(pageSize: () => number) {
    this.#pageSize = pageSize;
  }

  /** `thread` is any key that is unique among connections. */
  of(thread: string, loaded: ThreadItems): VisiblePart {
    const items = loaded.windows.at(-1)?.items ?? [];
    const from = this.#from(thread, items);
    const first = items[from];
    if (first !== undefined) this.#oldest.set(thread, first.id);
    const isStart = from === 0 && loaded.windows.length < 2 && (loaded.reachesStart || items.length === 0);
    return { items: items.slice(from), previous: items[from - 1] ?? null, hasMore: !isStart };
  }

  /** True when one more page can be shown without a request. */
  hasMoreLoaded(thread: string, loaded: ThreadItems): boolean {
    return this.#from(thread, loaded.windows.at(-1)?.items ?? []) > 0;
  }

  /** Shows one more page of the loaded items. */
  more(thread: string, loaded: ThreadItems): void {
    const items = loaded.windows.at(-1)?.items ?? [];
    const first = items[Math.max(0, this.#from(thread, items) - this.#pageSize())];
    if (first !== undefined) this.#oldest.set(thread, first.id);
  }

  isShowing(thread: string): boolean {
    return this.#oldest.has(thread);
  }

  forget(thread: string): void {
    this.#oldest.delete(thread);
  }

  #from(thread: string, items: readonly ThreadItem[]): number {
    const oldest = this.#oldest.get(thread);
    const known = oldest === undefined ? -1 : items.findLastIndex(({ id }) => id === oldest);
    return known === -1 ? Math.max(0, items.length - this.#pageSize()) : known;
  }
}
