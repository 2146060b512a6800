import { useState } from 'react';
import { useConversation } from '../context.ts';

/** What somebody types for an item and has not sent: kept while its row is scrolled out of the page. */
export function useDraft<T>(itemId: string, initial: T): readonly [T, (next: T) => void, forget: () => void] {
  const { drafts } = useConversation();
  const [draft, setDraft] = useState(() => (drafts.has(itemId) ? (drafts.get(itemId) as T) : initial));
  const change = (next: T) => {
    drafts.set(itemId, next);
    setDraft(next);
  };
  return [draft, change, () => void drafts.delete(itemId)];
}
