import * as l10n from '@vscode/l10n';
import { type PointerEvent, memo, useEffect, useState } from 'react';
import { loadedItems } from './FindField.tsx';
import { useInspector } from './state/context.tsx';
import { type MarkerKind, markerKinds, markerOf } from './rowFacts.ts';
import { type Transcript, isComplete } from './state/transcript.ts';
import type { Rows } from './useRows.ts';

/** Number of distinguishable positions: more markers than these would overlap. */
const positionCount = 200;
/** Delay before the map is rendered again after items arrived or rows were measured, in ms. */
const debounceMs = 250;

interface Props {
  readonly rows: Rows;
  readonly transcript: Transcript;
  readonly visible: Uint32Array;
}

interface Marker {
  readonly kind: MarkerKind;
  readonly position: number;
}

/**
 * A narrow map beside the scroll bar with the user turns, open tool calls and errors among the loaded items. Keyboard
 * users reach the same items with find and filter.
 */
export function TranscriptMap({ rows, transcript, visible }: Props) {
  const { formats } = useInspector();
  const total = rows.getTotalSize();
  const [markers, setMarkers] = useState<readonly Marker[]>([]);
  useEffect(() => {
    const timer = setTimeout(() => setMarkers(markersOf(rows, transcript, visible)), debounceMs);
    return () => clearTimeout(timer);
  }, [rows, transcript, visible, total]);

  const scope = isComplete(transcript) ? [] : [loadedItems(transcript, formats)];
  const title = [l10n.t('User turns, open calls and errors'), ...scope].join(' ');

  // The map is not useful when all rows fit into the viewport.
  if (total <= (rows.scrollRect?.height ?? 0)) return null;
  const jump = (event: PointerEvent<HTMLDivElement>) => {
    const { top, height } = event.currentTarget.getBoundingClientRect();
    const share = (event.clientY - top) / height;
    rows.scrollToOffset(share * rows.getTotalSize() - (rows.scrollRect?.height ?? 0) / 2);
  };
  return (
    <div className="map" aria-hidden="true" title={title} onPointerDown={jump}>
      <Markers markers={markers} />
    </div>
  );
}

/** Memoized, so that scrolling does not render it again. */
const Markers = memo(function Markers({ markers }: { readonly markers: readonly Marker[] }) {
  return markers.map(({ kind, position }) => (
    <span key={`${kind} ${position}`} className={kind} style={{ top: `${(position / positionCount) * 100}%` }} />
  ));
});

function markersOf(rows: Rows, { items }: Transcript, visible: Uint32Array): readonly Marker[] {
  const total = rows.getTotalSize();
  const taken = new Map(markerKinds.map((kind) => [kind, new Set<number>()]));
  for (const [position, index] of visible.entries()) {
    const item = items[index];
    const kind = item === undefined ? null : markerOf(item);
    if (kind === null || total === 0) continue;
    const start = rows.measurementsCache[position]?.start ?? 0;
    taken.get(kind)?.add(Math.min(positionCount - 1, Math.floor((start / total) * positionCount)));
  }
  return [...taken].flatMap(([kind, positions]) => [...positions].map((position) => ({ kind, position })));
}
