import { type KeyboardEvent, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { DraftView } from '../common/protocol.ts';
import { useConversation } from './context.ts';

/** Delay between a key press and saving the draft in the host, ms. */
const debounceMs = 150;

interface LocalDraft {
  readonly text: string;
  readonly quote: string | null;
  readonly write: (text: string, quote?: string | null) => void;
  /** Empties the composer after sending. */
  readonly clear: () => void;
}

/** The message being written. The host saves it in memory because a hidden webview is disposed. */
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

interface MessageHistory {
  /** Handles Arrow Up and Arrow Down; returns true if the key was used. */
  readonly onKeyDown: (event: KeyboardEvent<HTMLTextAreaElement>) => boolean;
  /** Forgets the history after a message was sent. */
  readonly reset: () => void;
}

/**
 * The messages of the thread as a history: Arrow Up in an empty field shows the latest one, and further presses older
 * ones; Arrow Down returns to the empty field. Text that the user has changed is never replaced.
 */
export function useMessageHistory({ text, write }: Pick<LocalDraft, 'text' | 'write'>): MessageHistory {
  const { host, threadId } = useConversation();
  /** Newest first; null until requested. */
  const messages = useRef<readonly string[] | null>(null);
  /** Index of the shown message; -1 for none. */
  const shown = useRef(-1);
  /** Number of messages that were sent: a history that was requested before the last one is outdated. */
  const sent = useRef(0);

  const show = (index: number) => {
    const message = index < 0 ? '' : messages.current?.[index];
    if (message === undefined) return;
    shown.current = index;
    write(message);
  };
  const request = async (field: HTMLTextAreaElement) => {
    const before = sent.current;
    const texts = await host.request('messageHistory', { threadId }).then(
      (history) => history.texts,
      () => null,
    );
    if (texts === null || sent.current !== before) return;
    messages.current = texts;
    // The user may have typed meanwhile.
    if (field.value === '') show(0);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): boolean => {
    const { key, shiftKey, altKey, ctrlKey, metaKey } = event;
    if ((key !== 'ArrowUp' && key !== 'ArrowDown') || shiftKey || altKey || ctrlKey || metaKey) return false;
    const isShown = shown.current >= 0 && text === messages.current?.[shown.current];
    const { currentTarget: field } = event;
    const { selectionStart, selectionEnd, value } = field;
    // In a text of several lines, the keys move the caret until it is at the start or the end.
    const isAtEdge =
      selectionStart === selectionEnd &&
      (key === 'ArrowUp' ? !value.slice(0, selectionStart).includes('\n') : !value.slice(selectionEnd).includes('\n'));
    if (!isAtEdge || (text !== '' && !isShown)) return false;
    if (text === '') shown.current = -1;
    if (key === 'ArrowDown') {
      if (!isShown) return false;
      event.preventDefault();
      show(shown.current - 1);
      return true;
    }
    event.preventDefault();
    if (messages.current !== null) show(shown.current + 1);
    else void request(field);
    return true;
  };
  return {
    onKeyDown,
    reset: () => {
      messages.current = null;
      shown.current = -1;
      sent.current += 1;
    },
  };
}
