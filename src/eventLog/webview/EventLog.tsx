import * as l10n from '@vscode/l10n';
import { useMemo, useRef, type ComponentProps } from 'react';
import { filterEvents } from '../common/filter.ts';
import type { ResponseView } from '../common/protocol.ts';
import { useEventLogContext } from './context.ts';
import { EventList, type EventListHandle } from './EventList.tsx';
import { LogToolbar } from './LogToolbar.tsx';
import { ResponseTimes, ResponseEndLine } from './ResponseFacts.tsx';
import { useEventLog, useEvents, useLogView } from './useEventLog.ts';
import './eventLog.css';

/** The run that is shown: the chosen one, else the newest. */
export function useShownResponse(): ResponseView | undefined {
  const { responses: runs } = useEventLog();
  const { runId } = useLogView();
  return runs.find(({ id }) => id === runId) ?? runs.at(-1);
}

type Items = Pick<ComponentProps<typeof EventList>, 'hasItem' | 'onShowItem'>;

/** What streamed, event by event. `onShowItem`: goes to an item in the transcript. */
export function EventLog(items: Items) {
  const run = useShownResponse();
  return run && <ResponseLog key={run.id} run={run} {...items} />;
}

function ResponseLog({ run, ...items }: Items & { readonly run: ResponseView }) {
  const { log } = useEventLogContext();
  const { replay, responses: runs } = useEventLog();
  const { words, itemId } = useLogView();
  const events = useEvents(run);
  const shown = useMemo(() => filterEvents(events, { words, itemId }), [events, words, itemId]);
  const list = useRef<EventListHandle>(null);

  const show = (index: number) => {
    // The filter may hide it.
    if (!shown.includes(index)) log.show({ words: '', itemId: null });
    requestAnimationFrame(() => list.current?.show(index));
  };

  return (
    <div className="event-log">
      <div className="log-top">
        <LogToolbar run={run} passing={shown.length} onLeave={() => list.current?.focus()} />
        <ResponseTimes run={run} alone={runs.length === 1} />
      </div>
      {shown.length === 0 ? (
        <p className="empty">{whyEmpty(run, events.length)}</p>
      ) : (
        <EventList ref={list} run={run} events={events} shown={shown} position={replay?.position ?? null} {...items} />
      )}
      <ResponseEndLine run={run} events={events} isReplay={replay !== null} onShow={show} />
    </div>
  );
}

function whyEmpty(run: ResponseView, here: number): string {
  if (run.count === 0) return l10n.t('No event has come.');
  return here < run.count ? l10n.t('Loading…') : l10n.t('No event passes the filter.');
}
