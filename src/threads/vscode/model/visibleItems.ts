import type { ThreadItem } from '../../../chatkit/common/model/item.ts';
import type { ThreadItems } from '../../../chatkit/common/store/types.ts';

export interface VisiblePart {
  /** Oldest first: the end of the newest window. */
  readonly items: readonly ThreadItem[];
  /** The loaded item directly before the first; null where that is the thread's start, or not loaded. */
  readonly before: ThreadItem | null;
  /** Older items exist, loaded or not. */
  readonly hasMore: boolean;
}

/**
 * Which items of each thread the tree shows: a page, and one more for each *Load More*. The inspector shares the store
 * and may load a hundred thousand: the tree does not grow with it.
 */
export class VisibleItems {
  readonly #pageSize: () => number;
  /** The oldest item shown, by thread: what is shown does not move when items join the end. */
  readonly #oldest = new Map<string, string>();

  constructor(pageSize: () => number) {
    this.#pageSize = pageSize;
  }

  /** `thread` is any name that is unique among connections. */
  of(thread: string, loaded: ThreadItems): VisiblePart {
    const items = loaded.windows.at(-1)?.items ?? [];
    const from = this.#from(thread, items);
    const first = items[from];
    if (first !== undefined) this.#oldest.set(thread, first.id);
    const isStart = from === 0 && loaded.windows.length < 2 && (loaded.reachesStart || items.length === 0);
    return { items: items.slice(from), before: items[from - 1] ?? null, hasMore: !isStart };
  }

  /** Whether a page more can be shown without asking the server. */
  hasMoreLoaded(thread: string, loaded: ThreadItems): boolean {
    return this.#from(thread, loaded.windows.at(-1)?.items ?? []) > 0;
  }

  /** Shows a page more, of what is loaded by now. */
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
