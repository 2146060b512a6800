import { useCallback, useEffect, useLayoutEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useInspector } from './state/context.tsx';
import type { Transcript } from './state/transcript.ts';
import type { Rows } from './useRows.ts';

export interface ScrollPosition {
  /** The first scrolling is over: from now on scrolling is the reader's. */
  readonly settled: boolean;
  /** Settled, and nothing scrolls. */
  readonly rests: boolean;
  readonly jump: (where: 'start' | 'latest') => void;
}

/** Where the reader is: at first where they left, or at the latest items; then wherever they go. */
export function useScrollPosition(rows: Rows, transcript: Transcript, visible: Uint32Array): ScrollPosition {
  const { host, memory, model, threadId } = useInspector();
  const [settled, setSettled] = useState(false);
  const wanted = useRef<'start' | 'latest' | null>(null);
  const reveal = useSyncExternalStore(model.subscribe, model.getReveal);
  const revealed = useRef(0);
  const { items, bounds, byId } = transcript;

  const positionOf = useCallback(
    (itemId: string) => visible.findIndex((index) => items[index]?.id === itemId),
    [visible, items],
  );

  useLayoutEffect(() => {
    if (settled || visible.length === 0) return;
    const { anchor } = memory.state;
    const position = anchor === undefined || reveal !== null ? -1 : positionOf(anchor.itemId);
    if (anchor === undefined || position < 0) {
      rows.scrollToEnd();
    } else {
      rows.scrollToIndex(position, { align: 'start' });
    }
    const frame = requestAnimationFrame(() => {
      if (anchor !== undefined && position >= 0) rows.scrollBy(anchor.offset);
      setSettled(true);
    });
    return () => cancelAnimationFrame(frame);
  }, [settled, visible, rows, memory, positionOf, reveal]);

  // Where the reader rests. At the end there is nothing to come back to: the latest items are shown anyway.
  const rests = settled && !rows.isScrolling;
  useEffect(() => {
    if (!rests) return;
    const offset = rows.scrollOffset ?? 0;
    const top = rows.getVirtualItemForOffset(offset);
    const item = top && items[visible[top.index] ?? -1];
    if (!top || !item) return;
    const anchor = rows.isAtEnd(8) ? undefined : { itemId: item.id, offset: Math.round(offset - top.start) };
    memory.remember({ anchor });
  }, [rests, rows, items, visible, memory]);

  useEffect(() => {
    if (reveal === null || reveal.serial === revealed.current) return;
    const position = positionOf(reveal.itemId);
    if (position < 0) return;
    revealed.current = reveal.serial;
    rows.scrollToIndex(position, { align: 'center' });
  }, [reveal, positionOf, rows]);

  // A jump to an end that had to be loaded first.
  useEffect(() => {
    if (wanted.current === 'start' && bounds.reachesStart && visible.length > 0) {
      wanted.current = null;
      rows.scrollToIndex(0, { align: 'start' });
    } else if (wanted.current === 'latest' && bounds.reachesEnd && visible.length > 0) {
      wanted.current = null;
      rows.scrollToEnd();
    }
  }, [bounds, visible, byId, rows]);

  const jump = (where: 'start' | 'latest') => {
    const there = where === 'start' ? bounds.reachesStart : bounds.reachesEnd;
    if (there) return where === 'start' ? rows.scrollToOffset(0) : rows.scrollToEnd();
    wanted.current = where;
    host.notify('load', { threadId, what: where, window: 0 });
  };

  return { settled, rests, jump };
}
