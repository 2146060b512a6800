import { createContext, use } from 'react';
import type { RpcClient } from '../../base/common/rpc.ts';
import type { ThreadStatus } from '../../chatkit/common/model/thread.ts';
import type { Capabilities } from '../../chatkit/common/threadSource.ts';
import type { ConversationHost } from '../common/protocol.ts';

/** What the composer, forms and tool outputs use from the page that contains them. */
export interface ConversationContextValue {
  readonly host: RpcClient<ConversationHost>;
  readonly threadId: string;
  readonly isNew: boolean;
  readonly status: ThreadStatus | undefined;
  readonly capabilities: Capabilities;
  /** Announces a message to screen readers. */
  readonly announce: (sentence: string) => void;
  /** Unsent input by item; rows are unmounted while they are scrolled out of view. */
  readonly drafts: Map<string, unknown>;
}

export const ConversationContext = createContext<ConversationContextValue | null>(null);

export function useConversation(): ConversationContextValue {
  const page = use(ConversationContext);
  if (page === null) throw new Error('Used outside a conversation.');
  return page;
}
