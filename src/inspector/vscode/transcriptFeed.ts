import type { ThreadItem } from '../../chatkit/common/model/item.ts';
import type { ItemsChange, ThreadItems } from '../../chatkit/common/store/types.ts';
import type { Bounds, ItemsDelta, Layout } from '../common/protocol.ts';
import { toInspectorItem, type InspectorItem } from '../common/inspectorItem.ts';

/** Items of one window that the page gets at once; older ones follow while it is being read. */
const firstPart = 200;
/** Items that follow at a time. */
const laterPart = 1000;

interface SentWindow {
  readonly items: readonly ThreadItem[];
  /** The page has the items from here on. */
  from: number;
}

export interface TranscriptFeedOptions {
  /** What the store holds now. */
  readonly read: () => ThreadItems;
  /** Hands a delta to the page; settles when the page has drawn it. */
  readonly post: (delta: ItemsDelta) => Promise<unknown>;
}

/**
 * Keeps a page's items as the store's are. However much is loaded, the page gets the newest part at once and the rest
 * bit by bit, as fast as it can draw; to the page that looks like older pages arriving.
 */
export class TranscriptFeed {
  readonly #options: TranscriptFeedOptions;
  readonly #sent = new Set<string>();
  #windows: SentWindow[] = [];
  #pumping = false;
  /** Deltas that the page has not drawn yet. */
  #undrawn = 0;
  #disposed = false;

  constructor(options: TranscriptFeedOptions) {
    this.#options = options;
  }

  /** What the page starts with; the item `around` is part of it wherever it is. Call `pump` once the page has it. */
  start(around: string | null): { readonly layout: Layout; readonly items: readonly InspectorItem[] } {
    return this.#layOut(around);
  }

  /** Sends what is loaded and not sent yet, oldest last. Ends quietly when the page goes away. */
  async pump(): Promise<void> {
    if (this.#pumping) return;
    this.#pumping = true;
    try {
      while (!this.#disposed) {
        const index = this.#windows.findLastIndex(({ from }) => from > 0);
        const window = this.#windows[index];
        if (window === undefined) return;
        const end = window.from;
        window.from = Math.max(0, end - laterPart);
        const items = this.#take(window.items.slice(window.from, end));
        this.#undrawn += 1;
        await this.#options
          .post({ type: 'added', window: index, at: 'start', items, bounds: this.#bounds() })
          .finally(() => (this.#undrawn -= 1));
      }
    } catch {
      // The next page starts anew.
    } finally {
      this.#pumping = false;
    }
  }

  /** Tells the page what changed in the store. */
  change(change: ItemsChange): void {
    switch (change.type) {
      case 'reset':
        return this.#post({ type: 'layout', ...this.#layOut(null) });
      case 'added':
        return this.#added(change);
      case 'changed': {
        const items = change.items.filter(({ id }) => this.#sent.has(id));
        this.#refreshWindows();
        if (items.length > 0) this.#post({ type: 'changed', items: items.map(toInspectorItem) });
        return;
      }
      case 'removed':
        return this.#removed(change.itemIds);
      case 'bounds':
        return this.#post({ type: 'bounds', bounds: this.#bounds() });
    }
  }

  /** The store holds more than before, and the page knows it already. */
  catchUp(): void {
    this.#refreshWindows();
  }

  dispose(): void {
    this.#disposed = true;
  }

  #added({ window: index, at, items }: Extract<ItemsChange, { type: 'added' }>): void {
    const window = this.#windows[index];
    const current = this.#options.read().windows[index]?.items;
    if (window === undefined || current === undefined) return this.#post({ type: 'layout', ...this.#layOut(null) });
    if (at === 'start') {
      // With a backlog the new items stand before what has yet to be sent, and join it. They also wait while the page is
      // busy: a thread that is loaded in a hundred pages is drawn in a few large parts.
      const backlog = window.from > 0 || items.length > laterPart || this.#undrawn > 0;
      this.#windows[index] = { items: current, from: backlog ? window.from + items.length : 0 };
      if (backlog) return void this.pump();
    } else {
      this.#windows[index] = { items: current, from: window.from };
    }
    this.#post({ type: 'added', window: index, at, items: this.#take(items), bounds: this.#bounds() });
  }

  #removed(itemIds: readonly string[]): void {
    const gone = new Set(itemIds);
    const current = this.#options.read().windows;
    if (current.length !== this.#windows.length) return this.#post({ type: 'layout', ...this.#layOut(null) });
    this.#windows = this.#windows.map(({ items, from }, index) => ({
      items: current[index]?.items ?? [],
      from: from - items.slice(0, from).filter(({ id }) => gone.has(id)).length,
    }));
    const known = itemIds.filter((id) => this.#sent.delete(id));
    if (known.length > 0) this.#post({ type: 'removed', itemIds: known });
  }

  /** Anew: all that the page has already stays, and of each window at least the newest part is sent. */
  #layOut(around: string | null): { readonly layout: Layout; readonly items: readonly InspectorItem[] } {
    this.#windows = this.#options.read().windows.map(({ items }) => {
      const wanted = around === null ? -1 : items.findIndex(({ id }) => id === around);
      let from = items.length;
      let fresh = 0;
      while (from > 0 && (fresh < firstPart || (wanted >= 0 && from > wanted - firstPart / 4))) {
        from -= 1;
        if (!this.#sent.has(items[from]?.id ?? '')) fresh += 1;
      }
      return { items, from };
    });
    const shown = this.#windows.map(({ items, from }) => items.slice(from));
    const fresh = shown.flatMap((items) => items.filter(({ id }) => !this.#sent.has(id)));
    const windows = shown.map((items) => items.map(({ id }) => id));
    return { layout: { windows, ...this.#bounds() }, items: this.#take(fresh) };
  }

  #refreshWindows(): void {
    const current = this.#options.read().windows;
    this.#windows = this.#windows.map(({ items, from }, index) => ({ items: current[index]?.items ?? items, from }));
  }

  #take(items: readonly ThreadItem[]): InspectorItem[] {
    for (const { id } of items) this.#sent.add(id);
    return items.map(toInspectorItem);
  }

  /** The page's view of the bounds: what was not sent yet is not loaded there. */
  #bounds(): Bounds {
    const { reachesStart, reachesEnd, asOf, stopped, duplicateIds } = this.#options.read();
    const atStart = (this.#windows[0]?.from ?? 0) === 0;
    return { reachesStart: reachesStart && atStart, reachesEnd, asOf, stopped: atStart ? stopped : null, duplicateIds };
  }

  #post(delta: ItemsDelta): void {
    this.#undrawn += 1;
    this.#options
      .post(delta)
      .finally(() => (this.#undrawn -= 1))
      .then(
        () => this.pump(),
        () => undefined,
      );
  }
}
