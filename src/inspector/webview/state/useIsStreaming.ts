import { useViewState } from './context.tsx';

/** An answer of this thread is coming in. */
export function useIsStreaming(): boolean {
  return useViewState().conversation?.running != null;
}
