import { useSyncExternalStore } from 'react';
import { useInspector } from './context.tsx';

/** Returns whether a stream is still producing the item or ended before it was finished; null for every other item. */
export function useItemProgress(itemId: string): 'open' | 'unfinished' | null {
  const { model } = useInspector();
  return useSyncExternalStore(model.subscribe, () => {
    const conversation = model.getViewState()?.conversation;
    if (!conversation) return null;
    return conversation.open.includes(itemId) ? 'open' : conversation.unfinished.includes(itemId) ? 'unfinished' : null;
  });
}
