import { isInsufficientQuota, parseErrorEnvelope } from '../../common/responses/statusErrors.ts';
import type { SourceError } from '../../common/errors.ts';
import type { HttpResponse, RetryPolicy } from './types.ts';

const busy: ReadonlySet<number> = new Set([408, 429, 502, 503, 504]);

/** The outcome of one attempt. */
export type Outcome = { readonly error: SourceError } | { readonly response: HttpResponse };

interface RetryState {
  readonly policy: RetryPolicy;
  /** Retries made already. */
  readonly attempt: number;
  readonly maxRetries: number;
  /** ms since the epoch. */
  readonly now: number;
  /** 0..1. */
  readonly random: number;
}

/** The longest wait that a server can request, in ms. After a longer one, the user decides when to retry. */
const longestWaitMs = 60_000;

/**
 * Returns the wait before another attempt, in ms; null to stop retrying. Follows chatkit-api 4A.3 with these
 * exceptions: never retries when the account is out of credit; retries `onlyIfNotArrived` requests only if they cannot
 * have reached the server, or after 429 or `x-should-retry: true`; does not retry when the server requests a wait of
 * more than 60 s; does not retry certificate and proxy errors.
 */
export function retryWait(
  outcome: Outcome,
  state: RetryState,
): { readonly ms: number; readonly reason: string } | null {
  if (state.policy === 'never' || state.attempt >= state.maxRetries) return null;
  if ('error' in outcome) {
    return isWorthRetrying(outcome.error, state.policy) ? { ms: backOff(state), reason: outcome.error.message } : null;
  }
  const { response } = outcome;
  if (!mayRetryStatus(response, state.policy) || isQuota(response)) return null;
  const asked = retryAfterMs(response.headers, state.now);
  if (asked !== null && asked > longestWaitMs) return null;
  return { ms: asked ?? backOff(state), reason: `The server returned ${response.status}.` };
}

/**
 * Returns the wait that a server requests, in ms: `retry-after-ms`, else `retry-after` in seconds or as a date
 * (chatkit-api 4A.2).
 */
export function retryAfterMs(headers: Readonly<Record<string, string>>, now: number): number | null {
  const inMs = toNumber(headers['retry-after-ms']);
  if (inMs !== null) return inMs >= 0 ? inMs : null;
  const header = headers['retry-after'];
  if (header === undefined) return null;
  const inSeconds = toNumber(header);
  const ms = inSeconds === null ? Date.parse(header) - now : inSeconds * 1000;
  return Number.isFinite(ms) && ms >= 0 ? ms : null;
}

function isWorthRetrying(error: SourceError, policy: RetryPolicy): boolean {
  if (policy === 'onlyIfNotArrived' && error.details.mayHaveArrived !== false) return false;
  if (error.kind === 'proxy') return error.details.status === undefined || error.details.status >= 500;
  return error.kind === 'network' || error.kind === 'timeout';
}

function mayRetryStatus({ status, headers }: HttpResponse, policy: RetryPolicy): boolean {
  if (status >= 200 && status < 300) return false;
  const word = headers['x-should-retry'];
  if (word === 'true') return true;
  if (word === 'false') return false;
  if (policy === 'onlyIfNotArrived') return status === 429;
  if (policy === 'whenBusy') return busy.has(status);
  return status === 408 || status === 409 || status === 429 || status >= 500;
}

function isQuota({ body }: HttpResponse): boolean {
  return isInsufficientQuota(parseErrorEnvelope(Buffer.from(body).toString('utf8')));
}

/**
 * Returns 0.5 s, 1 s, 2 s, … at most 8 s, minus a random part of up to 25 % so that clients do not retry
 * simultaneously.
 */
function backOff({ attempt, random }: RetryState): number {
  return Math.min(500 * 2 ** attempt, 8000) * (1 - random * 0.25);
}

function toNumber(text: string | undefined): number | null {
  if (text === undefined || text.trim() === '') return null;
  const number = Number(text);
  return Number.isFinite(number) ? number : null;
}
