import * as l10n from '@vscode/l10n';
import { memo, useEffect, useState, type PointerEvent } from 'react';
import { useInspector } from './state/context.tsx';
import { markKinds, markOf, type MarkKind } from './marks.ts';
import { isWhole, type Transcript } from './state/transcript.ts';
import type { Rows } from './useRows.ts';

/** Places that can be told apart: more marks than these would only be drawn over each other. */
const places = 200;
/** Items arrive and rows are measured; the map is drawn anew once they rest, ms. */
const settling = 250;

interface Props {
  readonly rows: Rows;
  readonly transcript: Transcript;
  readonly visible: Uint32Array;
}

interface Mark {
  readonly kind: MarkKind;
  readonly place: number;
}

/**
 * A narrow map beside the scroll bar: user turns, open tool calls and errors of what is loaded. For the mouse; whoever
 * uses the keyboard finds and filters.
 */
export function TranscriptMap({ rows, transcript, visible }: Props) {
  const { formats } = useInspector();
  const total = rows.getTotalSize();
  const [marks, setMarks] = useState<readonly Mark[]>([]);
  useEffect(() => {
    const timer = setTimeout(() => setMarks(marksOf(rows, transcript, visible)), settling);
    return () => clearTimeout(timer);
  }, [rows, transcript, visible, total]);

  const covers = isWhole(transcript) ? [] : [l10n.t('in {0} loaded', formats.number(transcript.items.length))];
  const title = [l10n.t('User turns, open calls and errors'), ...covers].join(' ');

  // Where everything is on the screen, a map of it shows nothing.
  if (total <= (rows.scrollRect?.height ?? 0)) return null;
  const jump = (event: PointerEvent<HTMLDivElement>) => {
    const { top, height } = event.currentTarget.getBoundingClientRect();
    const share = (event.clientY - top) / height;
    rows.scrollToOffset(share * rows.getTotalSize() - (rows.scrollRect?.height ?? 0) / 2);
  };
  return (
    <div className="map" aria-hidden="true" title={title} onPointerDown={jump}>
      <Marks marks={marks} />
    </div>
  );
}

/** Kept as they are while one scrolls. */
const Marks = memo(function Marks({ marks }: { readonly marks: readonly Mark[] }) {
  return marks.map(({ kind, place }) => (
    <span key={`${kind} ${place}`} className={kind} style={{ top: `${(place / places) * 100}%` }} />
  ));
});

function marksOf(rows: Rows, { items }: Transcript, visible: Uint32Array): readonly Mark[] {
  const total = rows.getTotalSize();
  const taken = new Map(markKinds.map((kind) => [kind, new Set<number>()]));
  for (const [position, index] of visible.entries()) {
    const item = items[index];
    const kind = item === undefined ? null : markOf(item);
    if (kind === null || total === 0) continue;
    const start = rows.measurementsCache[position]?.start ?? 0;
    taken.get(kind)?.add(Math.min(places - 1, Math.floor((start / total) * places)));
  }
  return [...taken].flatMap(([kind, at]) => [...at].map((place) => ({ kind, place })));
}
