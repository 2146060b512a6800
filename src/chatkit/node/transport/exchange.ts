import type { Dispatcher } from 'undici';

/** One request as it is sent, below the handling of retries, redirects and limits. */
export interface Outgoing {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | null;
  readonly signal: AbortSignal;
  /** Maximum time between the request and the headers of the response, in ms. */
  readonly headersTimeoutMs: number;
  /** Maximum time between two chunks of the body, in ms; 0 for no limit. */
  readonly idleTimeoutMs: number;
  /** Uses a new connection. The server could close an idle one at the moment the request is sent. */
  readonly freshConnection: boolean;
  /** Rejects addresses of this computer or its network. */
  readonly publicOnly: boolean;
}

/** A response whose headers were received. The body is received as it is read. */
export interface Incoming {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly chunks: AsyncIterable<Uint8Array>;
  /** Closes the connection, unless the body has been read to its end. */
  discard(): void;
}

/** The progress of a pending request. */
export interface Progress {
  /** A byte of the request may have been sent. */
  sent: boolean;
  /** Bytes of the response body that were received, before decompression. */
  received: number;
}

/**
 * Sends one request with undici. `path`: the target in the request line. Rejects with an error of undici or the system,
 * or with the signal's reason.
 *
 * Uses undici's dispatcher instead of `request()`, because it reports when the request is written to a socket (which
 * determines whether it may be repeated) and needs no stream per response.
 */
export function exchange(
  dispatcher: Dispatcher,
  origin: string,
  path: string,
  out: Outgoing,
  progress: Progress,
): Promise<Incoming> {
  return new Promise((resolve, reject) => {
    let controller: Dispatcher.DispatchController | undefined;
    let body: BodyQueue | undefined;
    let isOver = false;
    const abort = () => {
      const reason = toError(out.signal.reason);
      fail(reason);
      controller?.abort(reason);
    };
    const finish = () => out.signal.removeEventListener('abort', abort);
    const fail = (error: Error) => {
      finish();
      if (body === undefined) reject(error);
      else body.fail(error);
    };
    out.signal.addEventListener('abort', abort, { once: true });
    if (out.signal.aborted) return abort();

    dispatcher.dispatch(
      {
        origin,
        path,
        method: out.method as Dispatcher.HttpMethod,
        headers: out.headers,
        body: out.body,
        headersTimeout: out.headersTimeoutMs,
        bodyTimeout: out.idleTimeoutMs,
      },
      {
        onRequestStart(started) {
          controller = started;
          if (out.signal.aborted) started.abort(toError(out.signal.reason));
          else progress.sent = true;
        },
        onResponseStart(current, status, headers) {
          if (status < 200) return;
          body = new BodyQueue({ pause: () => current.pause(), resume: () => current.resume() });
          const discard = () => {
            finish();
            if (!isOver) current.abort(new Error('The reader has stopped.'));
          };
          resolve({ status, headers: flatten(headers), chunks: body, discard });
        },
        onResponseData: (_controller, chunk) => {
          progress.received += chunk.byteLength;
          body?.push(chunk);
        },
        onResponseEnd: () => {
          isOver = true;
          finish();
          body?.end();
        },
        onResponseError: (_controller, error) => fail(error),
      },
    );
  });
}

function flatten(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value;
  }
  return flat;
}

function toError(reason: unknown): Error {
  return reason instanceof Error ? reason : new DOMException('Aborted', 'AbortError');
}

/** Maximum size of unread data before the sender is paused, in bytes. */
const highWater = 1024 * 1024;

interface Flow {
  pause(): void;
  resume(): void;
}

interface Waiting {
  readonly resolve: (result: IteratorResult<Uint8Array, undefined>) => void;
  readonly reject: (error: Error) => void;
}

/**
 * A queue between a connection that pushes data and one reader. Yields the data that was received before a failure,
 * then throws.
 */
class BodyQueue implements AsyncIterable<Uint8Array> {
  readonly #flow: Flow;
  readonly #chunks: Uint8Array[] = [];
  #bytes = 0;
  #paused = false;
  #ended = false;
  #error: Error | undefined;
  #waiting: Waiting | undefined;

  constructor(flow: Flow) {
    this.#flow = flow;
  }

  push(chunk: Uint8Array): void {
    if (this.#waiting !== undefined) {
      this.#waiting.resolve({ done: false, value: chunk });
      this.#waiting = undefined;
      return;
    }
    this.#chunks.push(chunk);
    this.#bytes += chunk.byteLength;
    if (this.#bytes > highWater && !this.#paused) {
      this.#paused = true;
      this.#flow.pause();
    }
  }

  end(): void {
    this.#ended = true;
    this.#waiting?.resolve({ done: true, value: undefined });
    this.#waiting = undefined;
  }

  fail(error: Error): void {
    if (this.#ended || this.#error !== undefined) return;
    this.#error = error;
    this.#waiting?.reject(error);
    this.#waiting = undefined;
  }

  /** Supports one reader at a time. Not a generator, for speed: every list page is read through it. */
  [Symbol.asyncIterator](): AsyncIterator<Uint8Array, undefined> {
    return { next: () => this.#next() };
  }

  #next(): Promise<IteratorResult<Uint8Array, undefined>> {
    const chunk = this.#chunks.shift();
    if (chunk !== undefined) {
      this.#bytes -= chunk.byteLength;
      if (this.#paused && this.#bytes === 0) {
        this.#paused = false;
        this.#flow.resume();
      }
      return Promise.resolve({ done: false, value: chunk });
    }
    if (this.#error !== undefined) return Promise.reject(this.#error);
    if (this.#ended) return Promise.resolve({ done: true, value: undefined });
    return new Promise((resolve, reject) => (this.#waiting = { resolve, reject }));
  }
}
