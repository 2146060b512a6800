import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual';
import { useCallback, type RefObject } from 'react';
import { guessHeight } from './guessHeight.ts';
import { useShell } from './context.tsx';
import type { Transcript } from './transcript.ts';

/** Rows drawn beyond both edges of the viewport. */
const overscan = 6;
/** Nearer than this to the end counts as reading the end, px. */
const endThreshold = 32;

export type Rows = ReturnType<typeof useRows>;

/**
 * Which rows are drawn and where. `above` is the height of what stands above the first, px. Positions are written to the elements directly, so that scrolling renders only rows
 * that come into view; what is being read stays put when items join above it or turn out taller than guessed.
 */
export function useRows(
  scroller: RefObject<HTMLDivElement | null>,
  { items }: Transcript,
  visible: Uint32Array,
  activePosition: number,
  above: number,
) {
  const { follow } = useShell();
  const itemAt = useCallback((position: number) => items[visible[position] ?? -1], [items, visible]);
  const rangeExtractor = useCallback(
    (range: Range) => {
      const positions = defaultRangeExtractor(range);
      // The row that has the focus stays in the page, wherever one scrolls.
      if (activePosition < 0 || activePosition >= range.count || positions.includes(activePosition)) return positions;
      return [...positions, activePosition].sort((a, b) => a - b);
    },
    [activePosition],
  );
  return useVirtualizer<HTMLDivElement, HTMLElement>({
    count: visible.length,
    getScrollElement: () => scroller.current,
    getItemKey: useCallback((position: number) => itemAt(position)?.id ?? position, [itemAt]),
    estimateSize: (position) => guessHeight(itemAt(position), scroller.current?.clientWidth ?? 0),
    overscan,
    scrollMargin: above,
    rangeExtractor,
    anchorTo: 'end',
    followOnAppend: follow.mode !== 'off',
    scrollEndThreshold: endThreshold,
    directDomUpdates: true,
    directDomUpdatesMode: 'position',
  });
}
