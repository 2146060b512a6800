import * as l10n from '@vscode/l10n';
import { type ComponentProps, useCallback, useMemo, useRef, useState } from 'react';
import { filterEvents, foldDeltas } from '../common/foldDeltas.ts';
import type { ResponseView } from '../common/protocol.ts';
import { useEventLog, useEventLogContext, useEvents, useLogView } from './context.ts';
import { EventList, type EventListHandle } from './EventList.tsx';
import { LogToolbar } from './LogToolbar.tsx';
import { ResponseEndLine, ResponseTimes } from './ResponseFacts.tsx';
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
