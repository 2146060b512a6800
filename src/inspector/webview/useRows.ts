import {
  type RefObject,
  useCallback,
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import { type Range, type ReactVirtualizer, useVirtualizer } from '@tanstack/react-virtual';
import type { InspectorItem } from '../common/inspectorItem.ts';
import type { LoadPosition } from '../common/protocol.ts';
import { kindView, textOf } from './items/kinds.ts';
import { useInspector, useViewState } from './state/context.tsx';
import type { Transcript } from './state/transcript.ts';

interface ScrollPosition {
  /** Whether the initial position was reached: later scrolling is done by the reader. */
  readonly ready: boolean;
  /** Whether the transcript is ready and not being scrolled. */
  readonly idle: boolean;
  readonly jump: (where: 'start' | 'latest') => void;
}

/**
 * Restores the last scroll position or shows the latest items, then remembers the position of the reader. `goTo` scrolls to
 * a position and gives its row the focus.
 */
export function useScrollPosition(
  rows: Rows,
  transcript: Transcript,
  visible: Uint32Array,
  goTo: (position: number, align: 'center') => void,
): ScrollPosition {
  const { host, memory, model, threadId } = useInspector();
  const [ready, setReady] = useState(false);
  const pendingJump = useRef<'start' | 'latest' | null>(null);
  const reveal = useSyncExternalStore(model.subscribe, model.getReveal);
  const revealed = useRef(0);
  const { items, bounds, byId } = transcript;

  const focusRow = useEffectEvent((position: number) => goTo(position, 'center'));
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
    if (reveal.takesFocus) focusRow(position);
    else rows.scrollToIndex(position, { align: 'center' });
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
  const initialOffset = useInitialOffset(items, visible, estimateSize, above);
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

  // Where the transcript starts is known with its first items.
  const hadRows = useRef(false);
  if (!hadRows.current && visible.length > 0) {
    hadRows.current = true;
    if (self.current !== null) self.current.scrollOffset = null;
  }

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
    initialOffset,
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

/**
 * Returns what calculates the offset at which the transcript will be shown, in px, from the estimated heights: without it,
 * the rows at the start would be rendered before those that are shown.
 */
function useInitialOffset(
  items: readonly InspectorItem[],
  visible: Uint32Array,
  estimateSize: (position: number) => number,
  above: number,
): () => number {
  const { memory, model } = useInspector();
  return () => {
    const itemId = model.getReveal()?.itemId ?? memory.state.anchor?.itemId;
    const found = itemId === undefined ? -1 : visible.findIndex((index) => items[index]?.id === itemId);
    const end = found < 0 ? visible.length : found;
    let offset = above;
    for (let position = 0; position < end; position++) offset += estimateSize(position);
    return offset;
  };
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

/** Distance from the ends of the loaded items at which more items are requested, in px. */
const thresholdPx = 500;

/**
 * Loads the next page when the reader scrolls near the oldest or the newest loaded item. A gap is loaded only by its own
 * buttons, because scrolling past it does not mean that its items are wanted.
 */
export function useReadAhead(rows: Rows, transcript: Transcript, filtered: boolean, ready: boolean): void {
  const { host, threadId } = useInspector();
  const { activity } = useViewState();
  const { windows, bounds } = transcript;
  const offset = rows.scrollOffset ?? 0;
  const height = rows.scrollRect?.height ?? 0;
  // The host reports loading with a delay; the same page is not requested twice meanwhile.
  const requested = useRef(new Map<LoadPosition, Transcript>());

  useEffect(() => {
    if (!ready || activity.deleted || windows.length === 0 || height === 0) return;
    const request = (what: 'older' | 'newer', window: number) => {
      if (requested.current.get(what) === transcript || activity.loading.includes(what)) return;
      if (bounds.stopped === what || activity.problems.some(({ place }) => place === what)) return;
      requested.current.set(what, transcript);
      host.notify('load', { threadId, what, window });
    };
    const totalHeight = rows.getTotalSize();
    // Otherwise a filter that leaves less than one screen would load the whole thread.
    if (filtered && totalHeight < height) return;
    if (offset < thresholdPx && !bounds.reachesStart) request('older', 0);
    if (totalHeight - offset - height < thresholdPx && !bounds.reachesEnd) request('newer', windows.length - 1);
  });
}

/** Space above and below the content, in px: see `row.css`. */
const padding = 11;
const lineHeight = 19;
const characterWidth = 7;
/** Characters that are counted: the row of a longer text is taller than any viewport. */
const maxCharacters = 8_000;

function estimate(item: InspectorItem, width: number): number {
  // In narrow panels the time and the kind are above the content instead of beside it (see `row.css`).
  const columns = width > 700 ? 360 : 38;
  const charactersPerLine = Math.max(20, (width - columns) / characterWidth);
  let lines = 0;
  for (const line of textOf(item).slice(0, maxCharacters).split('\n')) {
    lines += Math.max(1, Math.ceil(line.length / charactersPerLine));
  }
  return padding + kindView(item.kind).extraHeight + lines * lineHeight;
}

/**
 * The expected heights of rows before they are rendered, in px: exact enough to keep the scroll bar steady. The virtualizer
 * requests all of them whenever the height of one row changes, so they are cached by the key of the row.
 */
class HeightEstimates {
  #width = 0;
  #heights = new Float32Array(256);
  /** The item that each height belongs to: a changed item is a new object. */
  readonly #items: (InspectorItem | undefined)[] = [];

  /** Returns the estimates of the visible rows for a width of the webview, in px. */
  of(items: readonly InspectorItem[], keys: Uint32Array, visible: Uint32Array, width: number): (at: number) => number {
    if (width !== this.#width) this.#items.length = 0;
    this.#width = width;
    return (position) => {
      const index = visible[position] ?? -1;
      const item = items[index];
      const key = keys[index];
      if (item === undefined || key === undefined) return lineHeight;
      if (this.#items[key] === item) return this.#heights[key] ?? lineHeight;
      const height = estimate(item, width);
      this.#grow(key);
      this.#heights[key] = height;
      this.#items[key] = item;
      return height;
    };
  }

  #grow(key: number): void {
    if (key < this.#heights.length) return;
    const grown = new Float32Array(Math.max(key + 1, this.#heights.length * 2));
    grown.set(this.#heights);
    this.#heights = grown;
  }
}

/** The height of an element, px, as it changes; the first value is for its `ref`. */
export function useHeight(): readonly [(element: HTMLElement | null) => (() => void) | undefined, number] {
  const [height, setHeight] = useState(0);
  const ref = useCallback((element: HTMLElement | null) => {
    if (element === null) return undefined;
    setHeight(element.offsetHeight);
    const observer = new ResizeObserver(() => setHeight(element.offsetHeight));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [ref, height];
}
