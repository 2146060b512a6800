import { createContext, use, useState } from 'react';
import type { Unsubscribe } from '../../base/common/events.ts';
import type { RpcClient } from '../../base/common/rpc.ts';
import type { ThreadStatus } from '../../chatkit/common/model/thread.ts';
import type { Capabilities } from '../../chatkit/common/threadSource.ts';
import type { ConversationHost } from '../common/protocol.ts';

/** The functions that the composer, forms and tool outputs use of the webview that contains them. */
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
  /** Calls the listener with each text that the user quotes from the menu of an item. */
  readonly onQuote: (listener: (text: string) => void) => Unsubscribe;
}

export const ConversationContext = createContext<ConversationContextValue | null>(null);

export function useConversation(): ConversationContextValue {
  const page = use(ConversationContext);
  if (page === null) throw new Error('Used outside a conversation.');
  return page;
}

/** Unsent input for an item; preserved while its row is unmounted. */
export function useItemDraft<T>(itemId: string, initial: T): readonly [T, (next: T) => void, forget: () => void] {
  const { drafts } = useConversation();
  const [draft, setDraft] = useState(() => (drafts.has(itemId) ? (drafts.get(itemId) as T) : initial));
  const change = (next: T) => {
    drafts.set(itemId, next);
    setDraft(next);
  };
  return [draft, change, () => void drafts.delete(itemId)];
}

interface Sending {
  readonly busy: boolean;
  /** Error of the last attempt; null if none. */
  readonly problem: string | null;
  /** Sends a request unless one is in progress. Returns true if the server accepted it. */
  readonly send: (request: () => Promise<{ readonly sent: boolean }>) => Promise<boolean>;
  readonly setProblem: (problem: string | null) => void;
}

/** State of a form that sends a request to the host: progress, and the error of a request that was not sent. */
export function useSending(): Sending {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const send = async (request: () => Promise<{ readonly sent: boolean }>) => {
    if (busy) return false;
    setBusy(true);
    setProblem(null);
    try {
      return (await request()).sent;
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { busy, problem, send, setProblem };
}
