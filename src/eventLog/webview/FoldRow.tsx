import * as l10n from '@vscode/l10n';
import { memo } from 'react';
import { IconButton } from '../../base/webview/controls/IconButton.tsx';
import { Icon } from '../../base/webview/controls/Icon.tsx';
import type { DeltaFold } from '../common/foldDeltas.ts';
import { useEventLogContext } from './context.ts';

interface Props {
  readonly fold: DeltaFold;
  /** When its first event was received, ms. */
  readonly at: number;
  /** Index among the visible rows. */
  readonly position: number;
  readonly expanded: boolean;
  readonly active: boolean;
  readonly played: 'played' | 'current' | 'ahead';
  /** `first`: index of the first event of the fold. */
  readonly onToggle: (first: number) => void;
  /** Shows the item in the transcript; null if the transcript does not contain it. */
  readonly onShowItem: ((itemId: string) => void) | null;
  readonly measure: (element: HTMLElement | null) => void;
}

/** One row for consecutive text deltas: their number, size, duration and text. */
export const FoldRow = memo(function FoldRow(props: Props) {
  const { fold, at, position, expanded, active, played, onToggle, onShowItem, measure } = props;
  const { formats } = useEventLogContext();
  const { first, count, bytes, durationMs, text, itemId } = fold;
  const name = l10n.t('{0} text deltas', formats.number(count));
  return (
    <div ref={measure} className={`event fold ${played}`} data-index={position}>
      <div
        role="row"
        className="event-line"
        aria-rowindex={position + 2}
        aria-current={played === 'current' ? 'step' : undefined}
        data-event-index={first}
      >
        <span role="cell" className="event-time">
          <button
            type="button"
            className="event-fold"
            aria-expanded={expanded}
            aria-label={expanded ? l10n.t('Collapse {0}', name) : l10n.t('Expand {0}', name)}
            tabIndex={active ? 0 : -1}
            onClick={() => onToggle(first)}
          >
            <Icon name={expanded ? 'fold' : 'unfold'} />
          </button>
          <span className="event-at">{formats.seconds(at)}</span>
        </span>
        <span role="cell" className="event-type">
          <span className="code">{name}</span>
          <span className="event-change">{l10n.t('in {0}', formats.seconds(durationMs))}</span>
        </span>
        <span role="cell" className="event-text" title={text}>
          {text}
        </span>
        <span role="cell" className="event-item">
          {onShowItem !== null && (
            <IconButton
              icon="list-selection"
              className="small"
              label={l10n.t('Show item {0}', itemId)}
              tabIndex={active ? 0 : -1}
              onClick={() => onShowItem(itemId)}
            />
          )}
        </span>
        <span role="cell" className="event-size">
          {formats.number(bytes)}
        </span>
      </div>
    </div>
  );
});
