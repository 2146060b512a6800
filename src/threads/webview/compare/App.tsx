import * as l10n from '@vscode/l10n';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { Icon, IconButton, VsButton } from '../../../base/webview/controls/buttons.tsx';
import { Formats } from '../../../base/webview/format.ts';
import type {
  CompareBlock,
  CompareHost,
  CompareRow,
  CompareSide,
  CompareState,
  TurnTimes,
} from '../../common/compare/compareProtocol.ts';
import { maxRows } from '../../common/compare/maxRows.ts';
import type { RpcClient } from '../../../base/common/rpc.ts';
import { Difference } from './Difference.tsx';
import { Row } from './Row.tsx';

/** Instead of a comparison whose threads cannot be read. */
export function Unavailable({ message, onRetry }: { readonly message: string; readonly onRetry: () => void }) {
  return (
    <main className="compare-unavailable">
      <h1 className="visually-hidden">{document.title}</h1>
      <p role="alert">{l10n.t('The threads could not be compared: {0}', message)}</p>
      <p>
        <VsButton look="primary" onClick={onRetry}>
          {l10n.t('Try Again')}
        </VsButton>
      </p>
    </main>
  );
}

interface Props {
  readonly state: CompareState;
  readonly host: RpcClient<CompareHost>;
}

/** Estimated heights before a row is measured, px. */
const rowHeight = 120;
const equalHeight = 32;

