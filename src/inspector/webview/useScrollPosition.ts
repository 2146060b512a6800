import { useCallback, useEffect, useLayoutEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useInspector } from './state/context.tsx';
import type { Transcript } from './state/transcript.ts';
import type { Rows } from './useRows.ts';

interface ScrollPosition {
  /** Whether the initial position was reached: later scrolling is done by the reader. */
  readonly ready: boolean;
  /** Whether the transcript is ready and not being scrolled. */
  readonly idle: boolean;
  readonly jump: (where: 'start' | 'latest') => void;
}

/** Restores the last scroll position or shows the latest items, then remembers the position of the reader. */
export function useScrollPosition(rows: Rows, transcript: Transcript, visible: Uint32Array): ScrollPosition {
  const { host, memory, model, threadId } = useInspector();
  const [ready, setReady] = useState(false);
  const pendingJump = useRef<'start' | 'latest' | null>(null);
  const reveal = useSyncExternalStore(model.subscribe, model.getReveal);
  const revealed = useRef(0);
  const { items, bounds, byId } = transcript;

  const positionOf = useCallback(
    (itemId: string) => visible.findIndex((index) => items[index]?.id === itemId),
    [visible, items],
  );

  useLayoutEffect(() => {
    if (ready || visible.length === 0) return;
    const { anchor } = memory.state;
    const position = anchor === undefined || reveal !== null ? -1 : positionOf(anchor.itemId);
    if (anchor === undefined || position < 0) {
      rows.scrollToEnd();
    } else {
      rows.scrollToIndex(position, { align: 'start' });
    }
    const frame = requestAnimationFrame(() => {
      if (anchor !== undefined && position >= 0) rows.scrollBy(anchor.offset);
      setReady(true);
    });
    return () => cancelAnimationFrame(frame);
  }, [ready, visible, rows, memory, positionOf, reveal]);

  // Remember the position while nothing scrolls, except at the end: the latest items are shown by default.
  const idle = ready && !rows.isScrolling;
  useEffect(() => {
    if (!idle) return;
    const offset = rows.scrollOffset ?? 0;
    const top = rows.getVirtualItemForOffset(offset);
    const item = top && items[visible[top.index] ?? -1];
    if (!top || !item) return;
    const anchor = rows.isAtEnd(8) ? undefined : { itemId: item.id, offset: Math.round(offset - top.start) };
    memory.remember({ anchor });
  }, [idle, rows, items, visible, memory]);

  useEffect(() => {
    if (reveal === null || reveal.serial === revealed.current) return;
    const position = positionOf(reveal.itemId);
    if (position < 0) return;
    revealed.current = reveal.serial;
    rows.scrollToIndex(position, { align: 'center' });
  }, [reveal, positionOf, rows]);

  // Completes a jump to an end that had to be loaded first.
  useEffect(() => {
    if (pendingJump.current === 'start' && bounds.reachesStart && visible.length > 0) {
      pendingJump.current = null;
      rows.scrollToIndex(0, { align: 'start' });
    } else if (pendingJump.current === 'latest' && bounds.reachesEnd && visible.length > 0) {
      pendingJump.current = null;
      rows.scrollToEnd();
    }
  }, [bounds, visible, byId, rows]);

  const jump = (where: 'start' | 'latest') => {
    const isLoaded = where === 'start' ? bounds.reachesStart : bounds.reachesEnd;
    if (isLoaded) return where === 'start' ? rows.scrollToOffset(0) : rows.scrollToEnd();
    pendingJump.current = where;
    host.notify('load', { threadId, what: where, window: 0 });
  };

  return { ready, idle, jump };
}
