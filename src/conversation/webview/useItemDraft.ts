import { useState } from 'react';
import { useConversation } from './context.ts';

/** Unsent input for an item; preserved while its row is unmounted. */
export function useItemDraft<T>(itemId: string, initial: T): readonly [T, (next: T) => void, forget: () => void] {
  const { drafts } = useConversation();
  const [draft, setDraft] = useState(() => (drafts.has(itemId) ? (drafts.get(itemId) as T) : initial));
  const change = (next: T) => {
    drafts.set(itemId, next);
    setDraft(next);
  };
  return [draft, change, () => void drafts.delete(itemId)];
}
