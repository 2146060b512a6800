import { type FocusEvent, type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react';
import type { Transcript } from './state/transcript.ts';
import type { Rows } from './useRows.ts';

/**
 * Keyboard navigation of the items: arrows and j/k move to the next and previous item, Home and End to the first and
 * last, Enter toggles the JSON of an item, Escape moves from a control to its item and from there to the find field.
 */
export function useKeyboard(transcript: Transcript, visible: Uint32Array, toggle: (itemId: string) => void) {
  const { items, keys } = transcript;
  const [activeId, setActiveId] = useState<string | null>(null);
  const rowsRef = useRef<Rows | null>(null);
  const wantsFocus = useRef(false);

  const found = activeId === null ? -1 : visible.findIndex((index) => items[index]?.id === activeId);
  // One row is always in the tab order: the last row until another one gets the focus.
  const activePosition = found >= 0 ? found : visible.length - 1;

  const elementOf = (position: number) => rowsRef.current?.elementsCache.get(keys[visible[position] ?? 0] ?? 0);

  // The row may have to be scrolled into view before it can get the focus.
  useLayoutEffect(() => {
    if (!wantsFocus.current || activeId === null) return;
    const element = elementOf(found);
    if (!element?.isConnected) return;
    wantsFocus.current = false;
    element.focus({ preventScroll: true });
  });

  const goTo = (position: number) => {
    const at = Math.min(Math.max(position, 0), visible.length - 1);
    const item = items[visible[at] ?? -1];
    if (item === undefined) return;
    wantsFocus.current = true;
    setActiveId(item.id);
    rowsRef.current?.scrollToIndex(at, { align: 'auto' });
    elementOf(at)?.focus({ preventScroll: true });
  };

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const article = (event.target as HTMLElement).closest<HTMLElement>('article');
    const inside = event.target !== article;
    const at = Number(article?.dataset['index'] ?? activePosition);
    switch (event.key) {
      case 'ArrowDown':
      case 'j':
        goTo(at + 1);
        break;
      case 'ArrowUp':
      case 'k':
        goTo(at - 1);
        break;
      case 'Home':
        goTo(0);
        break;
      case 'End':
        goTo(visible.length - 1);
        break;
      case 'Enter':
        // Inside an item, Enter activates the button or link that has the focus.
        if (inside || article?.dataset['itemId'] === undefined) return;
        toggle(article.dataset['itemId']);
        break;
      case 'Escape':
        if (inside) article?.focus({ preventScroll: true });
        else document.querySelector<HTMLElement>('.find input')?.focus();
        break;
      default:
        return;
    }
    event.preventDefault();
  };

  return {
    activePosition,
    onKeyDown,
    onFocus: (event: FocusEvent<HTMLElement>) => {
      const id = event.target.closest<HTMLElement>('article')?.dataset['itemId'];
      if (id !== undefined) setActiveId(id);
    },
    focus: () => goTo(activePosition),
    /** Sets the rows. They are created after this hook, because the active row is always rendered. */
    attach: (rows: Rows) => {
      rowsRef.current = rows;
    },
  };
}

function isTyping(target: EventTarget): boolean {
  return (
    target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement
  );
}
