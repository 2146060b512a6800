import {
  type CSSProperties,
  type FocusEvent,
  type KeyboardEvent,
  type MouseEvent,
  type Ref,
  type UIEvent,
  useCallback,
  useEffect,
  useEffectEvent,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import * as l10n from '@vscode/l10n';
import type { Formats } from '../../base/webview/format.ts';
import { uncertainMark } from '../../chatkit/common/model/thread.ts';
import { type Rows, endThreshold, useHeight, useReadAhead, useRows, useScrollPosition } from './useRows.ts';
import type { Transcript as TranscriptState } from './state/transcript.ts';
import { useInspector, useTranscript, useViewState } from './state/context.tsx';
import { Edge } from './Unloaded.tsx';
import { type Find, useHighlights } from './FindField.tsx';
import { Row, ScrollIdleContext } from './Row.tsx';
import { responseTimes, rowFacts } from './rowFacts.ts';
import { TranscriptMap } from './TranscriptMap.tsx';
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

/** Returns the width of the column of times: that of a late time with its mark, because locales write times differently. */
function clockWidth(formats: Formats): CSSProperties {
  const late = formats.clock(new Date(2000, 9, 20, 22, 58, 58).getTime());
  return { '--clock-width': `${uncertainMark.length + late.length}ch` } as CSSProperties;
}

/** The items. Only those near the viewport are rendered. */
export function Transcript({ ref, visible, find, filtered }: Props) {
  const { activity, isNew, conversation } = useViewState();
  const { formats, model } = useInspector();
  const { log } = model;
  const ended = useSyncExternalStore(log.subscribe, log.getEnded);
  const transcript = useTranscript();
  const scroller = useRef<HTMLDivElement>(null);
  const feed = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const opened = useOpened();
  const times = useMemo(() => responseTimes(ended), [ended]);
  const style = useMemo(() => clockWidth(formats), [formats]);
  const keyboard = useKeyboard(transcript, visible, opened.toggle);
  const [edge, above] = useHeight();
  const rows = useRows(scroller, transcript, visible, keyboard.activePosition, above);
  const scroll = useScrollPosition(rows, transcript, visible, keyboard.goTo);
  useReadAhead(rows, transcript, filtered, scroll.ready);
  useHighlights(feed, find);
  const responding = conversation?.running != null;
  useAnnounceNewItems(transcript, responding);
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
    <div className="transcript" style={style}>
      <div className="scroller" ref={scroller} onScroll={onScroll}>
        <div ref={edge}>
          <Edge at="start" />
        </div>
        {empty && !loading && !isNew && transcript.bounds.asOf !== null && (
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
            onBlur={keyboard.onBlur}
            onContextMenu={keyboard.onContextMenu}
          >
            <ScrollIdleContext value={scroll.idle}>
              {rows.getVirtualItems().map(({ key, index: position }) => {
                const facts = rowFacts(transcript, visible, position, times, responding);
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

/**
 * Keyboard navigation of the items: arrows and j/k move to the next and previous item, Home and End to the first and
 * last, Enter toggles the JSON of an item, Escape moves from a control to its item and from there to the find field. The
 * menu key and Shift+F10 open the menu of an item. Keys that move also work while nothing in the page has the focus, as
 * after the editor has opened it.
 */
function useKeyboard(transcript: TranscriptState, visible: Uint32Array, toggle: (itemId: string) => void) {
  const { items, keys } = transcript;
  const [activeId, setActiveId] = useState<string | null>(null);
  const rowsRef = useRef<Rows | null>(null);
  const wantsFocus = useRef(false);
  /** What has the focus in the active row. */
  const focused = useRef<HTMLElement | null>(null);
  const pressedMenuKey = useRef(false);

  const found = activeId === null ? -1 : visible.findIndex((index) => items[index]?.id === activeId);
  // One row is always in the tab order: the last row until another one gets the focus.
  const activePosition = found >= 0 ? found : visible.length - 1;

  const elementOf = (position: number) => rowsRef.current?.elementsCache.get(keys[visible[position] ?? 0] ?? 0);

  // The row may have to be scrolled into view before it can get the focus.
  useLayoutEffect(() => {
    if (!wantsFocus.current || activeId === null) return;
    const element = elementOf(found);
    if (!element?.isConnected) return;
    wantsFocus.current = false;
    element.focus({ preventScroll: true });
  });

  // A form that was sent is replaced by its result. Its row gets the focus, otherwise the page would lose it.
  useLayoutEffect(() => {
    if (focused.current === null || focused.current.isConnected) return;
    focused.current = null;
    if (document.activeElement === document.body) elementOf(found)?.focus({ preventScroll: true });
  });

  const goTo = (position: number, align: 'auto' | 'center' = 'auto') => {
    const at = Math.min(Math.max(position, 0), visible.length - 1);
    const item = items[visible[at] ?? -1];
    if (item === undefined) return;
    setActiveId(item.id);
    rowsRef.current?.scrollToIndex(at, { align });
    const element = elementOf(at);
    element?.focus({ preventScroll: true });
    // Only then: a later render must not take the focus from where the user has moved it.
    wantsFocus.current = element === undefined || document.activeElement !== element;
  };

  const onPageKeyDown = useEffectEvent((event: globalThis.KeyboardEvent) => {
    const { key, target, defaultPrevented, ctrlKey, metaKey, altKey } = event;
    if (target !== document.body || defaultPrevented || ctrlKey || metaKey || altKey || visible.length === 0) return;
    const position = { Home: 0, End: visible.length - 1, ArrowDown: activePosition, ArrowUp: activePosition }[key];
    if (position === undefined) return;
    event.preventDefault();
    goTo(position);
  });
  useEffect(() => {
    window.addEventListener('keydown', onPageKeyDown);
    return () => window.removeEventListener('keydown', onPageKeyDown);
  }, []);

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    pressedMenuKey.current = event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey);
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const article = (event.target as HTMLElement).closest<HTMLElement>('article');
    const inside = event.target !== article;
    const at = Number(article?.dataset['index'] ?? activePosition);
    switch (event.key) {
      case 'ArrowDown':
      case 'j':
        goTo(at + 1);
        break;
      case 'ArrowUp':
      case 'k':
        goTo(at - 1);
        break;
      case 'Home':
        goTo(0);
        break;
      case 'End':
        goTo(visible.length - 1);
        break;
      case 'Enter':
        // Inside an item, Enter activates the button or link that has the focus.
        if (inside || article?.dataset['itemId'] === undefined) return;
        toggle(article.dataset['itemId']);
        break;
      case 'Escape':
        if (inside) article?.focus({ preventScroll: true });
        else document.querySelector<HTMLElement>('.find input')?.focus();
        break;
      default:
        return;
    }
    event.preventDefault();
  };

  return {
    activePosition,
    onKeyDown,
    onFocus: (event: FocusEvent<HTMLElement>) => {
      const id = event.target.closest<HTMLElement>('article')?.dataset['itemId'];
      if (id !== undefined) setActiveId(id);
      focused.current = event.target;
    },
    // Not called for elements that are removed.
    onBlur: () => {
      focused.current = null;
    },
    onContextMenu: (event: MouseEvent<HTMLElement>) => {
      // A right click, and the keys in a field, show the menu of the editor (Cut, Copy, Paste).
      if (!pressedMenuKey.current || event.button === 2 || isTyping(event.target)) return;
      pressedMenuKey.current = false;
      event.preventDefault();
      const article = (event.target as HTMLElement).closest('article');
      article?.querySelector<HTMLElement>('.row-actions [aria-haspopup=menu]')?.click();
    },
    goTo,
    focus: () => goTo(activePosition),
    /** Sets the rows. They are created after this hook, because the active row is always rendered. */
    attach: (rows: Rows) => {
      rowsRef.current = rows;
    },
  };
}

function isTyping(target: EventTarget): boolean {
  return (
    target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement
  );
}
