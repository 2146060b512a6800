import { SourceError, isSourceError } from './errors.ts';
import type { Page } from './threadSource.ts';

/** How to wait for a server that limits the request rate. */
export interface WaitOptions {
  readonly signal: AbortSignal;
  /** Resolves after `ms`, or rejects when the signal fires. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Called when the server asks to wait for `ms`. */
  readonly onWait: (ms: number) => void;
  /** Maximum total waiting time, in ms; default: 10 minutes. A server that asks for more is an error. */
  readonly maxWaitMs?: number;
}

const defaultMaxWaitMs = 10 * 60_000;

/**
 * Yields every page of a list from the first one. `waiting`: how to wait when the server asks for it; null: a rate limit is
 * an error. Throws `SourceError` kind `invalidResponse` when the server repeats a page, because later pages cannot be reached.
 */
export async function* everyPage<T>(
  fetchPage: (after: string | undefined) => Promise<Page<T>>,
  waiting: WaitOptions | null,
): AsyncGenerator<readonly T[]> {
  const used = new Set<string>();
  let after: string | undefined;
  let waited = 0;
  for (;;) {
    let page: Page<T>;
    try {
      page = await fetchPage(after);
    } catch (error) {
      if (waiting === null || !isSourceError(error, 'rateLimited')) throw error;
      const { signal, sleep, onWait, maxWaitMs = defaultMaxWaitMs } = waiting;
      const wait = error.details.retryAfterMs ?? 1000;
      if (waited + wait > maxWaitMs) throw error;
      waited += wait;
      onWait(wait);
      await sleep(wait, signal);
      continue;
    }
    yield page.data;
    if (!page.hasMore) return;
    if (page.next === null || used.has(page.next)) throw repeatedPage();
    used.add(page.next);
    after = page.next;
  }
}

function repeatedPage(): SourceError {
  return new SourceError(
    'invalidResponse',
    'The server states that there is more, but the rest cannot be loaded: its cursor is missing or repeats.',
    { nextStep: 'none' },
  );
}
