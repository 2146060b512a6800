import { isMarker } from '../../../threads/common/summary/waiting.ts';
import { useTranscript } from '../state/context.tsx';

/** Returns whether another item follows this item. Markers do not count: a user does not see them. */
export function useIsFollowed(itemId: string): boolean {
  const { items, bounds } = useTranscript();
  if (!bounds.reachesEnd) return true;
  return items.findLast((item) => !isMarker(item))?.id !== itemId;
}
