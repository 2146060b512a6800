import type { ItemRef } from '../../../chatkit/common/refs.ts';
import { wireId } from '../../../chatkit/common/store/duplicates.ts';
import type { ThreadStore } from '../../../chatkit/common/store/types.ts';
import type { Order } from '../../../chatkit/common/threadSource.ts';

/** A request that a row came from. `after` null: from the first of the order. */
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
 * The requests behind a row: of a connection its threads, of a thread the thread itself and its newest items, of an item
 * the page that holds it alone. Where cursors are the server's own, that is the newest page.
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
  const alone = cursors === 'itemId' ? pageOf(itemId, threadId, store) : null;
  return [alone === null ? newest : { type: 'listItems', threadId, page: alone }];
}

/** A page of one item, reached from a neighbour of it that is loaded; null where none is. */
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
