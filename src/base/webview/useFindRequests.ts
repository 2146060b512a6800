import { useEffect, useRef, useSyncExternalStore, type RefObject } from 'react';

/** Counts the requests from outside the page to focus its find field. */
export interface FindRequests {
  readonly subscribe: (listener: () => void) => () => void;
  readonly getFindRequests: () => number;
}

/** Focuses and selects a field when VS Code's find command asks for it. */
export function useFindCommand(field: RefObject<HTMLInputElement | null>, requests: FindRequests): void {
  const count = useSyncExternalStore(requests.subscribe, requests.getFindRequests);
  const firstCount = useRef(count);
  useEffect(() => {
    if (count === firstCount.current) return;
    field.current?.focus();
    field.current?.select();
  }, [field, count]);
}

/** Focuses and selects a field on Ctrl+F, and when VS Code's find command asks for it. */
export function useFindRequests(field: RefObject<HTMLInputElement | null>, requests: FindRequests): void {
  useFindCommand(field, requests);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'f' || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey)
        return;
      event.preventDefault();
      field.current?.focus();
      field.current?.select();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [field]);
}
