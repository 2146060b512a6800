import * as l10n from '@vscode/l10n';
import { SourceError, isSourceError } from '../errors.ts';
import type { ThreadItem } from '../model/item.ts';
import type { Order, Page, ThreadSource } from '../threadSource.ts';
import { type ItemPage, type MergedPage, type PageTarget, wireId } from './itemWindows.ts';
import type { LoadedItems } from './loadedItems.ts';
import type { ItemWindow, ItemsChange } from './types.ts';

/**
 * A page can be empty because of filters although there are more (chatkit-api 5.3). Then the next page is requested.
 */
const maxEmptyPages = 10;

interface LoaderOptions {
  readonly source: ThreadSource;
  readonly threadId: string;
  readonly items: LoadedItems;
  readonly now: () => number;
  /** Called after each change. */
  readonly onChanges: (changes: readonly ItemsChange[]) => void;
}

interface Fetched extends Page<ThreadItem> {
  /** There are more items, but the server returned no cursor or repeated the requested one. */
  readonly turns: boolean;
}

/** Loads pages of one thread's items and merges them into the windows. Every method throws `SourceError`. */
export class ItemLoader {
  readonly #options: LoaderOptions;
  /** Counts additions at the newest end, so that an older response does not remove them. */
  #ends = 0;

  constructor(options: LoaderOptions) {
    this.#options = options;
  }

  /** Loads the newest page. */
  async latest(limit: number, signal: AbortSignal): Promise<void> {
    const { items, now } = this.#options;
    const ends = this.#ends;
    const page = await this.#fetch('desc', limit, undefined, signal);
    const isLate = ends !== this.#ends;
    if (isLate && !page.data.some(({ id }) => items.item(id) !== undefined)) return;
    this.#ends += 1;
    items.setAsOf(now());
    this.#place({ ...olderRun(page), isEnd: !isLate }, { at: 'end' });
    if (page.turns) items.setStopped('older');
  }

  /** Loads the first page. */
  async start(limit: number, signal: AbortSignal): Promise<void> {
    const page = await this.#fetch('asc', limit, undefined, signal);
    this.#place({ ...newerRun(page), isStart: true }, { at: 'start' });
    if (page.turns) this.#options.items.setStopped('newer');
  }

  /**
   * Loads the page before window `window`; with `pages`, at most so many, which are placed together: placing a page copies
   * the window. A request that fails or is cancelled after the first page does not discard the pages before it.
   */
  async older(window: number, limit: number, signal: AbortSignal, pages = 1): Promise<void> {
    const { items } = this.#options;
    const first = items.view.windows[window]?.items[0];
    const next = await this.#fetchBeside(window, 0, limit, signal);
    const page = next === null ? null : await this.#continued(next, limit, signal, pages - 1);
    const at = this.#windowWith(first, 0);
    if (page === null || at === null) return;
    const placed = this.#place(olderRun(page), { at: 'before', window: at });
    items.setStopped(page.turns || (page.hasMore && placed.items.length === 0) ? 'older' : null);
  }

  /** Loads the page after window `window`. */
  async newer(window: number, limit: number, signal: AbortSignal): Promise<void> {
    const { items, now } = this.#options;
    const last = items.view.windows[window]?.items.at(-1);
    const page = await this.#fetchBeside(window, -1, limit, signal);
    const at = this.#windowWith(last, -1);
    if (page === null || at === null) return;
    if (at === items.view.windows.length - 1) {
      this.#ends += 1;
      if (!page.hasMore) items.setAsOf(now());
    }
    const placed = this.#place(newerRun(page), { at: 'after', window: at });
    items.setStopped(page.turns || (page.hasMore && placed.items.length === 0) ? 'newer' : null);
  }

  #place(run: ItemPage, where: PageTarget): MergedPage {
    const { items, onChanges } = this.#options;
    const placed = items.mergePage(run, where);
    onChanges(placed.changes.length === 0 ? [{ type: 'asOf' }] : placed.changes);
    return placed;
  }

  /**
   * Returns the index of the window with `item` at its edge. Null if the window was extended or removed, so that the
   * response is outdated.
   */
  #windowWith(item: ThreadItem | undefined, edge: 0 | -1): number | null {
    if (item === undefined) return null;
    const index = this.#options.items.view.windows.findIndex(({ items }) => items.at(edge)?.id === item.id);
    return index === -1 ? null : index;
  }

  async #fetchBeside(window: number, edge: 0 | -1, limit: number, signal: AbortSignal): Promise<Fetched | null> {
    const loaded = this.#options.items.view.windows[window];
    if (loaded === undefined) return null;
    return this.#fetch(edge === 0 ? 'desc' : 'asc', limit, this.#cursor(loaded, edge), signal);
  }

  /** Adds at most `pages` older pages to a page. */
  async #continued(page: Fetched, limit: number, signal: AbortSignal, pages: number): Promise<Fetched> {
    const { source } = this.#options;
    let all = page;
    for (let left = pages; left > 0 && all.hasMore && !all.turns; left -= 1) {
      const last = all.data.at(-1);
      const after = source.cursors === 'itemId' && last !== undefined ? wireId(last) : all.next;
      if (after === null) break;
      try {
        const next = await this.#fetch('desc', limit, after, signal);
        // A server that ignores the cursor repeats its page. The next load notices this.
        if (next.data.length === 0 || next.data[0]?.id === page.data[0]?.id) break;
        all = { ...next, data: all.data.concat(next.data) };
      } catch (error) {
        if (!isSourceError(error) && !signal.aborted) throw error;
        break;
      }
    }
    return all;
  }

  #cursor(window: ItemWindow, edge: 0 | -1): string {
    const item = window.items.at(edge);
    const given = edge === 0 ? window.older : window.newer;
    const cursor = this.#options.source.cursors === 'itemId' && item !== undefined ? wireId(item) : given;
    if (cursor === null)
      throw new SourceError('invalidResponse', l10n.t('The server returned no cursor for the next page.'));
    return cursor;
  }

  async #fetch(order: Order, limit: number, after: string | undefined, signal: AbortSignal): Promise<Fetched> {
    const { source, threadId } = this.#options;
    let cursor = after;
    for (let empty = 0; ; empty += 1) {
      const query = { limit, order, ...(cursor === undefined ? {} : { after: cursor }) };
      const page = await source.listItems(threadId, query, signal);
      signal.throwIfAborted();
      const canGoOn = source.cursors === 'itemId' && page.data.length > 0;
      const turns = page.hasMore && !canGoOn && (page.next === null || page.next === cursor);
      if (page.data.length > 0 || !page.hasMore || turns || empty === maxEmptyPages) return { ...page, turns };
      cursor = page.next ?? undefined;
    }
  }
}

/** Returns whether the REST API rejected an unknown cursor (chatkit-api 1.4), which means that the item was deleted. */
export function isUnknownCursor(error: unknown): boolean {
  return isSourceError(error) && error.details.param === 'after';
}

/** Converts a page that was requested newest first. */
function olderRun(page: Page<ThreadItem>): ItemPage {
  return { items: page.data.toReversed(), older: page.next, newer: null, isStart: !page.hasMore, isEnd: false };
}

/** Converts a page that was requested oldest first. */
function newerRun(page: Page<ThreadItem>): ItemPage {
  return { items: page.data, older: null, newer: page.next, isStart: false, isEnd: !page.hasMore };
}
