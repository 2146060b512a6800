import { SourceError, type ErrorDetails } from '../../domain/errors.ts';
import type { Log } from '../../domain/log.ts';
import { secretRedactor } from '../../domain/wire/redactSecrets.ts';
import type { Incoming, Progress } from './exchange.ts';
import { hostOf, toFailure } from './failure.ts';
import type { HttpRequest } from './types.ts';
import type { Route } from './ways.ts';

/** What is known of one try over one route: names its failure, and writes its one line of the log when it is over. */
export class Trace {
  readonly progress: Progress = { sent: false };
  readonly target: URL;
  readonly #request: HttpRequest;
  readonly #route: Route;
  readonly #number: number;
  readonly #timeoutMs: number;
  readonly #log: Log;
  readonly #now: () => number;
  readonly #begun: number;
  #bytes = 0;
  #status: number | undefined;
  #requestId: string | undefined;
  #over = false;

  constructor(
    request: HttpRequest,
    target: URL,
    route: Route,
    number: number,
    { timeoutMs, log, now }: { readonly timeoutMs: number; readonly log: Log; readonly now: () => number },
  ) {
    this.#request = request;
    this.target = target;
    this.#route = route;
    this.#number = number;
    this.#timeoutMs = timeoutMs;
    this.#log = log;
    this.#now = now;
    this.#begun = now();
  }

  /** The headers are there. */
  answered({ status, headers }: Incoming): void {
    this.#status = status;
    this.#requestId = headers['x-request-id'];
  }

  get requestId(): string | null {
    return this.#requestId ?? null;
  }

  /** What is known of the exchange, for an error. */
  get details(): ErrorDetails {
    return {
      host: hostOf(this.target),
      ...(this.#status === undefined ? {} : { status: this.#status }),
      ...(this.#requestId === undefined ? {} : { requestId: this.#requestId }),
    };
  }

  async *counted(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, void> {
    for await (const chunk of chunks) {
      this.#bytes += chunk.byteLength;
      yield chunk;
    }
  }

  /** Over, with an answer. */
  end(): void {
    this.#write(undefined);
  }

  /** Over, without one; gives the error to throw. */
  fail(error: unknown): SourceError {
    const failure = toFailure(error, {
      target: this.target,
      proxy: this.#route.proxy,
      sent: this.progress.sent,
      timeoutMs: this.#timeoutMs,
      signal: this.#request.signal,
    });
    this.#write(failure.kind);
    return new SourceError(failure.kind, failure.message, { ...this.details, ...failure.details });
  }

  #write(error: string | undefined): void {
    if (this.#over) return;
    this.#over = true;
    const { method, secretHeaders, label } = this.#request;
    const path = secretRedactor(Object.values(secretHeaders))(`${this.target.pathname}${this.target.search}`);
    this.#log.request({
      method,
      path: label === undefined ? path : `${path} [${label}]`,
      host: hostOf(this.target),
      ...(this.#status === undefined ? {} : { status: this.#status }),
      ms: Math.round(this.#now() - this.#begun),
      bytes: this.#bytes,
      ...(this.#requestId === undefined ? {} : { requestId: this.#requestId }),
      attempt: this.#number,
      ...(error === undefined ? {} : { error }),
    });
  }
}
