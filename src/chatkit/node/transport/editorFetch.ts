import type { Incoming, Outgoing, Progress } from './exchange.ts';

/**
 * Sends one request with the editor's own `fetch`, which supports proxy scripts and proxy authentication. Rejects with
 * the error of `fetch` (its `cause` is the system's error) or with the signal's reason.
 */
export async function fetchExchange(editorFetch: typeof fetch, out: Outgoing, progress: Progress): Promise<Incoming> {
  const stop = new AbortController();
  const stopWith = () => stop.abort(out.signal.reason);
  out.signal.addEventListener('abort', stopWith, { once: true });
  if (out.signal.aborted) stopWith();
  const finish = () => out.signal.removeEventListener('abort', stopWith);
  const headersTimer = setTimeout(() => stop.abort(new TimeoutError('headers')), out.headersTimeoutMs);
  // fetch does not report when the request is sent. `toFailure` handles codes that occur only before that.
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

/** Has the same form as undici's error, so that `toFailure` handles only one form. */
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
        // fetch decompresses the body, so only decompressed bytes can be counted.
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
