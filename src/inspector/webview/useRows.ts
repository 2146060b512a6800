import { useVirtualizer, type Range, type ReactVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useMemo, useRef, type RefObject } from 'react';
import { useViewState } from './state/context.tsx';
import { HeightGuesses } from './heightEstimates.ts';
import type { Transcript } from './state/transcript.ts';

/** Rows are drawn beyond the edges of the viewport, by these shares of its height: more of them where one scrolls to. */
const ahead = 1.5;
const beside = 0.75;
/** Whatever their heights, as many rows are enough. */
const mostBeyond = 24;
/** Nearer than this to the end counts as reading the end, px. */
export const endThreshold = 32;

export type Rows = ReactVirtualizer<HTMLDivElement, HTMLElement>;

/**
 * Which rows are drawn and where. `above` is the height of what stands above the first, px. Positions are written to the
 * elements directly, so that scrolling renders only rows that come into view; what is being read stays put when items join
 * above it or turn out taller than guessed.
 */
export function useRows(
  scroller: RefObject<HTMLDivElement | null>,
  { items, keys }: Transcript,
  visible: Uint32Array,
  activePosition: number,
  above: number,
): Rows {
  const { follow, conversation: talk } = useViewState();
  const self = useRef<Rows | null>(null);
  const width = self.current?.scrollRect?.width ?? 0;

  const guesses = useMemo(() => new HeightGuesses(items, visible, width), [items, visible, width]);
  const getItemKey = useCallback((position: number) => keys[visible[position] ?? 0] ?? 0, [keys, visible]);
  const rangeExtractor = useCallback(
    (range: Range) => {
      const positions = near(range, self.current);
      // The row that has the focus stays in the page, wherever one scrolls.
      if (activePosition < 0 || activePosition >= range.count || positions.includes(activePosition)) return positions;
      return [...positions, activePosition].sort((a, b) => a - b);
    },
    [activePosition],
  );

  // Holding on to the end, or to what is being read, costs a walk over all rows for each that is measured: it is switched on
  // where there is something to hold on to.
  const last = useRef(getItemKey);
  const changed = last.current !== getItemKey;
  last.current = getItemKey;
  const anchored = changed || self.current === null || self.current.isAtEnd(endThreshold);

  const rows: Rows = useVirtualizer<HTMLDivElement, HTMLElement>({
    count: visible.length,
    getScrollElement: () => scroller.current,
    getItemKey,
    estimateSize: guesses.at,
    scrollMargin: above,
    rangeExtractor,
    anchorTo: anchored ? 'end' : 'start',
    followOnAppend: follow.mode !== 'off' || talk?.running != null,
    scrollEndThreshold: endThreshold,
    directDomUpdates: true,
    directDomUpdatesMode: 'position',
  });
  self.current = rows;
  return rows;
}

/** The positions in view, and those beyond both edges. */
function near({ startIndex, endIndex, count }: Range, rows: Rows | null): number[] {
  const height = rows?.scrollRect?.height ?? 0;
  const beyond = (from: number, step: 1 | -1, share: number) => {
    let position = from;
    for (let room = share * height; room > 0 && Math.abs(position - from) < mostBeyond;) {
      position += step;
      room -= rows?.measurementsCache[position]?.size ?? 0;
    }
    return Math.min(Math.max(position, 0), count - 1);
  };
  const first = beyond(startIndex, -1, rows?.scrollDirection === 'backward' ? ahead : beside);
  const last = beyond(endIndex, 1, rows?.scrollDirection === 'forward' ? ahead : beside);
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
