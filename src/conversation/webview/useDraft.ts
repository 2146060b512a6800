import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { DraftView } from '../common/protocol.ts';
import { useConversation } from './context.ts';

/** How long after a key the host is told, ms. */
const pause = 150;

export interface WrittenDraft {
  readonly text: string;
  readonly quote: string | null;
  readonly write: (text: string, quote?: string | null) => void;
  /** It went out: the composer is empty again. */
  readonly clear: () => void;
}

/** What is being written. The host keeps it too, in memory, because a page is thrown away whenever it is hidden. */
export function useDraft(draft: DraftView): WrittenDraft {
  const { host, threadId } = useConversation();
  const [written, setWritten] = useState({ text: draft.text, quote: draft.quote });
  const serial = useRef(draft.serial);
  const latest = useRef(written);
  const timer = useRef<number | undefined>(undefined);

  const change = (text: string, quote: string | null) => {
    latest.current = { text, quote };
    setWritten(latest.current);
  };

  // The host put something back that could not be sent; it knows what was written meanwhile.
  useLayoutEffect(() => {
    if (serial.current === draft.serial) return;
    serial.current = draft.serial;
    latest.current = { text: draft.text, quote: draft.quote };
    setWritten(latest.current);
  }, [draft]);

  const tell = useCallback(() => {
    if (timer.current === undefined) return;
    window.clearTimeout(timer.current);
    timer.current = undefined;
    host.notify('draft', { threadId, ...latest.current });
  }, [host, threadId]);
  useEffect(() => {
    window.addEventListener('pagehide', tell);
    window.addEventListener('blur', tell);
    return () => {
      window.removeEventListener('pagehide', tell);
      window.removeEventListener('blur', tell);
      tell();
    };
  }, [tell]);

  return {
    ...written,
    write: (text, quote = latest.current.quote) => {
      change(text, quote);
      window.clearTimeout(timer.current);
      timer.current = window.setTimeout(tell, pause);
    },
    clear: () => {
      window.clearTimeout(timer.current);
      timer.current = undefined;
      change('', null);
    },
  };
}
