import { setTimeout as sleepFor } from 'node:timers/promises';
import { isSourceError, SourceError } from '../../common/errors.ts';
import type { Log } from '../../../base/common/log.ts';
import { Attempts, type OpenedResponse } from './attempts.ts';
import { decoded, readBody, tooLarge } from './body.ts';
import { retryWait, type Outcome } from './retry.ts';
import type { HttpRequest, HttpResponse, StreamResponse, Transport, TransportSettings } from './types.ts';
import { Routes } from './routes.ts';

/** Time and random numbers, which tests replace. */
export interface Clock {
  /** ms since the epoch. */
  now(): number;
  /** 0..1. */
  random(): number;
  /** Rejects when the signal fires. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

const systemClock: Clock = {
  now: Date.now,
  random: Math.random,
  sleep: async (ms, signal) => void (await sleepFor(ms, undefined, { signal })),
};

/**
 * Creates access to the network. Settings are read once: when they change, close this transport and create another.
 * See `attempts` (one attempt), `routes` (direct, proxy, the editor's fetch), `retry` (when to retry) and `failure`
 * (errors).
 */
export function createTransport(settings: TransportSettings, log: Log, clock: Clock = systemClock): Transport {
  const ways = new Routes(settings, log);
  const attempts = new Attempts(settings, ways, log, clock.now);

  async function request(request: HttpRequest): Promise<HttpResponse> {
    for (let number = 0; ; number += 1) {
      const outcome = await tryOnce(request, number);
      const wait = retryWait(outcome, {
        policy: request.retry,
        attempt: number,
        maxRetries: settings.maxRetries,
        now: clock.now(),
        random: clock.random(),
      });
      if (wait === null) {
        if ('error' in outcome) throw outcome.error;
        return outcome.response;
      }
      request.onWait?.({ ms: wait.ms, attempt: number + 1, reason: wait.reason });
      await clock.sleep(wait.ms, request.signal).catch(() => {
        throw cancelled();
      });
      if (request.signal.aborted) throw cancelled();
    }
  }

  async function tryOnce(request: HttpRequest, number: number): Promise<Outcome> {
    try {
      const answer = await attempts.open(request, number, settings.timeoutMs);
      return { response: await readWhole(answer) };
    } catch (error) {
      if (isSourceError(error)) return { error };
      throw error;
    }
  }

  async function readWhole({ incoming, trace }: OpenedResponse): Promise<HttpResponse> {
    const { status, headers } = incoming;
    try {
      if (headers['content-type']?.startsWith('text/event-stream') === true) throw unexpectedStream();
      if (Number(headers['content-length'] ?? 0) > settings.maxBodyBytes) throw tooLarge(settings.maxBodyBytes);
      const body = await readBody(decoded(incoming), settings.maxBodyBytes);
      trace.end();
      return { status, headers, requestId: trace.requestId, body };
    } catch (error) {
      incoming.discard();
      throw trace.fail(error);
    }
  }

  async function stream(request: HttpRequest): Promise<StreamResponse> {
    // Servers may buffer a compressed stream until there is enough data to compress.
    const headers = { 'accept-encoding': 'identity', ...request.headers };
    const answer = await attempts.open({ ...request, headers }, 0, settings.streamIdleTimeoutMs ?? 0);
    const { incoming, trace } = answer;
    return { status: incoming.status, headers: incoming.headers, requestId: trace.requestId, chunks: streamed(answer) };
  }

  return { request, stream, routeTo: (origin) => ways.describe(origin), close: () => ways.close() };
}

async function* streamed({ incoming, trace }: OpenedResponse): AsyncGenerator<Uint8Array, void, void> {
  try {
    yield* decoded(incoming);
  } catch (error) {
    throw trace.fail(error);
  } finally {
    trace.end();
    incoming.discard();
  }
}

/** Returns the error for a stream in place of a complete body. A stream may never end, so it is not read. */
function unexpectedStream(): SourceError {
  return new SourceError('invalidResponse', 'The server answered with a stream of events where JSON was expected.');
}

function cancelled(): SourceError {
  return new SourceError('cancelled', 'Cancelled.');
}
