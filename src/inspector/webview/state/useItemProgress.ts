import { useSyncExternalStore } from 'react';
import { useInspector } from './context.tsx';

/** Whether an item is still being made by a stream, or was left unfinished by one; null for every other item. */
export function useItemProgress(itemId: string): 'open' | 'unfinished' | null {
  const { model } = useInspector();
  return useSyncExternalStore(model.subscribe, () => {
    const talk = model.getViewState()?.conversation;
    if (!talk) return null;
    return talk.open.includes(itemId) ? 'open' : talk.unfinished.includes(itemId) ? 'unfinished' : null;
  });
}
