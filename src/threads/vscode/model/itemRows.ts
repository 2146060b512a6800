import type { ThreadItems } from '../../../chatkit/common/store/types.ts';
import type { LoadFailure } from './itemLoads.ts';
import { rowId, type RowMessage, type ThreadNode, type ThreadsNode } from './nodes.ts';
import type { RowCache } from './rowCache.ts';
import type { VisiblePart } from './visibleItems.ts';

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
