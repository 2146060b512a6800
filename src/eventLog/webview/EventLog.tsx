import * as l10n from '@vscode/l10n';
import { type ComponentProps, type KeyboardEvent, useCallback, useMemo, useRef, useState } from 'react';
import type { EventView, ResponseView } from '../common/protocol.ts';
import { Icon, IconButton, VsButton } from '../../base/webview/controls/buttons.tsx';
import { MenuButton } from '../../base/webview/controls/MenuButton.tsx';
import { useFindRequests } from '../../base/webview/useFindRequests.ts';
import { filterEvents, foldDeltas } from '../common/foldDeltas.ts';
import { useEventLog, useEventLogContext, useEvents, useLogView } from './context.ts';
import { eventName } from './EventRow.tsx';
import { EventList, type EventListHandle } from './EventList.tsx';
import './eventLog.css';

/** Returns the selected response, else the newest. */
export function useShownResponse(): ResponseView | undefined {
  const { responses } = useEventLog();
  const { responseId } = useLogView();
  return responses.find(({ id }) => id === responseId) ?? responses.at(-1);
}

type Items = Pick<ComponentProps<typeof EventList>, 'hasItem' | 'onShowItem'>;

/** The event log of the selected response. `onShowItem`: shows an item in the transcript. */
export function EventLog(items: Items) {
  const response = useShownResponse();
  return response && <ResponseLog key={response.id} response={response} {...items} />;
}

function ResponseLog({ response, ...items }: Items & { readonly response: ResponseView }) {
  const { log } = useEventLogContext();
  const { replay, responses } = useEventLog();
  const { text: words, itemId } = useLogView();
  const events = useEvents(response);
  const shown = useMemo(() => filterEvents(events, { text: words, itemId }), [events, words, itemId]);
  const [expanded, setExpanded] = useState<ReadonlySet<number>>(new Set());
  // With words in the filter, each matching event is what the reader looks for.
  const folds = words.trim() === '';
  const rows = useMemo(
    () => (folds ? foldDeltas(events, shown, expanded) : shown.map((index) => ({ type: 'event', index }) as const)),
    [events, shown, expanded, folds],
  );
  const list = useRef<EventListHandle>(null);
  const onExpand = useCallback((first: number) => {
    setExpanded((before) => {
      const after = new Set(before);
      if (!after.delete(first)) after.add(first);
      return after;
    });
  }, []);

  const show = (index: number) => {
    // The filter may hide the event; without it, a fold may contain the event.
    const isHidden = !shown.includes(index);
    if (isHidden) log.show({ text: '', itemId: null });
    const nextRows = isHidden ? foldDeltas(events, [...events.keys()], expanded) : rows;
    const fold = nextRows.find((row) => row.type === 'fold' && row.first <= index && index <= row.last);
    if (fold?.type === 'fold') setExpanded((before) => new Set([...before, fold.first]));
    requestAnimationFrame(() => list.current?.show(index));
  };

  return (
    <div className="event-log">
      <div className="log-top">
        <LogToolbar response={response} passing={shown.length} onLeave={() => list.current?.focus()} />
        <ResponseTimes response={response} alone={responses.length === 1} />
      </div>
      {shown.length === 0 ? (
        <p className="empty">{whyEmpty(response, events.length)}</p>
      ) : (
        <EventList
          ref={list}
          response={response}
          events={events}
          rows={rows}
          expanded={expanded}
          onExpand={onExpand}
          position={replay?.position ?? null}
          {...items}
        />
      )}
      <ResponseEndLine response={response} events={events} isReplay={replay !== null} onShow={show} />
    </div>
  );
}

function whyEmpty(response: ResponseView, here: number): string {
  if (response.count === 0) return l10n.t('No events received yet.');
  return here < response.count ? l10n.t('Loading…') : l10n.t('No matching events.');
}

interface ResponseTimesProps {
  readonly response: ResponseView;
  /** True if the log has only this response: the response menu, which names it, is hidden. */
  readonly alone: boolean;
}

/** Shows the latencies that are known. */
function ResponseTimes({ response, alone }: ResponseTimesProps) {
  const { formats } = useEventLogContext();
  const { firstEvent, firstText, end } = response.latencies;
  const times = [
    [firstEvent, (time: string) => l10n.t('First event {0}', time)],
    [firstText, (time: string) => l10n.t('First text {0}', time)],
    [end, (time: string) => l10n.t('End {0}', time)],
  ] as const;
  return (
    <ul className="facts-line latencies">
      {alone && <li className="code">{response.command}</li>}
      {alone && (
        <li>
          <time dateTime={new Date(response.startedAt).toISOString()} title={formats.full(response.startedAt)}>
            {formats.clock(response.startedAt)}
          </time>
        </li>
      )}
      {times.map(([at, label], index) => at !== null && <li key={index}>{label(formats.seconds(at))}</li>)}
    </ul>
  );
}

interface EndProps {
  readonly response: ResponseView;
  readonly events: readonly EventView[];
  readonly isReplay: boolean;
  readonly onShow: (index: number) => void;
}

