import { useEffect, useState } from 'react';

/** Maximum length of a quote in characters. */
const maxQuote = 20_000;

/** Returns the selected text of the transcript; empty if none. */
export function useSelectedText(): string {
  const [text, setText] = useState('');
  useEffect(() => {
    const read = () => {
      const selection = document.getSelection();
      const { anchorNode = null, focusNode = null } = selection ?? {};
      const inFeed = (node: Node | null) => node?.parentElement?.closest('.row-content') != null;
      const selected = inFeed(anchorNode) && inFeed(focusNode) ? (selection?.toString().trim() ?? '') : '';
      setText(selected.slice(0, maxQuote));
    };
    document.addEventListener('selectionchange', read);
    return () => document.removeEventListener('selectionchange', read);
  }, []);
  return text;
}
