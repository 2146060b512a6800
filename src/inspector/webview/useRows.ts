import { useVirtualizer, type Range, type ReactVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useMemo, useRef, useState, type RefObject } from 'react';
import { useViewState } from './state/context.tsx';
import { HeightEstimates } from './heightEstimates.ts';
import type { Transcript } from './state/transcript.ts';

/** Rows are rendered beyond the edges of the viewport, by these shares of its height: more in the scroll direction. */
const overscanAhead = 1.5;
const overscanBehind = 0.75;
/** Maximum number of rows that are rendered beyond one edge. */
const maxOverscan = 24;
/** Distance from the end that still counts as the end, in px. */
export const endThreshold = 32;

export type Rows = ReactVirtualizer<HTMLDivElement, HTMLElement>;

/**
 * Decides which rows are rendered, and where. `above` is the height of the content above the first row, in px. Positions
 * are written to the elements directly, so that scrolling renders only rows that enter the viewport. The visible rows keep
 * their position when items are added above them or turn out taller than estimated.
 */
export function useRows(
  scroller: RefObject<HTMLDivElement | null>,
  { items, keys }: Transcript,
  visible: Uint32Array,
  activePosition: number,
  above: number,
): Rows {
  const { follow, conversation } = useViewState();
  const self = useRef<Rows | null>(null);
  const width = self.current?.scrollRect?.width ?? 0;

  const [estimates] = useState(() => new HeightEstimates());
  const estimateSize = useMemo(
    () => estimates.of(items, keys, visible, width),
    [estimates, items, keys, visible, width],
  );
  const getItemKey = useCallback((position: number) => keys[visible[position] ?? 0] ?? 0, [keys, visible]);
  const rangeExtractor = useCallback(
    (range: Range) => {
      const positions = renderedPositions(range, self.current);
      // The row that has the focus is always rendered.
      if (activePosition < 0 || activePosition >= range.count || positions.includes(activePosition)) return positions;
      return [...positions, activePosition].sort((a, b) => a - b);
    },
    [activePosition],
  );

  // Anchoring to the end visits all rows for each row that is measured, so it is enabled only when the items changed or the
  // end is visible.
  const lastItemKey = useRef(getItemKey);
  const changed = lastItemKey.current !== getItemKey;
  lastItemKey.current = getItemKey;
  const anchored = changed || self.current === null || self.current.isAtEnd(endThreshold);

  const rows: Rows = useVirtualizer<HTMLDivElement, HTMLElement>({
    count: visible.length,
    getScrollElement: () => scroller.current,
    getItemKey,
    estimateSize,
    scrollMargin: above,
    rangeExtractor,
    anchorTo: anchored ? 'end' : 'start',
    followOnAppend: follow.mode !== 'off' || conversation?.running != null,
    scrollEndThreshold: endThreshold,
    directDomUpdates: true,
    directDomUpdatesMode: 'position',
  });
  self.current = rows;
  return rows;
}

/** Returns the positions in the viewport and beyond both edges. */
function renderedPositions({ startIndex, endIndex, count }: Range, rows: Rows | null): number[] {
  const height = rows?.scrollRect?.height ?? 0;
  const beyond = (from: number, step: 1 | -1, share: number) => {
    let position = from;
    for (let remaining = share * height; remaining > 0 && Math.abs(position - from) < maxOverscan;) {
      position += step;
      remaining -= rows?.measurementsCache[position]?.size ?? 0;
    }
    return Math.min(Math.max(position, 0), count - 1);
  };
  const first = beyond(startIndex, -1, rows?.scrollDirection === 'backward' ? overscanAhead : overscanBehind);
  const last = beyond(endIndex, 1, rows?.scrollDirection === 'forward' ? overscanAhead : overscanBehind);
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
