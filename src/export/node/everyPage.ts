import { isSourceError, SourceError } from '../../chatkit/common/errors.ts';
import type { Page } from '../../chatkit/common/threadSource.ts';

/** How a walk goes about a server that asks to wait. */
export interface WaitOptions {
  readonly signal: AbortSignal;
  /** Resolves after `ms`, or rejects when the signal fires. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** The server asked to wait this long, ms. */
  readonly onWait: (ms: number) => void;
}

/** Most elements of one page (chatkit-api 1.4). */
export const pageSize = 100;
/** A server that asks for longer than this in all is given up on; ms. */
const maxWaitMs = 10 * 60_000;

/**
 * Every page of a list, from its first. A server that says to wait is waited for. Throws `SourceError`, kind
 * `invalidResponse` where the server leads back to pages that were read: what lies beyond cannot be had.
 */
export async function* everyPage<T>(
  ask: (after: string | undefined) => Promise<Page<T>>,
  { signal, sleep, onWait }: WaitOptions,
): AsyncGenerator<readonly T[]> {
  const used = new Set<string>();
  let after: string | undefined;
  let waited = 0;
  for (;;) {
    let page: Page<T>;
    try {
      page = await ask(after);
    } catch (error) {
      const wait = isSourceError(error, 'rateLimited') ? (error.details.retryAfterMs ?? 1000) : Infinity;
      if (waited + wait > maxWaitMs) throw error;
      waited += wait;
      onWait(wait);
      await sleep(wait, signal);
      continue;
    }
    yield page.data;
    if (!page.hasMore) return;
    if (page.next === null || used.has(page.next)) throw repeats();
    used.add(page.next);
    after = page.next;
  }
}

function repeats(): SourceError {
  return new SourceError('invalidResponse', 'The server gives the same page again and again: there may be more.', {
    nextStep: 'none',
  });
}
