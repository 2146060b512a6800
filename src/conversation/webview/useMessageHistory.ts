import { useRef, type KeyboardEvent } from 'react';
import { useConversation } from './context.ts';
import type { LocalDraft } from './useDraft.ts';

interface MessageHistory {
  /** Handles Arrow Up and Arrow Down; returns true if the key was used. */
  readonly onKeyDown: (event: KeyboardEvent<HTMLTextAreaElement>) => boolean;
  /** Forgets the history after a message was sent. */
  readonly reset: () => void;
}

/**
 * The messages of the thread as a history: Arrow Up in an empty field shows the latest one, and further presses older
 * ones; Arrow Down goes back to the empty field. Text that the user has changed is never replaced.
 */
export function useMessageHistory({ text, write }: Pick<LocalDraft, 'text' | 'write'>): MessageHistory {
  const { host, threadId } = useConversation();
  /** Newest first; null until requested. */
  const messages = useRef<readonly string[] | null>(null);
  /** Index of the shown message; -1 for none. */
  const shown = useRef(-1);

  const show = (index: number) => {
    const message = index < 0 ? '' : messages.current?.[index];
    if (message === undefined) return;
    shown.current = index;
    write(message);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): boolean => {
    const { key, shiftKey, altKey, ctrlKey, metaKey } = event;
    if ((key !== 'ArrowUp' && key !== 'ArrowDown') || shiftKey || altKey || ctrlKey || metaKey) return false;
    const isShown = shown.current >= 0 && text === messages.current?.[shown.current];
    const { selectionStart, selectionEnd, value } = event.currentTarget;
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
    else
      host.request('messageHistory', { threadId }).then(
        ({ texts }) => {
          messages.current = texts;
          show(0);
        },
        () => undefined,
      );
    return true;
  };
  return {
    onKeyDown,
    reset: () => {
      messages.current = null;
      shown.current = -1;
    },
  };
}
