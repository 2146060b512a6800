import { useEffect, useRef } from 'react';
import type { LoadPosition } from '../common/protocol.ts';
import { useInspector, useViewState } from './state/context.tsx';
import type { Transcript } from './state/transcript.ts';
import type { Rows } from './useRows.ts';

/** Nearer than this to where the loaded items end, and more of them are asked for, px. */
const nearness = 500;

/**
 * Loads the next page when the reader comes near the oldest or the newest of what is loaded. A gap is closed by its own
 * buttons: whoever scrolls past it did not ask for what is in it.
 */
export function useReadAhead(rows: Rows, transcript: Transcript, filtered: boolean, settled: boolean): void {
  const { host, threadId } = useInspector();
  const { activity } = useViewState();
  const { windows, bounds } = transcript;
  const offset = rows.scrollOffset ?? 0;
  const height = rows.scrollRect?.height ?? 0;
  // The host takes a moment to say that it loads; nothing is asked for twice meanwhile.
  const asked = useRef(new Map<LoadPosition, Transcript>());

  useEffect(() => {
    if (!settled || activity.deleted || windows.length === 0 || height === 0) return;
    const ask = (what: 'older' | 'newer', window: number) => {
      if (asked.current.get(what) === transcript || activity.loading.includes(what)) return;
      if (bounds.stopped === what || activity.problems.some(({ place }) => place === what)) return;
      asked.current.set(what, transcript);
      host.notify('load', { threadId, what, window });
    };
    const whole = rows.getTotalSize();
    // A filter that leaves less than a screen would otherwise go on until the whole thread is loaded.
    if (filtered && whole < height) return;
    if (offset < nearness && !bounds.reachesStart) ask('older', 0);
    if (whole - offset - height < nearness && !bounds.reachesEnd) ask('newer', windows.length - 1);
  });
}
