import { type Virtualizer, useVirtualizer } from '@tanstack/react-virtual';
import {
  type FocusEvent,
  type KeyboardEvent,
  type MouseEvent,
  type Ref,
  type RefObject,
  useCallback,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import * as l10n from '@vscode/l10n';
import type { EventView, ResponseView } from '../common/protocol.ts';
import type { LogRow } from '../common/foldDeltas.ts';
import { EventRow, FoldRow } from './EventRow.tsx';

export interface EventListHandle {
  /** Scrolls to an event, if it matches the filter, and focuses it. */
  show(index: number): void;
  focus(): void;
}

interface Props {
  readonly ref: Ref<EventListHandle>;
  readonly response: ResponseView;
  readonly events: readonly EventView[];
  readonly rows: readonly LogRow[];
  /** First indices of the folds that are expanded. */
  readonly expanded: ReadonlySet<number>;
  readonly onExpand: (first: number) => void;
  /** Number of events that a replay has played; null: not a replay. */
  readonly position: number | null;
  /** Whether the transcript contains an item. */
  readonly hasItem: (itemId: string) => boolean;
  readonly onShowItem: (itemId: string) => void;
}

/** Estimated height of a row, px. */
const lineHeight = 24;
/** Height of the header row, px. */
const headHeight = 25;
/** The list scrolls with new events if it is at most this far from its end, px. */
const endThreshold = 40;

/** The events as a virtual table. */
export function EventList(props: Props) {
  const { ref, response, events, rows: logRows, expanded, onExpand, position, hasItem, onShowItem } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set());
  const getItemKey = useCallback((at: number) => keyOf(logRows[at], at), [logRows]);
  const rows = useVirtualizer<HTMLDivElement, HTMLElement>({
    count: logRows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => lineHeight,
    getItemKey,
    overscan: 12,
    scrollMargin: headHeight,
    scrollPaddingStart: headHeight,
  });
  const isOver = response.end !== null;
  const keyboard = useEventKeyboard(rows, logRows.length, isOver ? 0 : logRows.length - 1, scroller);

  const toggle = useCallback((index: number) => {
    setOpened((before) => {
      const after = new Set(before);
      if (!after.delete(index)) after.add(index);
      return after;
    });
  }, []);

  // New events are added at the end: follow them only if the end was visible.
  const count = logRows.length;
  const seenHeight = useRef(isOver ? Number.POSITIVE_INFINITY : 0);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null || count === 0) return;
    const wasAtEnd = element.scrollTop + element.clientHeight >= seenHeight.current - endThreshold;
    if (wasAtEnd && position === null) rows.scrollToIndex(count - 1, { align: 'end' });
    seenHeight.current = element.scrollHeight;
  }, [count, position, rows]);

  const playing = position === null ? 0 : logRows.findLastIndex((row) => firstOf(row) < position) + 1;
  useLayoutEffect(() => {
    if (playing > 0) rows.scrollToIndex(playing - 1, { align: 'auto' });
  }, [playing, rows]);

  useImperativeHandle(ref, () => ({
    show: (index) => keyboard.goTo(logRows.findIndex((row) => row.type === 'event' && row.index === index)),
    focus: () => keyboard.goTo(keyboard.active),
  }));

  const first = rows.getVirtualItems()[0]?.start ?? headHeight;
  return (
    <div
      className="event-scroller"
      ref={scroller}
      onClick={openRow}
      onKeyDown={keyboard.onKeyDown}
      onFocus={keyboard.onFocus}
    >
      <div role="table" className="event-table" aria-label={response.command} aria-rowcount={logRows.length + 1}>
        <div role="row" className="event-line event-head" aria-rowindex={1}>
          <span role="columnheader" className="event-time">
            {l10n.t('Time')}
          </span>
          <span role="columnheader" className="event-type">
            {l10n.t('Event')}
          </span>
          <span role="columnheader" className="event-text">
            {l10n.t('Content')}
          </span>
          <span role="columnheader" className="event-item">
            <span className="visually-hidden">{l10n.t('Item')}</span>
          </span>
          <span role="columnheader" className="event-size">
            {l10n.t('Bytes')}
          </span>
        </div>
        <div className="event-rows" style={{ height: rows.getTotalSize() }}>
          <div className="event-window" style={{ transform: `translateY(${first - headHeight}px)` }}>
            {rows.getVirtualItems().map(({ key, index: at }) => {
              const row = logRows[at];
              if (row === undefined) return null;
              const common = { position: at, active: keyboard.active === at, measure: rows.measureElement };
              if (row.type === 'fold') {
                return (
                  <FoldRow
                    key={String(key)}
                    {...common}
                    fold={row}
                    at={events[row.first]?.at ?? 0}
                    expanded={expanded.has(row.first)}
                    played={playedOf(row.first, row.last, position)}
                    onToggle={onExpand}
                    onShowItem={hasItem(row.itemId) ? onShowItem : null}
                  />
                );
              }
              const { index } = row;
              const event = events[index];
              const itemId = event?.itemId ?? null;
              return (
                event && (
                  <EventRow
                    key={String(key)}
                    {...common}
                    responseId={response.id}
                    event={event}
                    index={index}
                    opened={opened.has(index)}
                    played={playedOf(index, index, position)}
                    hasJson={index >= response.withoutJson}
                    onToggle={toggle}
                    onShowItem={itemId !== null && hasItem(itemId) ? onShowItem : null}
                  />
                )
              );
            })}
          </div>
        </div>
      </div>
    </div>
  );
}

