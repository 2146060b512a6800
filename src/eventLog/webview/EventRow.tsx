import * as l10n from '@vscode/l10n';
import { memo } from 'react';
import type { EventView } from '../common/protocol.ts';
import { Icon } from '../../base/webview/controls/Icon.tsx';
import { IconButton } from '../../base/webview/controls/IconButton.tsx';
import { useEventLogContext } from './context.ts';
import { EventJson } from './EventJson.tsx';
import { eventName, shortChange } from './eventName.ts';

interface Props {
  readonly responseId: string;
  readonly event: EventView;
  /** Index in the response. */
  readonly index: number;
  /** Index among the visible rows. */
  readonly position: number;
  readonly opened: boolean;
  /** The row is in the tab order. */
  readonly active: boolean;
  /** `current`: the last played event of a replay. `ahead`: not played yet. */
  readonly played: 'played' | 'current' | 'ahead';
  readonly hasJson: boolean;
  readonly onToggle: (index: number) => void;
  /** Shows the event's item in the transcript; null if the transcript does not contain it. */
  readonly onShowItem: ((itemId: string) => void) | null;
  readonly measure: (element: HTMLElement | null) => void;
}

/** One row of the event list, with the event's JSON below when expanded. */
export const EventRow = memo(function EventRow(props: Props) {
  const { responseId, event, index, position, opened, active, played, hasJson, onToggle, onShowItem, measure } = props;
  const { formats } = useEventLogContext();
  const { type, change, text, problem, itemId, rules = [] } = event;
  const isBroken = problem !== null || rules.length > 0;
  const ruleText = rules.map(({ id, title }) => `${id}: ${title}`).join('\n');
  const name = eventName(event, l10n.t('Invalid event'));
  const tabIndex = active ? 0 : -1;
  const label = opened
    ? l10n.t('Hide JSON of event {0}, {1}', index + 1, name)
    : l10n.t('Show JSON of event {0}, {1}', index + 1, name);
  return (
    <div ref={measure} className={`event ${played} ${isBroken ? 'broken' : ''}`} data-index={position}>
      <div
        role="row"
        className="event-line"
        aria-rowindex={position + 2}
        aria-current={played === 'current' ? 'step' : undefined}
        data-event-index={index}
      >
        <span role="cell" className="event-time">
          <button
            type="button"
            className="event-fold"
            aria-expanded={opened}
            aria-label={label}
            tabIndex={tabIndex}
            onClick={() => onToggle(index)}
          >
            <Icon name={opened ? 'chevron-down' : 'chevron-right'} />
          </button>
          <span className="event-at">{formats.seconds(event.at)}</span>
        </span>
        <span role="cell" className="event-type" title={[type, change].filter(Boolean).join('\n')}>
          {isBroken && <Icon name="warning" />}
          <span className="code">{type ?? l10n.t('Invalid event')}</span>
          {change !== null && <span className="code event-change">{shortChange(change)}</span>}
        </span>
        <span role="cell" className="event-text" title={text}>
          {problem !== null && <span className="problem-text">{problem} </span>}
          {problem === null && rules.length > 0 && (
            <span className="event-rules" title={ruleText}>
              {rules.map(({ id }) => id).join(' ')}{' '}
            </span>
          )}
          {text}
        </span>
        <span role="cell" className="event-item">
          {itemId !== null && onShowItem !== null && (
            <IconButton
              icon="list-selection"
              className="small"
              label={l10n.t('Show item {0}', itemId)}
              tabIndex={tabIndex}
              onClick={() => onShowItem(itemId)}
            />
          )}
        </span>
        <span role="cell" className="event-size">
          {formats.number(event.bytes)}
        </span>
      </div>
      {opened && (
        <div role="row" className="event-json" aria-rowindex={position + 2}>
          <div role="cell" aria-colspan={5}>
            {rules.length > 0 && (
              <ul className="event-problems" aria-label={l10n.t('Protocol problems')}>
                {rules.map(({ id, title }) => (
                  <li key={id}>
                    <Icon name="warning" /> <span className="code">{id}</span> {title}
                  </li>
                ))}
              </ul>
            )}
            {hasJson ? (
              <EventJson responseId={responseId} index={index} />
            ) : (
              <p className="quiet">{l10n.t('The JSON of this event is no longer available.')}</p>
            )}
          </div>
        </div>
      )}
    </div>
  );
});
