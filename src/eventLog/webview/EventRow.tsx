import * as l10n from '@vscode/l10n';
import { memo, useCallback } from 'react';
import { Icon, IconButton } from '../../base/webview/controls/buttons.tsx';
import type { DeltaFold } from '../common/foldDeltas.ts';
import type { Json, JsonText } from '../../base/common/json.ts';
import { useRequest } from '../../base/webview/useRequest.ts';
import { JsonTree } from '../../base/webview/json/JsonTree.tsx';
import type { EventView } from '../common/protocol.ts';
import { useEventLogContext } from './context.ts';

interface FoldRowProps {
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
export const FoldRow = memo(function FoldRow(props: FoldRowProps) {
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

/** Returns the label of an event: its type and the short type of its change, e.g. `thread.item.updated content_part.text_delta`. */
export function eventName({ type, change }: Pick<EventView, 'type' | 'change'>, none: string): string {
  const name = type ?? none;
  return change === null ? name : `${name} ${shortChange(change)}`;
}

/** Returns the last two parts of a change's type; the row shows the item's kind elsewhere. */
function shortChange(change: string): string {
  return change.split('.').slice(-2).join('.');
}

type Content =
  | { readonly type: 'json'; readonly value: Json }
  | { readonly type: 'text'; readonly text: string; readonly length: number | null };

interface EventJsonProps {
  readonly responseId: string;
  readonly index: number;
}

function toContent({ text, clipped, length }: JsonText): Content {
  if (clipped) return { type: 'text', text: `${text}…`, length };
  const value = JSON.parse(text) as Json;
  // Data that is not valid JSON is sent as a JSON string.
  return typeof value === 'string' ? { type: 'text', text: value, length: null } : { type: 'json', value };
}

/** Shows the exact JSON of an event, which is requested when the row is expanded. */
function EventJson({ responseId, index }: EventJsonProps) {
  const { host, formats, threadId } = useEventLogContext();
  const ask = useCallback(
    async () => toContent(await host.request('eventJson', { threadId, responseId, index })),
    [host, threadId, responseId, index],
  );
  const state = useRequest(ask);
  if (state.type === 'loading') return <p className="quiet">{l10n.t('Loading…')}</p>;
  if (state.type === 'failed') return <p className="problem-text">{state.message}</p>;
  const content = state.value;
  if (content.type === 'json') return <JsonTree value={content.value} depth={4} />;
  return (
    <>
      <pre className="raw-text code">{content.text}</pre>
      {content.length !== null && (
        <p className="quiet">
          {l10n.t('Only the first part of {0} characters is shown.', formats.number(content.length))}
        </p>
      )}
    </>
  );
}
