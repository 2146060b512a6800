import { useState } from 'react';
import { useInspector } from '../../../inspector/webview/context.tsx';

/** What somebody types for an item and has not sent: kept while its row is scrolled out of the page. */
export function useDraft<T>(itemId: string, initial: T): readonly [T, (next: T) => void, forget: () => void] {
  const { model } = useInspector();
  const [draft, setDraft] = useState(() => (model.drafts.has(itemId) ? (model.drafts.get(itemId) as T) : initial));
  const change = (next: T) => {
    model.drafts.set(itemId, next);
    setDraft(next);
  };
  return [draft, change, () => void model.drafts.delete(itemId)];
}
