import { useEffect, useState } from 'react';

/** The most that is quoted, characters. */
const longest = 20_000;

/** The text that is selected in the transcript; empty where none is. */
export function useSelectedText(): string {
  const [text, setText] = useState('');
  useEffect(() => {
    const read = () => {
      const selection = document.getSelection();
      const { anchorNode = null, focusNode = null } = selection ?? {};
      const inFeed = (node: Node | null) => node?.parentElement?.closest('.row-content') != null;
      const selected = inFeed(anchorNode) && inFeed(focusNode) ? (selection?.toString().trim() ?? '') : '';
      setText(selected.slice(0, longest));
    };
    document.addEventListener('selectionchange', read);
    return () => document.removeEventListener('selectionchange', read);
  }, []);
  return text;
}
