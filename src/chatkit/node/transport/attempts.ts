import { isLoopback } from '../../common/connection.ts';
import { SourceError } from '../../common/errors.ts';
import type { Log } from '../../../base/common/log.ts';
import { secretRedactor } from '../../../base/common/redact.ts';
import type { HttpRequest, TransportSettings } from './types.ts';
import { acceptedEncodings } from './body.ts';
import type { Incoming, Outgoing } from './exchange.ts';
import { isLocalUrl, localAddress } from './localAddress.ts';
import { redirectTarget } from './redirects.ts';
import { Trace } from './trace.ts';
import type { Route, Routes } from './routes.ts';

/** An attempt whose headers were received. The reader of the body must end its trace. */
export interface OpenedResponse {
  readonly incoming: Incoming;
  readonly trace: Trace;
}

/** Makes single attempts: checks the URL, selects the route, follows redirects and classifies failures. */
export class Attempts {
  readonly #settings: TransportSettings;
  readonly #ways: Routes;
  readonly #log: Log;
  readonly #now: () => number;
  #lastRedactor = { key: '', redact: secretRedactor([]) };

  constructor(settings: TransportSettings, ways: Routes, log: Log, now: () => number) {
    this.#settings = settings;
    this.#ways = ways;
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
      const answer = await this.#openSomehow(request, target, number, idleTimeoutMs);
      const next = nextTarget(answer, request, followed, this.#redactor(request));
      if (next === null) return answer;
      answer.incoming.discard();
      answer.trace.end();
      target = next;
    }
  }

  /** Uses the configured route. If the first attempt over it fails, uses an alternative route. */
  async #openSomehow(
    request: HttpRequest,
    target: URL,
    number: number,
    idleTimeoutMs: number,
  ): Promise<OpenedResponse> {
    const outgoing = this.#outgoing(request, target, idleTimeoutMs);
    const { timeoutMs } = this.#settings;
    const options = { timeoutMs, log: this.#log, now: this.#now, redact: this.#redactor(request) };
    let route = this.#ways.first(target, outgoing.publicOnly);
    let reported: SourceError | null = null;
    for (;;) {
      const trace = new Trace(request, target, route, number, options);
      const opened = await openRoute(route, outgoing, trace);
      if (!('failure' in opened)) {
        this.#ways.succeeded(target, route, reported);
        return opened;
      }
      const { failure } = opened;
      if (failure.kind === 'cancelled') throw failure;
      // Report the failure of the configured route, not that of the editor's fetch.
      if (reported === null || route.via !== 'editorFetch') reported = failure;
      const another: Route | null =
        number === 0 ? this.#ways.another(target, route, failure, outgoing.publicOnly) : null;
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
    throw notSent('invalidRequest', 'The address of the connection is not a URL.');
  }
  const url = new URL(address);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw notSent('invalidRequest', 'The address of the connection has to begin with https:// or http://.');
  }
  if (url.username !== '' || url.password !== '') {
    throw notSent(
      'withheld',
      'The address of the connection holds a user name or password, which do not belong there.',
    );
  }
  if (url.protocol === 'http:' && !isLoopback(url.href) && !allowInsecureHttp(url.origin)) {
    throw new SourceError('withheld', `Nothing was sent, because ${url.host} would get it unencrypted (http).`, {
      host: url.host,
      mayHaveArrived: false,
      nextStep: 'allowInsecureHttp',
    });
  }
  url.hash = '';
  return url;
}

function notSent(kind: 'invalidRequest' | 'withheld', message: string): SourceError {
  return new SourceError(kind, message, { mayHaveArrived: false, nextStep: 'editConnection' });
}
