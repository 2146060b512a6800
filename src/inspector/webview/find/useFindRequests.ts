import { useEffect, useRef, useSyncExternalStore, type RefObject } from 'react';
import { useInspector } from '../context.tsx';

/** The field that Ctrl+F, and the editor's own command, put the cursor into. */
export function useFindRequests(field: RefObject<HTMLInputElement | null>): void {
  const { model } = useInspector();
  const requests = useSyncExternalStore(model.subscribe, model.getFindRequests);
  const firstRequests = useRef(requests);
  useEffect(() => {
    const open = () => {
      field.current?.focus();
      field.current?.select();
    };
    if (requests !== firstRequests.current) open();
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'f' || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey)
        return;
      event.preventDefault();
      open();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [field, requests]);
}
