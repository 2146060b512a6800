import { useEffect } from 'react';
import type { Place } from '../../protocol/inspector.ts';
import { useInspector, useShell } from './context.tsx';
import type { Transcript } from './transcript.ts';
import type { Rows } from './useRows.ts';

/** Nearer than this to where the loaded items end, and more of them are asked for, px. */
const nearness = 500;

/** Loads the next page in the direction in which the reader comes near an end of what is loaded. */
export function useReadAhead(rows: Rows, transcript: Transcript, visible: Uint32Array, settled: boolean): void {
  const { host, threadId } = useInspector();
  const { activity } = useShell();
  const { windowStarts, windows, bounds } = transcript;
  const offset = rows.scrollOffset ?? 0;
  const height = rows.scrollRect?.height ?? 0;

  useEffect(() => {
    if (!settled || activity.deleted || visible.length === 0 || height === 0) return;
    const busy = (place: Place) =>
      activity.loading.includes(place) || activity.problems.some((problem) => problem.place === place);
    const indexAt = (px: number) => visible[rows.getVirtualItemForOffset(px)?.index ?? 0] ?? 0;
    const windowOf = (index: number) => windowStarts.findLastIndex((start) => start <= index);
    const top = windowOf(indexAt(offset));
    const above = windowOf(indexAt(Math.max(0, offset - nearness)));
    const bottom = windowOf(indexAt(offset + height));
    const below = windowOf(indexAt(offset + height + nearness));
    const ask = (what: 'older' | 'newer', window: number) => host.notify('load', { threadId, what, window });

    if (top === 0 && offset < nearness && !bounds.reachesStart && !busy('older')) ask('older', 0);
    if (above < top && !busy(`gap${top - 1}`)) ask('older', top);
    if (below > bottom && bottom >= top && above === top && !busy(`gap${bottom}`)) ask('newer', bottom);
    const fromEnd = rows.getTotalSize() - offset - height;
    const last = windows.length - 1;
    if (bottom === last && fromEnd < nearness && !bounds.reachesEnd && !busy('newer')) ask('newer', last);
  });
}
