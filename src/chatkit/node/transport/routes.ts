import { isLoopback } from '../../common/connection.ts';
import type { SourceError } from '../../common/errors.ts';
import type { Log } from '../../../base/common/log.ts';
import { type Incoming, type Outgoing, type Progress, exchange } from './exchange.ts';
import { Agents, type Proxy, ProxyError, chooseProxy, systemCertificates } from './agents.ts';
import { isUntrustedIssuer } from './failure.ts';
import type { RouteInfo, TransportSettings } from './types.ts';

/** One route to an origin. */
export interface Route {
  readonly via: RouteInfo['via'];
  readonly proxy: Proxy | null;
  /** The system's certificates are trusted as well. */
  readonly systemTrust: boolean;
  readonly open: (out: Outgoing, progress: Progress) => Promise<Incoming>;
}

/**
 * Selects the route of requests to an origin. The settings and the environment determine the first route. If it fails
 * for a reason that another route can resolve, the other route is tried once and, if it works, used for that origin
 * from then on.
 */
export class Routes {
  readonly #settings: TransportSettings;
  readonly #log: Log;
  readonly #agents: Agents;
  /** The first route to try, by origin. */
  readonly #first = new Map<string, Route>();
  /** The route of the last response, by origin. */
  readonly #taken = new Map<string, Route>();

  constructor(settings: TransportSettings, log: Log) {
    this.#settings = settings;
    this.#log = log;
    this.#agents = new Agents(settings);
  }

  /**
   * Returns the first route to try. `publicOnly`: excludes the editor's own `fetch`, because the address that it
   * connects to cannot be checked.
   */
  first(target: URL, publicOnly: boolean): Route {
    if (publicOnly) return this.#configured(target, false);
    const known = this.#first.get(target.origin);
    if (known !== undefined) return known;
    const route = this.#configured(target, false);
    this.#first.set(target.origin, route);
    return route;
  }

  /** Returns another route after `route` failed; null if none would help. */
  another(target: URL, route: Route, failure: SourceError, publicOnly: boolean): Route | null {
    if (failure.details.mayHaveArrived !== false || route.via === 'editorFetch') return null;
    if (isUntrustedIssuer(failure.details.systemCode) && !route.systemTrust && systemCertificates() !== null) {
      return this.#configured(target, true);
    }
    return !publicOnly && this.#editorMayHelp(target, route, failure) ? this.#viaEditor() : null;
  }

  /** Records that a response was received over `route`. */
  succeeded(target: URL, route: Route, instead: SourceError | null): void {
    this.#taken.set(target.origin, route);
    if (instead === null) return;
    this.#first.set(target.origin, route);
    const how = route.via === 'editorFetch' ? "over the editor's own fetch" : "with the system's certificates";
    this.#log.info(`${target.origin} is now reached ${how}. Previous error: ${instead.message}`);
  }

  describe(origin: string): RouteInfo | null {
    const route = this.#taken.get(origin);
    if (route === undefined) return null;
    return {
      via: route.via,
      proxy: route.proxy?.host ?? null,
      address: route.via === 'direct' ? this.#agents.addressOf(origin) : null,
      certificateIssuer: route.via === 'editorFetch' ? null : this.#agents.issuerOf(origin),
      certificateChecked: route.via !== 'proxy' || this.#settings.network.strictSsl,
    };
  }

  close(): Promise<void> {
    return this.#agents.close();
  }

  #configured(target: URL, systemTrust: boolean): Route {
    const { proxy } = chooseProxy(target, this.#settings.network);
    if (proxy === null) {
      return {
        via: 'direct',
        proxy,
        systemTrust,
        open: (out, progress) =>
          exchange(this.#agents.direct(out, systemTrust), out.url.origin, pathOf(out.url), out, progress),
      };
    }
    return {
      via: 'proxy',
      proxy,
      systemTrust,
      open: (out, progress) => this.#throughProxy(proxy, systemTrust, out, progress),
    };
  }

  async #throughProxy(proxy: Proxy, systemTrust: boolean, out: Outgoing, progress: Progress): Promise<Incoming> {
    if (proxy.kind === 'socks') throw new ProxyError('SOCKS proxies are not supported.', null, { code: 'SOCKS' });
    if (out.url.protocol === 'https:') {
      return exchange(this.#agents.tunnel(proxy, out, systemTrust), out.url.origin, pathOf(out.url), out, progress);
    }
    const { authorization } = proxy;
    const headers = {
      ...out.headers,
      host: out.url.host,
      ...(authorization === null ? {} : { 'proxy-authorization': authorization }),
    };
    const whole = `${out.url.origin}${pathOf(out.url)}`;
    const agent = this.#agents.forward(proxy, out, systemTrust);
    const incoming = await exchange(agent, proxy.origin, whole, { ...out, headers }, progress);
    if (incoming.status !== 407) return incoming;
    incoming.discard();
    throw new ProxyError('The proxy answered 407.', 407);
  }

  #viaEditor(): Route | null {
    const { editorFetch } = this.#settings;
    if (editorFetch === undefined) return null;
    return {
      via: 'editorFetch',
      proxy: null,
      systemTrust: true,
      open: (out, progress) => fetchExchange(editorFetch, out, progress),
    };
  }

  #editorMayHelp(target: URL, route: Route, failure: SourceError): boolean {
    if (isLoopback(target.href)) return false;
    // It trusts the system's certificates even if this version of Node cannot read them.
    if (isUntrustedIssuer(failure.details.systemCode)) return true;
    // It supports proxy authentication and SOCKS.
    if (failure.kind === 'proxy') return failure.details.status === 407 || route.proxy?.kind === 'socks';
    // It supports proxy scripts and the system's proxy settings. A firewall that allows only the proxy can cause any of
    // these failures.
    const unconfigured = chooseProxy(target, this.#settings.network).because === 'unconfigured';
    return unconfigured && (failure.kind === 'network' || failure.kind === 'timeout');
  }
}

function pathOf({ pathname, search }: URL): string {
  return `${pathname}${search}`;
}

/**
 * Sends one request with the editor's own `fetch`, which supports proxy scripts and proxy authentication. Rejects with
 * the error of `fetch` (its `cause` is the system's error) or with the signal's reason.
 */
async function fetchExchange(editorFetch: typeof fetch, out: Outgoing, progress: Progress): Promise<Incoming> {
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
