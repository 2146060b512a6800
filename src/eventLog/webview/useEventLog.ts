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

/** Returns true if a recorded response added or changed the item. */
export function useHasEvents(itemId: string): boolean {
  const { log } = useEventLogContext();
  return useSyncExternalStore(log.subscribe, log.getItems).has(itemId);
}

/** Returns the events of a response and requests those that are missing. */
export function useEvents(response: ResponseView): readonly EventView[] {
  const { log, host } = useEventLogContext();
  const events = useSyncExternalStore(log.subscribe, () => log.events(response.id));
  useEffect(() => {
    void log.load(response, (threadId, responseId, from) => host.request('events', { threadId, responseId, from }));
  }, [log, host, response, events]);
  return events;
}
