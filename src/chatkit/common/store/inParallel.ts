/**
 * Runs `action` for each element, at most `limit` at a time, in order. Stops starting new ones when `signal` fires.
 * `action` must not reject.
 */
export async function inParallel<T>(
  elements: readonly T[],
  limit: number,
  signal: AbortSignal,
  action: (element: T) => Promise<void>,
): Promise<void> {
  const waiting = elements[Symbol.iterator]();
  const worker = async (): Promise<void> => {
    for (const element of waiting) {
      if (signal.aborted) return;
      await action(element);
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, elements.length) }, worker));
}
