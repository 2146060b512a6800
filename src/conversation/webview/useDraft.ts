import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { DraftView } from '../common/protocol.ts';
import { useConversation } from './context.ts';

/** Delay between a key press and saving the draft in the host, ms. */
const debounceMs = 150;

export interface LocalDraft {
  readonly text: string;
  readonly quote: string | null;
  readonly write: (text: string, quote?: string | null) => void;
  /** Empties the composer after sending. */
  readonly clear: () => void;
}

/** The message being written. The host saves it in memory because a hidden page is disposed. */
export function useDraft(draft: DraftView): LocalDraft {
  const { host, threadId } = useConversation();
  const [local, setLocal] = useState({ text: draft.text, quote: draft.quote });
  const serial = useRef(draft.serial);
  const latest = useRef(local);
  const timer = useRef<number | undefined>(undefined);

  const change = (text: string, quote: string | null) => {
    latest.current = { text, quote };
    setLocal(latest.current);
  };

  // The host restored a message that could not be sent and merged it with the current text.
  useLayoutEffect(() => {
    if (serial.current === draft.serial) return;
    serial.current = draft.serial;
    latest.current = { text: draft.text, quote: draft.quote };
    setLocal(latest.current);
  }, [draft]);

  const flush = useCallback(() => {
    if (timer.current === undefined) return;
    window.clearTimeout(timer.current);
    timer.current = undefined;
    host.notify('draft', { threadId, ...latest.current });
  }, [host, threadId]);
  useEffect(() => {
    window.addEventListener('pagehide', flush);
    window.addEventListener('blur', flush);
    return () => {
      window.removeEventListener('pagehide', flush);
      window.removeEventListener('blur', flush);
      flush();
    };
  }, [flush]);

  return {
    ...local,
    write: (text, quote = latest.current.quote) => {
      change(text, quote);
      window.clearTimeout(timer.current);
      timer.current = window.setTimeout(flush, debounceMs);
    },
    clear: () => {
      window.clearTimeout(timer.current);
      timer.current = undefined;
      change('', null);
    },
  };
}
