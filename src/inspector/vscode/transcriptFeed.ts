import type { ThreadItem } from '../../chatkit/common/model/item.ts';
import type { ItemsChange, ThreadItems } from '../../chatkit/common/store/types.ts';
import type { Bounds, ItemsDelta, Layout } from '../common/protocol.ts';
import { toInspectorItem, type InspectorItem } from '../common/inspectorItem.ts';

/** Maximum number of items of one window in the first message; older items follow. */
const firstBatch = 200;
/** Maximum number of items in each following message, for a page with few items. */
const laterBatch = 1000;
/** Maximum number of items in a message, however many the page has: it cannot react while it adds them. */
const largestBatch = 5000;
/** The page builds its list again for each message, which costs more the more items it has: batches grow with it. */
const growth = 0.1;

interface SentWindow {
  readonly items: readonly ThreadItem[];
  /** Index of the first item that was sent to the webview. */
  from: number;
}

interface TranscriptFeedOptions {
  /** Returns the current items of the store. */
  readonly read: () => ThreadItems;
  /** Sends a delta to the webview; resolves when the webview has rendered it. */
  readonly post: (delta: ItemsDelta) => Promise<unknown>;
}

/**
 * Keeps a webview's items in sync with the store. The webview receives the newest items first and the rest in batches,
 * as fast as it can render; to the webview, they look like older pages being loaded.
 */
export class TranscriptFeed {
  readonly #options: TranscriptFeedOptions;
  readonly #sent = new Set<string>();
  #windows: SentWindow[] = [];
  #pumping = false;
  /** Number of deltas that the webview has not rendered yet. */
  #unrendered = 0;
  #disposed = false;
  /** The `asOf` that the webview has. */
  #sentAsOf: number | null = null;

  constructor(options: TranscriptFeedOptions) {
    this.#options = options;
  }

  /**
   * Returns all windows, including the item `around` if given: items that the webview has stay, and of each window at
   * least the newest batch is sent. Call `pump` when the webview has received them.
   */
  start(around: string | null): { readonly layout: Layout; readonly items: readonly InspectorItem[] } {
    this.#windows = this.#options.read().windows.map(({ items }) => {
      const target = around === null ? -1 : items.findIndex(({ id }) => id === around);
      let from = items.length;
      let fresh = 0;
      while (from > 0 && (fresh < firstBatch || (target >= 0 && from > target - firstBatch / 4))) {
        from -= 1;
        if (!this.#sent.has(items[from]?.id ?? '')) fresh += 1;
      }
      return { items, from };
    });
    const shown = this.#windows.map(({ items, from }) => items.slice(from));
    const fresh = shown.flatMap((items) => items.filter(({ id }) => !this.#sent.has(id)));
    const windows = shown.map((items) => items.map(({ id }) => id));
    return { layout: { windows, ...this.#bounds() }, items: this.#markSent(fresh) };
  }

  /** Sends the items that have not been sent, newest first. Ends without an error when the webview is disposed. */
  async pump(): Promise<void> {
    if (this.#pumping) return;
    this.#pumping = true;
    try {
      while (!this.#disposed) {
        const index = this.#windows.findLastIndex(({ from }) => from > 0);
        const window = this.#windows[index];
        if (window === undefined) return;
        const end = window.from;
        window.from = Math.max(0, end - this.#batchSize());
        const items = this.#markSent(window.items.slice(window.from, end));
        this.#unrendered += 1;
        await this.#options
          .post({ type: 'added', window: index, at: 'start', items, bounds: this.#bounds() })
          .finally(() => (this.#unrendered -= 1));
      }
    } catch {
      // The webview was disposed; the next one starts with `start`.
    } finally {
      this.#pumping = false;
    }
  }

  /** Sends a change of the store to the webview. */
  change(change: ItemsChange): void {
    switch (change.type) {
      case 'reset':
        return this.#post({ type: 'layout', ...this.start(null) });
      case 'added':
        return this.#added(change);
      case 'changed': {
        const items = change.items.filter(({ id }) => this.#sent.has(id));
        this.#refreshWindows();
        if (items.length > 0) this.#post({ type: 'changed', items: items.map(toInspectorItem) });
        return this.#postTime();
      }
      case 'removed':
        return this.#removed(change.itemIds);
      case 'bounds':
        return this.#post({ type: 'bounds', bounds: this.#bounds() });
      case 'asOf':
        return this.#postTime();
    }
  }

  /** Takes over a change of the store that the webview already has. */
  catchUp(): void {
    this.#refreshWindows();
    this.#postTime();
  }

  dispose(): void {
    this.#disposed = true;
  }

  #added({ window: index, at, items }: Extract<ItemsChange, { type: 'added' }>): void {
    const window = this.#windows[index];
    const current = this.#options.read().windows[index]?.items;
    if (window === undefined || current === undefined) return this.#post({ type: 'layout', ...this.start(null) });
    if (at === 'start') {
      // New items that precede unsent items join them. Items also wait while the webview is rendering:
      // a thread that is loaded in a hundred pages is then rendered in a few large batches.
      const backlog = window.from > 0 || items.length > laterBatch || this.#unrendered > 0;
      this.#windows[index] = { items: current, from: backlog ? window.from + items.length : 0 };
      if (backlog) return void this.pump();
    } else {
      this.#windows[index] = { items: current, from: window.from };
    }
    this.#post({ type: 'added', window: index, at, items: this.#markSent(items), bounds: this.#bounds() });
  }

  #removed(itemIds: readonly string[]): void {
    const removed = new Set(itemIds);
    const current = this.#options.read().windows;
    if (current.length !== this.#windows.length) return this.#post({ type: 'layout', ...this.start(null) });
    this.#windows = this.#windows.map(({ items, from }, index) => ({
      items: current[index]?.items ?? [],
      from: from - items.slice(0, from).filter(({ id }) => removed.has(id)).length,
    }));
    const sentIds = itemIds.filter((id) => this.#sent.delete(id));
    if (sentIds.length > 0) this.#post({ type: 'removed', itemIds: sentIds });
  }

  #refreshWindows(): void {
    const current = this.#options.read().windows;
    this.#windows = this.#windows.map(({ items, from }, index) => ({ items: current[index]?.items ?? items, from }));
  }

  #batchSize(): number {
    return Math.min(largestBatch, Math.max(laterBatch, Math.floor(this.#sent.size * growth)));
  }

  #markSent(items: readonly ThreadItem[]): InspectorItem[] {
    for (const { id } of items) this.#sent.add(id);
    return items.map(toInspectorItem);
  }

  /** Returns the bounds as the webview must see them: items that have not been sent count as not loaded. */
  #bounds(): Bounds {
    const { reachesStart, reachesEnd, asOf, stopped, duplicateIds } = this.#options.read();
    const atStart = (this.#windows[0]?.from ?? 0) === 0;
    this.#sentAsOf = asOf;
    return { reachesStart: reachesStart && atStart, reachesEnd, asOf, stopped: atStart ? stopped : null, duplicateIds };
  }

  /** Sends the bounds if the webview shows another second as the time of the last request. */
  #postTime(): void {
    const { asOf } = this.#options.read();
    if (asOf === null || Math.floor(asOf / 1000) === Math.floor((this.#sentAsOf ?? 0) / 1000)) return;
    this.#post({ type: 'bounds', bounds: this.#bounds() });
  }

  #post(delta: ItemsDelta): void {
    this.#unrendered += 1;
    this.#options
      .post(delta)
      .finally(() => (this.#unrendered -= 1))
      .then(
        () => this.pump(),
        () => undefined,
      );
  }
}
