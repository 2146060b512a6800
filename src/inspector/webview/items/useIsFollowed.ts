import { useTranscript } from '../state/context.tsx';

/** Returns whether another item follows this item. */
export function useIsFollowed(itemId: string): boolean {
  const { items, bounds } = useTranscript();
  return !bounds.reachesEnd || items.at(-1)?.id !== itemId;
}