/** The differences of two threads, or of two states of a widget. */
export function App({ state, host }: Props) {
  const formats = useMemo(() => new Formats(state.locale), [state.locale]);
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set());
  const [known, setKnown] = useState<ReadonlyMap<number, CompareRow>>(new Map());
  const [current, setCurrent] = useState(-1);
  const [announcement, setAnnouncement] = useState('');
  const scroller = useRef<HTMLDivElement>(null);
  const wanted = useRef<number | null>(null);
  const entries = useMemo(() => entriesOf(state.blocks, open, known), [state.blocks, open, known]);
  const places = useMemo(
    () =>
      new Map(
        entries.flatMap((entry, at) => (isDifference(entry) ? [[at, 0] as const] : [])).map(([at], n) => [at, n + 1]),
      ),
    [entries],
  );
  const list = useVirtualizer({
    count: entries.length,
    getScrollElement: () => scroller.current,
    estimateSize: (at) => (entries[at]?.type === 'equal' ? equalHeight : rowHeight),
    getItemKey: (at) => {
      const entry = entries[at];
      return entry === undefined ? at : entry.type === 'equal' ? `equal ${entry.first}` : entry.index;
    },
    overscan: 3,
    // The first paint shows rows before the list is measured.
    initialRect: { width: 800, height: 900 },
  });

  const go = useCallback(
    (step: 1 | -1) => {
      const next = nextDifference(entries, current, step);
      if (next < 0) {
        setAnnouncement(step > 0 ? l10n.t('This is the last difference.') : l10n.t('This is the first difference.'));
        return;
      }
      setCurrent(next);
      wanted.current = next;
      list.scrollToIndex(next, { align: 'start' });
      setAnnouncement(l10n.t('Difference {0} of {1}', places.get(next) ?? 0, state.differences));
    },
    [entries, current, list, places, state.differences],
  );

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const isNext = (event.key === 'F7' && !event.shiftKey) || (event.altKey && event.key === 'ArrowDown');
      const isPrevious = (event.key === 'F7' && event.shiftKey) || (event.altKey && event.key === 'ArrowUp');
      if (!isNext && !isPrevious) return;
      event.preventDefault();
      go(isNext ? 1 : -1);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [go]);

  // The row is rendered some frames after the list has scrolled to it.
  useEffect(() => {
    if (wanted.current === null) return;
    const element = scroller.current?.querySelector<HTMLElement>(`[data-entry="${wanted.current}"]`);
    if (element == null) return;
    wanted.current = null;
    element.focus({ preventScroll: true });
  });

  const toggle = async (first: number, count: number) => {
    const isOpen = open.has(first);
    const next = new Set(open);
    if (isOpen) next.delete(first);
    else next.add(first);
    setOpen(next);
    setCurrent(-1);
    if (isOpen) return;
    for (let from = first; from < first + count; from += maxRows) {
      const rows = await host.request('rows', { first: from, count: Math.min(maxRows, first + count - from) });
      setKnown((before) => new Map([...before, ...rows.map((row) => [row.index, row] as const)]));
    }
  };

  const { left, right, differences, header, times, threads } = state;
  return (
    <main className="compare" aria-label={state.title}>
      <header className="compare-header">
        <h1>{state.title}</h1>
        <div className="compare-sides">
          <Side place="left" side={left} other={right} formats={formats} />
          <Side place="right" side={right} other={left} formats={formats} />
        </div>
        <div className="compare-bar" role="toolbar" aria-label={l10n.t('Comparison')}>
          <span className="compare-count" role="status">
            {countText(differences, formats)}
          </span>
          <IconButton
            icon="arrow-up"
            label={l10n.t('Previous Difference (Shift+F7)')}
            disabled={differences === 0}
            onClick={() => go(-1)}
          />
          <IconButton
            icon="arrow-down"
            label={l10n.t('Next Difference (F7)')}
            disabled={differences === 0}
            onClick={() => go(1)}
          />
          {threads && (
            <>
              <VsButton onClick={() => host.notify('openTextDiff', {})}>{l10n.t('Compare as Text')}</VsButton>
              <VsButton onClick={() => host.notify('openThread', { side: 'left' })}>
                {l10n.t('Open Left Thread')}
              </VsButton>
              <VsButton onClick={() => host.notify('openThread', { side: 'right' })}>
                {l10n.t('Open Right Thread')}
              </VsButton>
            </>
          )}
        </div>
      </header>
      <div className="compare-scroller" ref={scroller} tabIndex={-1}>
        {header !== null && (
          <section className="compare-row compare-thread" aria-label={l10n.t('Title and status')}>
            <h2>{l10n.t('Title and status')}</h2>
            <Difference node={header} />
          </section>
        )}
        {times.length > 0 && <Times times={times} formats={formats} />}
        <div className="compare-list" role="list" aria-label={l10n.t('Items')} style={{ height: list.getTotalSize() }}>
          {list.getVirtualItems().map(({ key, index: at, start }) => {
            const entry = entries[at];
            if (entry === undefined) return null;
            const style = { transform: `translateY(${start}px)` };
            const shared = {
              ref: list.measureElement,
              'data-index': at,
              style,
              className: 'compare-entry',
              role: 'listitem',
              'aria-posinset': at + 1,
              'aria-setsize': entries.length,
            };
            if (entry.type === 'equal') {
              const isOpen = open.has(entry.first);
              return (
                <div key={String(key)} {...shared}>
                  <VsButton
                    look="link"
                    className="compare-equal"
                    aria-expanded={isOpen}
                    onClick={() => void toggle(entry.first, entry.count)}
                  >
                    <Icon name={isOpen ? 'chevron-down' : 'chevron-right'} />
                    {entry.count === 1
                      ? l10n.t('1 equal item')
                      : l10n.t('{0} equal items', formats.number(entry.count))}
                  </VsButton>
                </div>
              );
            }
            return (
              <div key={String(key)} {...shared}>
                <Row
                  index={entry.index}
                  row={entry.row}
                  at={at}
                  current={at === current}
                  first={entry.row === null ? undefined : state.details[entry.index]}
                  host={host}
                  formats={formats}
                />
              </div>
            );
          })}
        </div>
        {differences === 0 && header === null && (
          <p className="empty">{l10n.t('There are no differences, apart from IDs and times.')}</p>
        )}
      </div>
      <div className="visually-hidden" role="status">
        {announcement}
      </div>
    </main>
  );
}

interface SideProps {
  readonly place: 'left' | 'right';
  readonly side: CompareSide;
  readonly other: CompareSide;
  readonly formats: Formats;
}

