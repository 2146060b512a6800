import { createContext, use } from 'react';
import type { RpcClient } from '../../base/common/rpc.ts';
import type { Formats } from '../../base/webview/format.ts';
import type { FindRequests } from '../../base/webview/useFindRequests.ts';
import type { EventLogHost } from '../common/protocol.ts';
import type { EventLogModel } from './model.ts';

/** What the event log uses from the page that contains it. */
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