/** Shows how the response ended and, if it failed, the reason and the last valid event. */
function ResponseEndLine({ response, events, isReplay, onShow }: EndProps) {
  const { formats } = useEventLogContext();
  const { end, droppedCount: unkept, withoutJson } = response;
  const how = end?.kind ?? (isReplay ? 'unknown' : 'running');
  const [icon, text] = {
    running: ['sync', l10n.t('The response is still streaming.')],
    unknown: ['question', l10n.t('The log has no end entry.')],
    closed: ['pass', l10n.t('The server closed the stream.')],
    stopped: ['debug-stop', l10n.t('The stream was stopped in the editor.')],
    failed: ['error', l10n.t('The stream failed.')],
  }[how] as [string, string];
  return (
    <div className={`response-end ${how}`}>
      <Icon name={icon} />
      <div>
        <p>
          {text} {end?.reason}
        </p>
        {how === 'failed' && <LastValidEvent response={response} events={events} onShow={onShow} />}
        {(end?.rules ?? []).map(({ id, title }) => (
          <p key={id}>
            <Icon name="warning" /> <span className="code">{id}</span> {title}
          </p>
        ))}
        {unkept > 0 && (
          <p className="quiet">
            {l10n.t('The log is full: {0} later events were counted but not saved.', formats.number(unkept))}
          </p>
        )}
        {withoutJson > 0 && (
          <p className="quiet">
            {l10n.t('The JSON of the first {0} events was discarded to save memory.', formats.number(withoutJson))}
          </p>
        )}
      </div>
    </div>
  );
}

function LastValidEvent({ response, events, onShow }: Omit<EndProps, 'isReplay'>) {
  const { formats } = useEventLogContext();
  if (response.lastValid < 0) return <p>{l10n.t('No valid events received.')}</p>;
  const event = events[response.lastValid];
  if (event === undefined) return null;
  const name = eventName(event, l10n.t('Invalid event'));
  return (
    <p>
      <VsButton look="link" onClick={() => onShow(response.lastValid)}>
        {l10n.t(
          'Last valid event: {0}, {1}, {2}',
          formats.number(response.lastValid + 1),
          name,
          formats.seconds(event.at),
        )}
      </VsButton>
    </p>
  );
}

interface Props {
  readonly response: ResponseView;
  /** Number of events that match the filter. */
  readonly passing: number;
  /** Moves the focus to the events. */
  readonly onLeave: () => void;
}

/** Selects a response, filters its events and saves the log. */
function LogToolbar({ response, passing, onLeave }: Props) {
  const { host, formats, threadId, log } = useEventLogContext();
  const { replay } = useEventLog();
  const { itemId, text: words } = useLogView();
  const isFiltered = words.trim() !== '' || itemId !== null;
  return (
    <div className="toolbar log-toolbar">
      <ResponseMenu response={response} />
      <FilterField onLeave={onLeave} />
      {isFiltered && (
        <span className="quiet" role="status">
          {l10n.t('{0} of {1} events', formats.number(passing), formats.number(response.count))}
        </span>
      )}
      {itemId !== null && (
        <span className="item-chip">
          <span className="code">{l10n.t('Item {0}', itemId)}</span>
          <IconButton
            icon="close"
            className="small"
            label={l10n.t('Show events of all items')}
            onClick={() => log.show({ itemId: null })}
          />
        </span>
      )}
      {replay === null && (
        <span className="log-actions">
          <IconButton
            icon="save-as"
            label={l10n.t('Save Event Log…')}
            onClick={() => host.notify('saveResponse', { threadId, responseId: response.id })}
          />
        </span>
      )}
    </div>
  );
}

function ResponseMenu({ response }: { readonly response: ResponseView }) {
  const { formats, log } = useEventLogContext();
  const { responses } = useEventLog();
  if (responses.length < 2) return null;
  const name = ({ startedAt, preview, command }: ResponseView) =>
    [formats.clock(startedAt), preview === '' ? command : preview].join(' ');
  const outcome = outcomeOf(response);
  return (
    <MenuButton
      label={l10n.t('Select a response')}
      className="icon-button kind-filter"
      entries={responses.map((one) => ({
        id: one.id,
        label: `${name(one)} (${outcomeOf(one).text})`,
        note: formats.number(one.count),
        icon: outcomeOf(one).icon,
      }))}
      onChoose={(responseId) =>
        log.show({ responseId: responseId === responses.at(-1)?.id ? null : responseId, itemId: null })
      }
    >
      <Icon name={outcome.icon} />
      <span className="visually-hidden">{outcome.text}</span>
      <span className="response-name">{name(response)}</span>
      <Icon name="chevron-down" />
    </MenuButton>
  );
}

/** How a response ended, as an icon and a word. */
function outcomeOf({ end }: ResponseView): { readonly icon: string; readonly text: string } {
  switch (end?.kind) {
    case undefined:
      return { icon: 'sync', text: l10n.t('in progress') };
    case 'closed':
      return { icon: 'pass', text: l10n.t('complete') };
    case 'stopped':
      return { icon: 'debug-stop', text: l10n.t('stopped') };
    case 'failed':
      return { icon: 'error', text: l10n.t('failed') };
  }
}

/** Escape clears the field, then moves the focus to the events, as Arrow Down does. Ctrl+F focuses it. */
function FilterField({ onLeave }: Pick<Props, 'onLeave'>) {
  const { log, findRequests } = useEventLogContext();
  const { text: words } = useLogView();
  const field = useRef<HTMLInputElement>(null);
  useFindRequests(field, findRequests);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    if (event.key === 'Escape' && words !== '') log.show({ text: '' });
    else onLeave();
  };
  return (
    <div className="find" role="search">
      <input
        ref={field}
        type="text"
        placeholder={l10n.t('Filter events')}
        aria-label={l10n.t('Filter events')}
        spellCheck={false}
        value={words}
        onChange={(event) => log.show({ text: event.target.value })}
        onKeyDown={onKeyDown}
      />
    </div>
  );
}
