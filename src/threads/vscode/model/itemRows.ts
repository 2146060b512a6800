import type { ThreadItems, ThreadStore } from '../../../chatkit/common/store/types.ts';
import { type SourceError, toSourceError } from '../../../chatkit/common/errors.ts';
import type { ThreadItem } from '../../../chatkit/common/model/item.ts';
import { type RowCache, type RowMessage, type ThreadNode, type ThreadsNode, rowId } from './nodes.ts';

interface VisiblePart {
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

interface LoadFailure {
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

/** Returns the rows of a thread: a failure, *Load More*, then the items, oldest first. */
export function itemRows(
  { connectionId, threadId }: ThreadNode,
  loaded: ThreadItems,
  { items, previous, hasMore }: VisiblePart,
  failure: LoadFailure | undefined,
  rows: Pick<RowCache, 'loadMore'>,
): readonly ThreadsNode[] {
  const ref = { connectionId, threadId };
  const messageNode = (message: RowMessage): ThreadsNode => ({
    type: 'message',
    id: rowId('message', connectionId, threadId, message.type),
    ...ref,
    message,
  });
  const top: ThreadsNode[] = [];
  if (failure !== undefined) top.push(messageNode({ type: 'error', ...failure }));
  else if (loaded.stopped === 'older') top.push(messageNode({ type: 'repeatedPage' }));
  const offersMore = hasMore && failure?.more !== true && loaded.stopped !== 'older' && loaded.asOf !== null;
  if (offersMore) top.push(rows.loadMore(ref));
  if (loaded.asOf !== null && items.length === 0 && !offersMore) top.push(messageNode({ type: 'noItems' }));
  return [
    ...top,
    ...items.map(({ id }, index): ThreadsNode => {
      const previousId = (index === 0 ? previous : items[index - 1])?.id ?? null;
      return { type: 'item', id: rowId('item', connectionId, threadId, id), ...ref, itemId: id, previousId };
    }),
  ];
}
