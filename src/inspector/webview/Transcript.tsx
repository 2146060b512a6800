import * as l10n from '@vscode/l10n';
import { useImperativeHandle, useRef, type Ref, type UIEvent } from 'react';
import { useViewState, useTranscript } from './state/context.tsx';
import { Edge } from './Edge.tsx';
import { useHighlights } from './find/useHighlights.ts';
import type { Find } from './find/useFind.ts';
import { Row } from './Row.tsx';
import { rowFacts } from './rowFacts.ts';
import { RestingContext } from './scrollIdle.ts';
import { TranscriptMap } from './TranscriptMap.tsx';
import { useAnnouncements } from './useAnnouncements.ts';
import { useHeight } from '../../base/webview/useHeight.ts';
import { useKeyboard } from './useKeyboard.ts';
import { useOpened } from './useOpened.ts';
import { useScrollPosition } from './useScrollPosition.ts';
import { useReadAhead } from './useReadAhead.ts';
import { endThreshold, useRows } from './useRows.ts';
import './transcript.css';
import './row.css';

/** What the toolbar asks of the transcript. */
export interface TranscriptHandle {
  /** Scrolls to a position among the visible items. */
  show(position: number): void;
  jump(where: 'start' | 'latest'): void;
  /** The transcript itself moved down by so much, px: what it shows is moved up again. */
  shift(px: number): void;
  /** The transcript became higher or lower: the end is shown still, if it was. */
  keepEnd(): void;
  focus(): void;
}

interface Props {
  readonly ref: Ref<TranscriptHandle>;
  readonly visible: Uint32Array;
  readonly find: Find;
  readonly filtered: boolean;
}

/** The items, of which only those near the viewport are drawn. */
export function Transcript({ ref, visible, find, filtered }: Props) {
  const { activity, isNew } = useViewState();
  const transcript = useTranscript();
  const scroller = useRef<HTMLDivElement>(null);
  const feed = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const opened = useOpened();
  const keyboard = useKeyboard(transcript, visible, opened.toggle);
  const [edge, above] = useHeight();
  const rows = useRows(scroller, transcript, visible, keyboard.activePosition, above);
  const place = useScrollPosition(rows, transcript, visible);
  useReadAhead(rows, transcript, filtered, place.settled);
  useHighlights(feed, find);
  useAnnouncements(transcript);
  keyboard.attach(rows);

  useImperativeHandle(ref, () => ({
    show: (position) => rows.scrollToIndex(position, { align: 'center' }),
    jump: place.jump,
    keepEnd: () => {
      if (atEnd.current && place.settled) rows.scrollToEnd();
    },
    shift: (px) => scroller.current?.scrollBy(0, px),
    focus: keyboard.focus,
  }));

  // Read from the element: the rows hear of this scrolling after us.
  const onScroll = ({ currentTarget: { scrollHeight, scrollTop, clientHeight } }: UIEvent) => {
    atEnd.current = scrollHeight - scrollTop - clientHeight <= endThreshold;
  };
  const empty = visible.length === 0;
  const loading = activity.loading.length > 0;
  return (
    <div className="transcript">
      <div className="scroller" ref={scroller} onScroll={onScroll}>
        <div ref={edge}>
          <Edge at="start" />
        </div>
        {empty && !loading && transcript.bounds.asOf !== null && (
          <p className="empty">
            {filtered && transcript.items.length > 0
              ? l10n.t('All loaded items are filtered out.')
              : l10n.t('This thread has no items.')}
          </p>
        )}
        {isNew && <p className="empty">{l10n.t('The first message begins the thread.')}</p>}
        {empty && loading && <p className="empty">{l10n.t('Loading…')}</p>}
        {!empty && (
          <div
            ref={(element) => {
              feed.current = element;
              rows.containerRef(element);
            }}
            className="feed"
            role="feed"
            aria-label={l10n.t('Transcript')}
            aria-busy={loading}
            onKeyDown={keyboard.onKeyDown}
            onFocus={keyboard.onFocus}
          >
            <RestingContext value={place.rests}>
              {rows.getVirtualItems().map(({ key, index: position }) => {
                const facts = rowFacts(transcript, visible, position);
                return (
                  facts && (
                    <Row
                      key={String(key)}
                      {...facts}
                      position={position}
                      count={visible.length}
                      opened={opened.ids.has(facts.item.id)}
                      active={keyboard.activePosition === position}
                      onToggle={opened.toggle}
                      measure={rows.measureElement}
                    />
                  )
                );
              })}
            </RestingContext>
          </div>
        )}
        <Edge at="end" />
      </div>
      {!empty && <TranscriptMap rows={rows} transcript={transcript} visible={visible} />}
    </div>
  );
}
