import { useEffect, useRef } from 'react';
import type { LoadPosition } from '../common/protocol.ts';
import { useInspector, useViewState } from './state/context.tsx';
import type { Transcript } from './state/transcript.ts';
import type { Rows } from './useRows.ts';

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
