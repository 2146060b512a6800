import type { Incoming, Outgoing, Progress } from './exchange.ts';

/**
 * One request over the editor's own `fetch`, which can ask a proxy script and sign in to a proxy. Rejects with fetch's
 * own error (the system's is its `cause`), or with the signal's reason.
 */
export async function fetchExchange(editorFetch: typeof fetch, out: Outgoing, progress: Progress): Promise<Incoming> {
  const stop = new AbortController();
  const stopWith = () => stop.abort(out.signal.reason);
  out.signal.addEventListener('abort', stopWith, { once: true });
  if (out.signal.aborted) stopWith();
  const finish = () => out.signal.removeEventListener('abort', stopWith);
  const headersTimer = setTimeout(() => stop.abort(new TimeoutError('headers')), out.headersTimeoutMs);
  // fetch does not tell when the request leaves; codes that can only come before that are known to `toFailure`.
  progress.sent = true;
  const { 'accept-encoding': _own, ...headers } = out.headers;
  try {
    const response = await editorFetch(out.url.href, {
      method: out.method,
      headers,
      ...(out.body === null ? {} : { body: typeof out.body === 'string' ? out.body : new Uint8Array(out.body) }),
      redirect: 'manual',
      signal: stop.signal,
    });
    // fetch has decompressed the body already.
    const received = Object.fromEntries([...response.headers].filter(([name]) => !describesEncoding.has(name)));
    return {
      status: response.status,
      headers: received,
      chunks: readChunks(response.body, out.idleTimeoutMs, stop, finish, progress),
      discard: () => {
        finish();
        stop.abort();
      },
    };
  } catch (error) {
    finish();
    throw stop.signal.aborted ? stop.signal.reason : error;
  } finally {
    clearTimeout(headersTimer);
  }
}

const describesEncoding = new Set(['content-encoding', 'content-length', 'transfer-encoding']);

/** Looks like undici's own, so that `toFailure` needs to know only one. */
class TimeoutError extends Error {
  readonly code: 'UND_ERR_HEADERS_TIMEOUT' | 'UND_ERR_BODY_TIMEOUT';
  constructor(what: 'headers' | 'body') {
    super(`${what} timeout`);
    this.code = what === 'headers' ? 'UND_ERR_HEADERS_TIMEOUT' : 'UND_ERR_BODY_TIMEOUT';
  }
}

async function* readChunks(
  body: AsyncIterable<Uint8Array> | null,
  idleTimeoutMs: number,
  stop: AbortController,
  finish: () => void,
  progress: Progress,
): AsyncGenerator<Uint8Array, void, void> {
  let timer: NodeJS.Timeout | undefined;
  const rewind = () => {
    clearTimeout(timer);
    if (idleTimeoutMs > 0) timer = setTimeout(() => stop.abort(new TimeoutError('body')), idleTimeoutMs);
  };
  let complete = false;
  try {
    if (body !== null) {
      rewind();
      for await (const chunk of body) {
        clearTimeout(timer);
        // fetch decompresses before anybody can count.
        progress.received += chunk.byteLength;
        yield chunk;
        rewind();
      }
    }
    complete = true;
  } catch (error) {
    throw stop.signal.aborted ? stop.signal.reason : error;
  } finally {
    clearTimeout(timer);
    finish();
    if (!complete) stop.abort();
  }
}
