import { SourceError, type ErrorDetails } from '../../common/errors.ts';
import type { Log } from '../../../base/common/log.ts';
import { loggedPath, withPlainUrls } from '../../../base/common/plainUrl.ts';
import type { Incoming, Progress } from './exchange.ts';
import { hostOf, toFailure } from './failure.ts';
import type { HttpRequest } from './types.ts';
import type { Route } from './routes.ts';

interface TraceOptions {
  readonly log: Log;
  /** ms since the epoch. */
  readonly now: () => number;
  /** Removes the request's secrets from a text. */
  readonly redact: (text: string) => string;
  /** Time limit for connecting and for waiting for headers, in ms. */
  readonly timeoutMs: number;
}

let lastId = 0;

/** Response headers that can contain credentials. */
const withCredentials = /cookie|authenticate|authorization|token|secret|api-?key/;
/** Response headers whose value can be the path of a URL; its query can be a signature or a code. */
const withPath = /^(?:content-)?location$/;
/** Maximum length of a reported header value, in characters. */
const maxHeader = 2_000;

/** Records one attempt over one route. Classifies its failure and writes one line to the log at its end. */
export class Trace {
  readonly progress: Progress;
  readonly target: URL;
  readonly #request: HttpRequest;
  readonly #route: Route;
  readonly #number: number;
  readonly #options: TraceOptions;
  readonly #startedAt: number;
  #status: number | undefined;
  #requestId: string | undefined;
  #over = false;
  readonly #id: number;
  readonly #connectedMs: () => number | null;
  #firstByteMs: number | null = null;
  #endMs: number | null = null;
  #headers: Readonly<Record<string, string | null>> = {};

  constructor(request: HttpRequest, target: URL, route: Route, number: number, options: TraceOptions) {
    this.#request = request;
    this.target = target;
    this.#route = route;
    this.#number = number;
    this.#options = options;
    this.#startedAt = options.now();
    lastId += 1;
    this.#id = lastId;
    const report = (): void => this.#report(null);
    const elapsed = (): number => options.now() - this.#startedAt;
    this.progress = {
      received: 0,
      get sent() {
        return connectedMs !== null;
      },
      set sent(isSent) {
        if (!isSent || connectedMs !== null) return;
        connectedMs = elapsed();
        report();
      },
    };
    let connectedMs: number | null = null;
    this.#connectedMs = () => connectedMs;
    report();
  }

  /** Records that the headers were received. */
  answered({ status, headers }: Incoming): void {
    this.#status = status;
    this.#requestId = headers['x-request-id'];
    if (this.#request.onAttempt !== undefined) this.#headers = shownHeaders(headers, this.#options.redact);
    this.#firstByteMs = this.#options.now() - this.#startedAt;
    this.#report(null);
  }

  get requestId(): string | null {
    return this.#requestId ?? null;
  }

  /** Details of the exchange, for an error. */
  get details(): ErrorDetails {
    return {
      host: hostOf(this.target),
      ...(this.#status === undefined ? {} : { status: this.#status }),
      ...(this.#requestId === undefined ? {} : { requestId: this.#requestId }),
    };
  }

  /** Records the end of an attempt with a response. */
  end(): void {
    this.#write(undefined);
  }

  /** Records the end of a failed attempt. Returns the error to throw. */
  fail(error: unknown): SourceError {
    const failure = toFailure(error, {
      target: this.target,
      proxy: this.#route.proxy,
      sent: this.progress.sent,
      answered: this.#status !== undefined,
      timeoutMs: this.#options.timeoutMs,
      signal: this.#request.signal,
    });
    this.#write(failure.kind);
    return new SourceError(failure.kind, failure.message, { ...this.details, ...failure.details });
  }

  #report(error: string | null): void {
    const { onAttempt } = this.#request;
    if (onAttempt === undefined) return;
    onAttempt({
      id: this.#id,
      startedAt: this.#startedAt,
      connectedMs: this.#connectedMs(),
      firstByteMs: this.#firstByteMs,
      endMs: this.#endMs,
      status: this.#status ?? null,
      headers: this.#headers,
      bytes: this.progress.received,
      error,
    });
  }

  #write(error: string | undefined): void {
    if (this.#over) return;
    this.#over = true;
    this.#endMs = this.#options.now() - this.#startedAt;
    this.#report(error ?? null);
    const { method, label } = this.#request;
    const { log, now, redact } = this.#options;
    const path = redact(loggedPath(this.target));
    log.request({
      method,
      path: label === undefined ? path : `${path} [${label}]`,
      host: hostOf(this.target),
      ...(this.#status === undefined ? {} : { status: this.#status }),
      ms: Math.round(now() - this.#startedAt),
      bytes: this.progress.received,
      ...(this.#requestId === undefined ? {} : { requestId: this.#requestId }),
      attempt: this.#number,
      ...(error === undefined ? {} : { error }),
    });
  }
}

/** Response headers as they are reported; null for a value that can be a credential. */
function shownHeaders(
  headers: Readonly<Record<string, string>>,
  redact: (text: string) => string,
): Readonly<Record<string, string | null>> {
  const shown = Object.entries(headers).map(([name, value]): [string, string | null] => [
    name,
    withCredentials.test(name) ? null : plainHeader(name, redact(value)).slice(0, maxHeader),
  ]);
  return Object.fromEntries(shown);
}

/** The value of a header without the queries of URLs. */
function plainHeader(name: string, value: string): string {
  const plain = withPlainUrls(value);
  return withPath.test(name) ? plain.replace(/[?#].+$/s, '?…') : plain;
}
