import { isLoopback } from '../../common/connection.ts';
import type { NetworkSettings } from './types.ts';

/** A proxy for requests. */
export interface Proxy {
  /** `http`: plain connection to the proxy; `https`: TLS to the proxy; `socks`: not supported. */
  readonly kind: 'http' | 'https' | 'socks';
  /** `http://host:port`, without credentials. */
  readonly origin: string;
  /** `host:port`. */
  readonly host: string;
  /** Value of `proxy-authorization`; a secret. */
  readonly authorization: string | null;
}

/** The route of a request according to the settings and the environment. */
interface ProxyChoice {
  readonly proxy: Proxy | null;
  /**
   * `unconfigured`: neither the settings nor the environment define a proxy, so the system or a proxy script may define
   * one that only the editor can use. All other values are final.
   */
  readonly because: 'loopback' | 'off' | 'noProxy' | 'setting' | 'environment' | 'unconfigured';
}

/**
 * Selects the proxy for a URL by VS Code's rules: loopback is never proxied; entries of `http.noProxy` replace
 * `NO_PROXY`; `http.proxy` overrides the environment; the https variable takes precedence for every scheme. If
 * `http.proxySupport` is off, the settings and the environment are ignored.
 */
export function chooseProxy(target: URL, network: NetworkSettings): ProxyChoice {
  if (isLoopback(target.href)) return { proxy: null, because: 'loopback' };
  if (network.proxySupport === 'off') return { proxy: null, because: 'off' };
  const { env } = network;
  const exceptions =
    network.noProxy.length > 0 ? network.noProxy : (env['no_proxy'] ?? env['NO_PROXY'] ?? '').split(',');
  if (isExcepted(target, exceptions)) return { proxy: null, because: 'noProxy' };
  const fromSetting = parseProxy(network.proxy, network.proxyAuthorization);
  if (fromSetting !== null) return { proxy: fromSetting, because: 'setting' };
  const fromEnvironment = parseProxy(
    env['https_proxy'] || env['HTTPS_PROXY'] || env['http_proxy'] || env['HTTP_PROXY'] || null,
    network.proxyAuthorization,
  );
  if (fromEnvironment !== null) return { proxy: fromEnvironment, because: 'environment' };
  return { proxy: null, because: 'unconfigured' };
}

/**
 * Returns whether a URL matches an exception. `example.com` and `.example.com` match the domain and its subdomains;
 * `:port` restricts the port; `*` matches every host.
 */
function isExcepted(target: URL, exceptions: readonly string[]): boolean {
  const hostname = target.hostname.toLowerCase();
  const port = target.port || (target.protocol === 'https:' ? '443' : '80');
  return exceptions.some((entry) => {
    const exception = entry.trim().toLowerCase();
    if (exception === '') return false;
    if (exception === '*') return true;
    const [, name = '', onlyPort] = /^(\[[^\]]*\]|[^:]*|.*:.*:.*?)(?::(\d+))?$/.exec(exception) ?? [];
    if (name === '' || (onlyPort !== undefined && onlyPort !== port)) return false;
    const bare = name.replace(/^\*?\./, '');
    return hostname === bare || hostname === `[${bare}]` || hostname.endsWith(`.${bare}`);
  });
}

/** Returns null if there is no address or it is not a valid proxy URL. */
function parseProxy(address: string | null, authorization: string | null): Proxy | null {
  const text = address?.trim() ?? '';
  const scheme = /^(https?|socks(?:4a?|5h?)?):\/\//i.exec(text)?.[1]?.toLowerCase();
  if (scheme === undefined) return null;
  // Uses the http scheme so that the URL parser reads host and port; the scheme was read above.
  const plain = `http${scheme === 'https' ? 's' : ''}://${text.slice(scheme.length + 3)}`;
  if (!URL.canParse(plain)) return null;
  const { protocol, hostname, port, username, password } = new URL(plain);
  const ownPort = port || (scheme === 'https' ? '443' : scheme === 'http' ? '80' : '1080');
  const host = `${hostname}:${ownPort}`;
  return {
    kind: scheme === 'http' || scheme === 'https' ? scheme : 'socks',
    origin: `${protocol}//${host}`,
    host,
    authorization: authorization || (username === '' && password === '' ? null : basic(username, password)),
  };
}

function basic(username: string, password: string): string {
  const pair = `${percentDecoded(username)}:${percentDecoded(password)}`;
  return `Basic ${Buffer.from(pair, 'utf8').toString('base64')}`;
}

/** Decodes percent-encoding; a text with an invalid sequence is returned unchanged. */
function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A failure that the proxy caused: it could not be reached, or it rejected the request. */
export class ProxyError extends Error {
  override readonly name = 'ProxyError';
  /** Status of the proxy's response; null if there was none. */
  readonly status: number | null;

  constructor(message: string, status: number | null, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.status = status;
  }
}
