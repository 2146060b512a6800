import { isLoopback } from '../../common/connection.ts';
import type { NetworkSettings } from './types.ts';

/** A proxy to go through. */
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

/** Where a request goes, by settings and environment alone. */
interface ProxyChoice {
  readonly proxy: Proxy | null;
  /**
   * `unconfigured`: neither setting nor environment says anything, so the system or a script may know a proxy that only
   * the editor can ask for. Everything else is a decision.
   */
  readonly because: 'loopback' | 'off' | 'noProxy' | 'setting' | 'environment' | 'unconfigured';
}

/**
 * Follows VS Code's own rules: loopback is never proxied; entries of `http.noProxy` replace `NO_PROXY`; `http.proxy` wins
 * over the environment; and of the environment the https variable comes first, whatever the target's scheme.
 * With `http.proxySupport` off, neither settings nor environment count.
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

/** `example.com` and `.example.com` mean the domain and all below it; `:port` narrows; `*` means everything. */
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

/** Null for nothing, and for what is not the address of a proxy. */
function parseProxy(address: string | null, authorization: string | null): Proxy | null {
  const text = address?.trim() ?? '';
  const scheme = /^(https?|socks(?:4a?|5h?)?):\/\//i.exec(text)?.[1]?.toLowerCase();
  if (scheme === undefined) return null;
  // The parser knows the ports and hosts of http; the scheme itself was read above.
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

/** A stray percent sign in a password is a percent sign. */
function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
