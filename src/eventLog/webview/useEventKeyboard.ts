import type { Virtualizer } from '@tanstack/react-virtual';
import { useLayoutEffect, useRef, useState, type FocusEvent, type KeyboardEvent, type RefObject } from 'react';

/** Keyboard navigation: arrows and j/k move by one event, Home and End to the first and last; Enter expands the JSON. */
export function useEventKeyboard(
  rows: Virtualizer<HTMLDivElement, HTMLElement>,
  count: number,
  initial: number,
  root: RefObject<HTMLElement | null>,
) {
  const [wanted, setActive] = useState<number | null>(null);
  // One row is always in the tab order: the initial one until the user focuses another.
  const active = Math.min(wanted ?? initial, count - 1);
  const wantsFocus = useRef(false);

  // The row may not be rendered before it has been scrolled into view.
  useLayoutEffect(() => {
    if (!wantsFocus.current) return;
    const button = root.current?.querySelector<HTMLElement>(`[data-index="${active}"] .event-fold`);
    if (!button) return;
    wantsFocus.current = false;
    button.focus({ preventScroll: true });
  });

  const goTo = (position: number) => {
    if (count === 0 || position < 0) return;
    wantsFocus.current = true;
    setActive(Math.min(position, count - 1));
    rows.scrollToIndex(Math.min(position, count - 1), { align: 'auto' });
  };

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const target = event.target as HTMLElement;
    // Arrow keys inside expanded JSON navigate the JSON.
    if (event.ctrlKey || event.metaKey || event.altKey || target.closest('.event-json')) return;
    const to = {
      ArrowDown: active + 1,
      j: active + 1,
      ArrowUp: Math.max(active - 1, 0),
      k: Math.max(active - 1, 0),
      Home: 0,
      End: count - 1,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    goTo(to);
  };

  const onFocus = (event: FocusEvent<HTMLElement>) => {
    const row = (event.target as HTMLElement).closest<HTMLElement>('[data-index]');
    if (row) setActive(Number(row.dataset['index']));
  };

  return { active, goTo, onKeyDown, onFocus };
}
