import { useEffect, useSyncExternalStore } from 'react';
import type { EventLogState, EventView, RunView } from '../common/protocol.ts';
import { useEventLogPage } from './context.ts';
import type { LogView } from './model.ts';

export function useEventLog(): EventLogState {
  const { log } = useEventLogPage();
  return useSyncExternalStore(log.subscribe, log.getState);
}

export function useLogView(): LogView {
  const { log } = useEventLogPage();
  return useSyncExternalStore(log.subscribe, log.getView);
}

/** Some run made or touched this item. */
export function useHasEvents(itemId: string): boolean {
  const { log } = useEventLogPage();
  return useSyncExternalStore(log.subscribe, log.getItems).has(itemId);
}

/** The events of a run, which are asked for as they are shown. */
export function useEvents(run: RunView): readonly EventView[] {
  const { log, host } = useEventLogPage();
  const events = useSyncExternalStore(log.subscribe, () => log.events(run.id));
  useEffect(() => {
    void log.load(run, (threadId, runId, from) => host.request('events', { threadId, runId, from }));
  }, [log, host, run, events]);
  return events;
}
