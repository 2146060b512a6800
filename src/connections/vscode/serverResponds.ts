import { setTimeout as sleep } from 'node:timers/promises';
import { isGatewayStatus, isSourceError } from '../../chatkit/common/errors.ts';
import type { ThreadSource } from '../../chatkit/common/threadSource.ts';

/** Time between two requests, in ms. */
const intervalMs = 300;
/** The server must respond for this long, in ms: after a change it stops a moment later, and starts again. */
const steadyMs = 1_500;
/** Time to wait for the server, in ms. */
const timeoutMs = 60_000;

/**
 * Waits until a server that restarts after a change responds again. Returns false when it does not respond in time, or
 * as soon as the signal fires. An error of the server counts as a response; an error of a gateway in front of it does not.
 */
export async function serverResponds(source: ThreadSource, signal: AbortSignal): Promise<boolean> {
  const end = performance.now() + timeoutMs;
  let since: number | null = null;
  while (!signal.aborted && performance.now() < end) {
    const responds = await probe(source, signal);
    since = responds ? (since ?? performance.now()) : null;
    if (since !== null && performance.now() - since >= steadyMs) return !signal.aborted;
    // Rejects when the signal fires, which ends the loop.
    await sleep(intervalMs, undefined, { signal }).catch(() => undefined);
  }
  return false;
}

async function probe(source: ThreadSource, signal: AbortSignal): Promise<boolean> {
  try {
    await source.listThreads({ limit: 1, order: 'desc' }, AbortSignal.any([signal, AbortSignal.timeout(5_000)]));
    return true;
  } catch (error) {
    const status = isSourceError(error) ? error.details.status : undefined;
    return status !== undefined && !isGatewayStatus(status);
  }
}
