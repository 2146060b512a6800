import { isMarker } from '../../../threads/common/summary/waiting.ts';
import { useTranscript } from '../state/context.tsx';
import { useItemProgress } from '../state/useItemProgress.ts';

/** Returns whether another item follows this item. Markers do not count: a user does not see them. */
export function useIsFollowed(itemId: string): boolean {
  const { items, bounds } = useTranscript();
  if (!bounds.reachesEnd) return true;
  return items.findLast((item) => !isMarker(item))?.id !== itemId;
}

/**
 * Returns whether an item that the server did not finish can still change: its stream is open or, if no stream of this
 * window produced it, no other item follows.
 */
export function useCanChange(itemId: string): boolean {
  const progress = useItemProgress(itemId);
  const isFollowed = useIsFollowed(itemId);
  return progress === 'open' || (progress === null && !isFollowed);
}
