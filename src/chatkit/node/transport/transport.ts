import * as l10n from '@vscode/l10n';
import { setTimeout as sleepFor } from 'node:timers/promises';
import { isLoopback } from '../../common/connection.ts';
import { SourceError, cancelledError, isSourceError, unexpectedStream } from '../../common/errors.ts';
import { isEventStreamType } from '../../common/responses/mediaTypes.ts';
import type { Log } from '../../../base/common/log.ts';
import { secretRedactor } from '../../../base/common/redact.ts';
import type { HttpRequest, HttpResponse, StreamResponse, Transport, TransportSettings } from './types.ts';
import { acceptedEncodings, decoded, readBody, tooLarge } from './body.ts';
import type { Incoming, Outgoing } from './exchange.ts';
import { isLocalUrl, localAddress } from './localAddress.ts';
import { redirectTarget } from './redirects.ts';
import { Trace } from './trace.ts';
import { type Route, Routes } from './routes.ts';
import { type Outcome, retryWait } from './retry.ts';

/** An attempt whose headers were received. The reader of the body must end its trace. */
interface OpenedResponse {
  readonly incoming: Incoming;
  readonly trace: Trace;
}

/** Makes single attempts: checks the URL, selects the route, follows redirects and classifies failures. */
class Attempts {
  readonly #settings: TransportSettings;
  readonly #routes: Routes;
  readonly #log: Log;
  readonly #now: () => number;
  #lastRedactor = { key: '', redact: secretRedactor([]) };

  constructor(settings: TransportSettings, routes: Routes, log: Log, now: () => number) {
    this.#settings = settings;
    this.#routes = routes;
    this.#log = log;
    this.#now = now;
  }

  /**
   * `number`: number of the attempt, from 0. `idleTimeoutMs`: maximum time between two chunks of the body, in ms; 0 for
   * no limit.
   */
  async open(request: HttpRequest, number: number, idleTimeoutMs: number): Promise<OpenedResponse> {
    let target = checkedTarget(request.url, this.#settings);
    if (request.publicOnly === true && isLocalUrl(target)) throw localAddress(target.host);
    for (let followed = 0; ; followed += 1) {
      const answer = await this.#openOverAnyRoute(request, target, number, idleTimeoutMs);
      const next = nextTarget(answer, request, followed, this.#redactor(request));
      if (next === null) return answer;
      answer.incoming.discard();
      answer.trace.end();
      target = next;
    }
  }

  /** Uses the configured route. If the first attempt over it fails, uses an alternative route. */
  async #openOverAnyRoute(
    request: HttpRequest,
    target: URL,
    number: number,
    idleTimeoutMs: number,
  ): Promise<OpenedResponse> {
    const outgoing = this.#outgoing(request, target, idleTimeoutMs);
    const { timeoutMs } = this.#settings;
    const options = { timeoutMs, log: this.#log, now: this.#now, redact: this.#redactor(request) };
    let route = this.#routes.first(target, outgoing.publicOnly);
    let reported: SourceError | null = null;
    for (;;) {
      const trace = new Trace(request, target, route, number, options);
      const opened = await openRoute(route, outgoing, trace);
      if (!('failure' in opened)) {
        this.#routes.succeeded(target, route, reported);
        return opened;
      }
      const { failure } = opened;
      if (failure.kind === 'cancelled') throw failure;
      // Report the failure of the configured route, not that of the editor's fetch.
      if (reported === null || route.via !== 'editorFetch') reported = failure;
      const another: Route | null =
        number === 0 ? this.#routes.another(target, route, failure, outgoing.publicOnly) : null;
      if (another === null) throw reported;
      route = another;
    }
  }

  /** Caches the redactor, because most requests use the same secrets. */
  #redactor({ secretHeaders }: HttpRequest): (text: string) => string {
    const secrets = Object.values(secretHeaders);
    const key = secrets.join('\n');
    if (this.#lastRedactor.key !== key) this.#lastRedactor = { key, redact: secretRedactor(secrets) };
    return this.#lastRedactor.redact;
  }

  #outgoing(request: HttpRequest, url: URL, idleTimeoutMs: number): Outgoing {
    const { timeoutMs, userAgent } = this.#settings;
    return {
      method: request.method,
      url,
      headers: {
        'user-agent': userAgent,
        'accept-encoding': acceptedEncodings,
        ...request.headers,
        ...request.secretHeaders,
      },
      body: request.body ?? null,
      signal: request.signal,
      headersTimeoutMs: Math.max(timeoutMs, request.minTimeoutMs ?? 0),
      idleTimeoutMs,
      freshConnection: request.retry === 'onlyIfNotArrived' || request.retry === 'never',
      publicOnly: request.publicOnly ?? false,
    };
  }
}

async function openRoute(
  route: Route,
  outgoing: Outgoing,
  trace: Trace,
): Promise<OpenedResponse | { readonly failure: SourceError }> {
  try {
    const incoming = await route.open(outgoing, trace.progress);
    trace.answered(incoming);
    return { incoming, trace };
  } catch (error) {
    return { failure: trace.fail(error) };
  }
}

function nextTarget(
  { incoming, trace }: OpenedResponse,
  { method, onRedirect }: HttpRequest,
  followed: number,
  redact: (text: string) => string,
): URL | null {
  try {
    return redirectTarget(incoming, method, trace.target, followed, onRedirect, redact);
  } catch (error) {
    incoming.discard();
    throw trace.fail(error);
  }
}

/**
 * Returns the URL of a request if sending is allowed. Throws `SourceError` `invalidRequest` when it is not an http or
 * https URL, and `withheld` when it is plain http to a host that is not loopback, unless the user allowed it.
 */
function checkedTarget(address: string, { allowInsecureHttp }: TransportSettings): URL {
  if (!URL.canParse(address)) {
    throw notSent('invalidRequest', l10n.t('The address of the connection is not a URL.'));
  }
  const url = new URL(address);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw notSent('invalidRequest', l10n.t('The address of the connection must start with https:// or http://.'));
  }
  if (url.username !== '' || url.password !== '') {
    throw notSent(
      'withheld',
      l10n.t(
        'The address of the connection contains a user name or password. Save credentials with the connection instead.',
      ),
    );
  }
  if (url.protocol === 'http:' && !isLoopback(url.href) && !allowInsecureHttp(url.origin)) {
    throw new SourceError(
      'withheld',
      `Nothing was sent, because the connection to ${url.host} is not encrypted (http).`,
      {
        host: url.host,
        mayHaveArrived: false,
        nextStep: 'allowInsecureHttp',
      },
    );
  }
  url.hash = '';
  return url;
}

function notSent(kind: 'invalidRequest' | 'withheld', message: string): SourceError {
  return new SourceError(kind, message, { mayHaveArrived: false, nextStep: 'editConnection' });
}

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
  const routes = new Routes(settings, log);
  const attempts = new Attempts(settings, routes, log, clock.now);

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
        throw cancelledError();
      });
      if (request.signal.aborted) throw cancelledError();
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
      if (isEventStreamType(headers)) throw streamInPlaceOfBody();
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

  return { request, stream, routeTo: (origin) => routes.describe(origin), close: () => routes.close() };
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
function streamInPlaceOfBody(): SourceError {
  const message = l10n.t('The server returned a stream of events where JSON was expected.');
  return new SourceError('invalidResponse', message, { code: unexpectedStream });
}
