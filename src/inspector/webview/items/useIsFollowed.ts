import { useTranscript } from '../state/context.tsx';
import { useItemProgress } from '../state/useItemProgress.ts';

/** Returns whether another item follows this item. */
export function useIsFollowed(itemId: string): boolean {
  const { items, bounds } = useTranscript();
  return !bounds.reachesEnd || items.at(-1)?.id !== itemId;
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