function Side({ place, side, other, formats }: SideProps) {
  const time = distinctTime(side, other, formats);
  const count = side.count === 1 ? l10n.t('1 item') : l10n.t('{0} items', formats.number(side.count));
  return (
    <div className={`compare-side ${place}`}>
      <span className="compare-sign" aria-hidden="true">
        {place === 'left' ? '−' : '+'}
      </span>
      <span className="visually-hidden">{place === 'left' ? l10n.t('Left:') : l10n.t('Right:')} </span>
      <span className="compare-label">{side.label}</span>{' '}
      <span className="quiet">{[side.source, count, ...(time === null ? [] : [time])].join(' · ')}</span>
    </div>
  );
}

/** The time of a thread that has the title of the other one, such as a repeated one; otherwise null. */
function distinctTime(side: CompareSide, other: CompareSide, formats: Formats): string | null {
  const [at, otherAt] = [side.createdAt ?? null, other.createdAt ?? null];
  if (side.label !== other.label || at === null || at === otherAt) return null;
  const isSameDay = otherAt !== null && new Date(at).toDateString() === new Date(otherAt).toDateString();
  return isSameDay ? formats.clock(at) : formats.dateTime(at);
}

function countText(count: number, formats: Formats): string {
  if (count === 0) return l10n.t('No differences');
  return count === 1 ? l10n.t('1 difference') : l10n.t('{0} differences', formats.number(count));
}

/** What the list shows: a row, or equal rows that are collapsed. */
type Entry =
  | { readonly type: 'row'; readonly index: number; readonly row: CompareRow | null }
  | { readonly type: 'equal'; readonly first: number; readonly count: number };

/** The entries of the list. `open`: the first rows of expanded blocks; `known`: equal rows that were received. */
function entriesOf(
  blocks: readonly CompareBlock[],
  open: ReadonlySet<number>,
  known: ReadonlyMap<number, CompareRow>,
): readonly Entry[] {
  return blocks.flatMap((block): readonly Entry[] => {
    if (block.type === 'row') return [{ type: 'row', index: block.row.index, row: block.row }];
    const { first, count } = block;
    const collapsed: Entry = { type: 'equal', first, count };
    if (!open.has(first)) return [collapsed];
    const rows = Array.from({ length: count }, (_, at): Entry => {
      const index = first + at;
      return { type: 'row', index, row: known.get(index) ?? null };
    });
    return [collapsed, ...rows];
  });
}

function isDifference(entry: Entry): boolean {
  return entry.type === 'row' && entry.row !== null && entry.row.change !== 'equal';
}

/** Index of the entry of the next difference in a direction; -1 if there is none. */
function nextDifference(entries: readonly Entry[], from: number, step: 1 | -1): number {
  for (let at = from + step; at >= 0 && at < entries.length; at += step) {
    const entry = entries[at];
    if (entry !== undefined && isDifference(entry)) return at;
  }
  return -1;
}

/** Turns that are listed. */
const maxTurns = 200;

interface TimesProps {
  readonly times: readonly TurnTimes[];
  readonly formats: Formats;
}

/** The durations of the turns of both sides, collapsed. */
function Times({ times, formats }: TimesProps) {
  const total = (side: 'left' | 'right') => {
    const known = times.flatMap((turn) => turn[side] ?? []);
    return known.length === 0 ? null : known.reduce((sum, ms) => sum + ms, 0);
  };
  // Hundreds of rows that most readers never open would delay the first paint.
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="compare-times" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <Icon name="chevron-right" />
        {l10n.t('Times: {0} → {1}', ...formats.durationPair(total('left'), total('right')))}
      </summary>
      {isOpen && (
        <table>
          <thead>
            <tr>
              <th scope="col">{l10n.t('Turn')}</th>
              <th scope="col">{l10n.t('Left')}</th>
              <th scope="col">{l10n.t('Right')}</th>
            </tr>
          </thead>
          <tbody>
            {times.slice(0, maxTurns).map(({ turn, left, right }) => {
              const [before, after] = formats.durationPair(left, right);
              return (
                <tr key={turn}>
                  <th scope="row">{formats.number(turn)}</th>
                  <td>{before}</td>
                  <td>{after}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
    </details>
  );
}
