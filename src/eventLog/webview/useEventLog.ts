import { useEffect, useSyncExternalStore } from 'react';
import type { EventLogState, EventView, ResponseView } from '../common/protocol.ts';
import { useEventLogContext } from './context.ts';
import type { LogView } from './model.ts';

export function useEventLog(): EventLogState {
  const { log } = useEventLogContext();
  return useSyncExternalStore(log.subscribe, log.getState);
}

export function useLogView(): LogView {
  const { log } = useEventLogContext();
  return useSyncExternalStore(log.subscribe, log.getView);
}

/** Some run made or touched this item. */
export function useHasEvents(itemId: string): boolean {
  const { log } = useEventLogContext();
  return useSyncExternalStore(log.subscribe, log.getItems).has(itemId);
}

/** The events of a run, which are asked for as they are shown. */
export function useEvents(run: ResponseView): readonly EventView[] {
  const { log, host } = useEventLogContext();
  const events = useSyncExternalStore(log.subscribe, () => log.events(run.id));
  useEffect(() => {
    void log.load(run, (threadId, runId, from) => host.request('events', { threadId, runId, from }));
  }, [log, host, run, events]);
  return events;
}
