import { createContext, use, useEffect, useSyncExternalStore } from 'react';
import type { EventLogHost, EventLogState, EventView, ResponseView } from '../common/protocol.ts';
import type { RpcClient } from '../../base/common/rpc.ts';
import type { Formats } from '../../base/webview/format.ts';
import type { FindRequests } from '../../base/webview/useFindRequests.ts';
import type { EventLogModel, LogView } from './model.ts';

/** The functions that the event log uses of the webview that contains it. */
export interface EventLogContextValue {
  readonly host: RpcClient<EventLogHost>;
  readonly threadId: string;
  readonly formats: Formats;
  readonly log: EventLogModel;
  readonly findRequests: FindRequests;
}

export const EventLogContext = createContext<EventLogContextValue | null>(null);

export function useEventLogContext(): EventLogContextValue {
  const page = use(EventLogContext);
  if (page === null) throw new Error('Used outside an event log.');
  return page;
}

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
