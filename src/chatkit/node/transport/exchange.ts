import type { Dispatcher } from 'undici';
import { BodyQueue } from './bodyQueue.ts';

/** One request as it goes out, before retries, redirects and limits. */
export interface Outgoing {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | null;
  readonly signal: AbortSignal;
  /** From the request being sent to the headers of the answer; ms. */
  readonly headersTimeoutMs: number;
  /** Longest silence within the body, ms; 0 for none. */
  readonly idleTimeoutMs: number;
  /** On a connection of its own: one that lay idle may be closed by the server just as the request leaves. */
  readonly freshConnection: boolean;
  /** An address of this computer or its network is refused. */
  readonly publicOnly: boolean;
}

/** The answer: headers are there, the body comes as it is read. */
export interface Incoming {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly chunks: AsyncIterable<Uint8Array>;
  /** Closes the connection, unless the body has been read to its end. */
  discard(): void;
}

/** What is known of a request while it is under way. */
export interface Progress {
  /** A byte of the request may have left. */
  sent: boolean;
  /** Bytes of the answer's body, as they came over the wire. */
  received: number;
}

/**
 * One request over undici. `path`: what stands in the request line. Rejects with undici's or the system's own error, or
 * with the signal's reason.
 *
 * It uses undici's dispatcher itself rather than `request()`: that tells when the request is written to a socket (which
 * decides what may be repeated), and saves a stream per answer.
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
            current.abort(new Error('The reader left.'));
          };
          resolve({ status, headers: flatten(headers), chunks: body, discard });
        },
        onResponseData: (_controller, chunk) => {
          progress.received += chunk.byteLength;
          body?.push(chunk);
        },
        onResponseEnd: () => {
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
