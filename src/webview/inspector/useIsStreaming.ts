/** An answer of this thread is coming in. */
export function useIsStreaming(): boolean {
  return false;
}
