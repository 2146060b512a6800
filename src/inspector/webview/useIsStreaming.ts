import { useShell } from './context.tsx';

/** An answer of this thread is coming in. */
export function useIsStreaming(): boolean {
  return useShell().talk?.running != null;
}
