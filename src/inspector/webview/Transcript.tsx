import {
  type Ref,
  type UIEvent,
  useCallback,
  useEffect,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import * as l10n from '@vscode/l10n';
import { useHeight } from '../../base/webview/useHeight.ts';
import { useInspector, useTranscript, useViewState } from './state/context.tsx';
import type { Transcript as TranscriptState } from './state/transcript.ts';
import { Edge } from './Unloaded.tsx';
import { type Find, useHighlights } from './find/useFind.ts';
import { Row } from './Row.tsx';
import { responseTimes, rowFacts } from './rowFacts.ts';
import { ScrollIdleContext } from './scrollIdle.ts';
import { TranscriptMap } from './TranscriptMap.tsx';
import { useKeyboard } from './useKeyboard.ts';
import { endThreshold, useReadAhead, useRows, useScrollPosition } from './useRows.ts';
import './transcript.css';
import './row.css';

/** The operations of the transcript that the rest of the page uses. */
export interface TranscriptHandle {
  /** Scrolls to a position, an index among the visible items. */
  show(position: number): void;
  jump(where: 'start' | 'latest'): void;
  /** Compensates for a transcript that moved down by `px` pixels: the rows keep their position on the screen. */
  shift(px: number): void;
  /** Scrolls to the end after the height of the transcript changed, if the end was visible before. */
  keepEnd(): void;
  focus(): void;
}

interface Props {
  readonly ref: Ref<TranscriptHandle>;
  readonly visible: Uint32Array;
  readonly find: Find;
  readonly filtered: boolean;
}

/** The items. Only those near the viewport are rendered. */
export function Transcript({ ref, visible, find, filtered }: Props) {
  const { activity, isNew, conversation } = useViewState();
  const { log } = useInspector().model;
  const ended = useSyncExternalStore(log.subscribe, log.getEnded);
  const transcript = useTranscript();
  const scroller = useRef<HTMLDivElement>(null);
  const feed = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const opened = useOpened();
  const times = useMemo(() => responseTimes(ended), [ended]);
  const keyboard = useKeyboard(transcript, visible, opened.toggle);
  const [edge, above] = useHeight();
  const rows = useRows(scroller, transcript, visible, keyboard.activePosition, above);
  const scroll = useScrollPosition(rows, transcript, visible);
  useReadAhead(rows, transcript, filtered, scroll.ready);
  useHighlights(feed, find);
  useAnnounceNewItems(transcript, conversation?.running != null);
  keyboard.attach(rows);

  useImperativeHandle(ref, () => ({
    show: (position) => rows.scrollToIndex(position, { align: 'center' }),
    jump: scroll.jump,
    keepEnd: () => {
      if (atEnd.current && scroll.ready) rows.scrollToEnd();
    },
    shift: (px) => scroller.current?.scrollBy(0, px),
    focus: keyboard.focus,
  }));

  // Read from the element: the virtualizer handles the scroll event after this handler.
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
        {isNew && <p className="empty">{l10n.t('Send a message to start the thread.')}</p>}
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
            <ScrollIdleContext value={scroll.idle}>
              {rows.getVirtualItems().map(({ key, index: position }) => {
                const facts = rowFacts(transcript, visible, position, times);
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
            </ScrollIdleContext>
          </div>
        )}
        <Edge at="end" />
      </div>
      {!empty && <TranscriptMap rows={rows} transcript={transcript} visible={visible} />}
    </div>
  );
}

/**
 * Announces how many items were added at the end, because the reader did not request them. During a response, the
 * conversation announces its progress and its end instead.
 */
function useAnnounceNewItems({ items }: TranscriptState, isResponding: boolean): void {
  const { formats, announce } = useInspector();
  const last = useRef<string | undefined>(undefined);
  useEffect(() => {
    const before = last.current;
    last.current = items.at(-1)?.id;
    if (before === undefined || before === last.current || isResponding) return;
    const at = items.findLastIndex(({ id }) => id === before);
    const count = items.length - 1 - at;
    if (at >= 0) announce(count === 1 ? l10n.t('1 new item') : l10n.t('{0} new items', formats.number(count)));
  }, [items, formats, announce, isResponding]);
}

/** The IDs of the items whose JSON is shown, restored after a reload. */
function useOpened(): { readonly ids: ReadonlySet<string>; readonly toggle: (itemId: string) => void } {
  const { memory } = useInspector();
  const [ids, setIds] = useState<ReadonlySet<string>>(() => new Set(memory.state.opened));
  const toggle = useCallback(
    (itemId: string) =>
      setIds((before) => {
        const after = new Set(before);
        if (!after.delete(itemId)) after.add(itemId);
        memory.remember({ opened: [...after] });
        return after;
      }),
    [memory],
  );
  return { ids, toggle };
}
