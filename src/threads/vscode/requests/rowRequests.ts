import type { ItemRef } from '../../../chatkit/common/refs.ts';
import { wireId } from '../../../chatkit/common/store/duplicates.ts';
import type { ThreadStore } from '../../../chatkit/common/store/types.ts';
import type { Order } from '../../../chatkit/common/threadSource.ts';

/** A request that returns the content of a row. `after` null means from the start of the order. */
export type RowRequest =
  | { readonly type: 'listThreads'; readonly page: RequestedPage; readonly user: string | null }
  | { readonly type: 'getThread'; readonly threadId: string }
  | { readonly type: 'listItems'; readonly threadId: string; readonly page: RequestedPage };

export interface RequestedPage {
  readonly limit: number;
  readonly order: Order;
  readonly after: string | null;
}

/**
 * Returns the requests for a row. Connection: its threads. Thread: the thread and its newest items. Item: a page that
 * contains only the item, or the newest page when cursors are opaque.
 */
export function requestsOf(
  { threadId, itemId }: Partial<ItemRef>,
  store: ThreadStore,
  { pageSize, cursors }: { readonly pageSize: number; readonly cursors: 'itemId' | 'opaque' },
): readonly RowRequest[] {
  if (threadId === undefined) {
    const { order, user } = store.list;
    return [{ type: 'listThreads', page: { limit: pageSize, order, after: null }, user }];
  }
  const newest: RowRequest = { type: 'listItems', threadId, page: { limit: pageSize, order: 'desc', after: null } };
  if (itemId === undefined) return [{ type: 'getThread', threadId }, newest];
  const singleItem = cursors === 'itemId' ? pageOf(itemId, threadId, store) : null;
  return [singleItem === null ? newest : { type: 'listItems', threadId, page: singleItem }];
}

/** Returns a page with one item, using a loaded neighbor as the cursor; null when no neighbor is loaded. */
function pageOf(itemId: string, threadId: string, store: ThreadStore): RequestedPage | null {
  const { windows, reachesStart, reachesEnd } = store.items(threadId);
  for (const [index, { items }] of windows.entries()) {
    const at = items.findIndex(({ id }) => id === itemId);
    if (at < 0) continue;
    const [before, after] = [items[at - 1], items[at + 1]];
    if (before !== undefined) return { limit: 1, order: 'asc', after: wireId(before) };
    if (after !== undefined) return { limit: 1, order: 'desc', after: wireId(after) };
    if (index === 0 && reachesStart) return { limit: 1, order: 'asc', after: null };
    if (index === windows.length - 1 && reachesEnd) return { limit: 1, order: 'desc', after: null };
  }
  return null;
}
