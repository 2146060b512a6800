import { cancelledError } from '../errors.ts';

interface Underway {
  readonly promise: Promise<unknown>;
  readonly controller: AbortController;
  waiting: number;
}

/** Pending requests, by key. An equal request shares the pending one instead of being sent again. */
export class Requests {
  readonly #underway = new Map<string, Underway>();

  /**
   * Starts `start`, or joins the equal request under way. Rejects with kind `cancelled` when `signal` fires; the
   * request itself is aborted only when all of its callers have cancelled.
   */
  async share<T>(key: string, signal: AbortSignal, start: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (signal.aborted) throw cancelledError();
    const request = this.#underway.get(key) ?? this.#begin(key, start);
    request.waiting += 1;
    const left = aborted(signal);
    try {
      return (await Promise.race([request.promise, left.promise])) as T;
    } finally {
      left.dispose();
      request.waiting -= 1;
      if (request.waiting === 0) this.#giveUp(key, request);
    }
  }

  /** Aborts every request whose key starts with `prefix`. Their callers receive kind `cancelled`. */
  cancel(prefix: string): void {
    for (const [key, request] of this.#underway) {
      if (key.startsWith(prefix)) this.#giveUp(key, request);
    }
  }

  #begin(key: string, start: (signal: AbortSignal) => Promise<unknown>): Underway {
    const controller = new AbortController();
    const request: Underway = { promise: guard(start, controller.signal), controller, waiting: 0 };
    this.#underway.set(key, request);
    return request;
  }

  #giveUp(key: string, request: Underway): void {
    request.controller.abort();
    if (this.#underway.get(key) === request) this.#underway.delete(key);
  }
}

/** Runs `start`. Rejects with `cancelled` after `signal` fires, even if `start` ignores the signal. */
async function guard<T>(start: (signal: AbortSignal) => Promise<T>, signal: AbortSignal): Promise<T> {
  const left = aborted(signal);
  try {
    return await Promise.race([start(signal), left.promise]);
  } finally {
    left.dispose();
  }
}

function aborted(signal: AbortSignal): { readonly promise: Promise<never>; readonly dispose: () => void } {
  let stop = (): void => undefined;
  const promise = new Promise<never>((_, reject) => {
    const onAbort = (): void => reject(cancelledError());
    signal.addEventListener('abort', onAbort, { once: true });
    stop = () => signal.removeEventListener('abort', onAbort);
  });
  return { promise, dispose: stop };
}

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