/** A click anywhere in a row opens it, except on its buttons and at the end of a selection. */
function openRow({ target }: MouseEvent<HTMLElement>): void {
  if (!(target instanceof Element) || target.closest('button') !== null) return;
  if (document.getSelection()?.isCollapsed === false) return;
  target.closest('.event-line')?.querySelector<HTMLElement>('.event-fold')?.click();
}

function keyOf(row: LogRow | undefined, at: number): string {
  return row === undefined ? `row${at}` : row.type === 'fold' ? `fold${row.first}` : `event${row.index}`;
}

function firstOf(row: LogRow): number {
  return row.type === 'fold' ? row.first : row.index;
}

function playedOf(first: number, last: number, position: number | null): 'played' | 'current' | 'ahead' {
  if (position === null || last < position - 1) return 'played';
  return first <= position - 1 ? 'current' : 'ahead';
}

/** Keyboard navigation: arrows and j/k move by one event, Home and End to the first and last; Enter expands the JSON. */
function useEventKeyboard(
  rows: Virtualizer<HTMLDivElement, HTMLElement>,
  count: number,
  initial: number,
  root: RefObject<HTMLElement | null>,
) {
  const [wanted, setActive] = useState<number | null>(null);
  // One row is always in the tab order: the initial one until the user focuses another.
  const active = Math.min(wanted ?? initial, count - 1);
  const wantsFocus = useRef(false);

  // The row may not be rendered before it has been scrolled into view.
  useLayoutEffect(() => {
    if (!wantsFocus.current) return;
    const button = root.current?.querySelector<HTMLElement>(`[data-index="${active}"] .event-fold`);
    if (!button) return;
    wantsFocus.current = false;
    button.focus({ preventScroll: true });
  });

  const goTo = (position: number) => {
    if (count === 0 || position < 0) return;
    wantsFocus.current = true;
    setActive(Math.min(position, count - 1));
    rows.scrollToIndex(Math.min(position, count - 1), { align: 'auto' });
  };

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const target = event.target as HTMLElement;
    // Arrow keys inside expanded JSON navigate the JSON.
    if (event.ctrlKey || event.metaKey || event.altKey || target.closest('.event-json')) return;
    const to = {
      ArrowDown: active + 1,
      j: active + 1,
      ArrowUp: Math.max(active - 1, 0),
      k: Math.max(active - 1, 0),
      Home: 0,
      End: count - 1,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    goTo(to);
  };

  const onFocus = (event: FocusEvent<HTMLElement>) => {
    const row = (event.target as HTMLElement).closest<HTMLElement>('[data-index]');
    if (row) setActive(Number(row.dataset['index']));
  };

  return { active, goTo, onKeyDown, onFocus };
}
