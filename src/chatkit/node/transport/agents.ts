import type { LookupFunction, Socket } from 'node:net';
import * as tls from 'node:tls';
import type { TLSSocket } from 'node:tls';
import { Agent, Client, type Dispatcher, buildConnector } from 'undici';
import { percentDecoded } from '../../../base/common/plainText.ts';
import { isLoopback } from '../../common/connection.ts';
import type { NetworkSettings, TransportSettings } from './types.ts';
import { lookupFor } from './localAddress.ts';
import type { Outgoing } from './exchange.ts';

/** The undici agents, one for each way of connecting, created on first use. */
export class Agents {
  readonly #settings: TransportSettings;
  readonly #agents = new Map<string, Agent>();
  readonly #issuers = new Map<string, string>();
  readonly #addresses = new Map<string, string>();

  constructor(settings: TransportSettings) {
    this.#settings = settings;
  }

  /** Returns an agent that connects directly to the server. */
  direct(out: Outgoing, systemTrust: boolean): Dispatcher {
    return this.#agent('direct', out, systemTrust, true, directConnector);
  }

  /** Returns an agent that connects through a proxy tunnel. */
  tunnel(proxy: Proxy, out: Outgoing, systemTrust: boolean): Dispatcher {
    const key = `tunnel ${proxy.origin} ${proxy.authorization}`;
    return this.#agent(key, out, systemTrust, this.#settings.network.strictSsl, (options) =>
      tunnelConnector(proxy, options),
    );
  }

  /** Returns an agent that sends whole requests to a proxy. */
  forward(proxy: Proxy, out: Outgoing, systemTrust: boolean): Dispatcher {
    return this.#agent(`forward ${proxy.origin}`, out, systemTrust, this.#settings.network.strictSsl, proxyConnector);
  }

  /** Returns the issuer of the certificate of an origin, after a connection to it. */
  issuerOf(origin: string): string | null {
    return this.#issuers.get(origin) ?? null;
  }

  /** Returns the IP address of an origin, after a direct connection to it. */
  addressOf(origin: string): string | null {
    return this.#addresses.get(origin) ?? null;
  }

  /** Resolves when all pending requests have ended and every connection is closed. */
  async close(): Promise<void> {
    const agents = [...this.#agents.values()];
    this.#agents.clear();
    await Promise.all(agents.map((agent) => agent.close()));
  }

  #agent(
    key: string,
    { freshConnection, publicOnly }: Outgoing,
    systemTrust: boolean,
    rejectUnauthorized: boolean,
    connector: (options: ConnectOptions) => buildConnector.connector,
  ): Agent {
    const fullKey = `${key} ${freshConnection} ${systemTrust} ${publicOnly}`;
    const existing = this.#agents.get(fullKey);
    if (existing !== undefined) return existing;
    const agent = new Agent({
      connect: connector({
        timeoutMs: this.#settings.timeoutMs,
        rejectUnauthorized,
        ca: (systemTrust ? systemCertificates() : null) ?? undefined,
        publicOnly,
        onCertificate: (origin, issuer) => this.#issuers.set(origin, issuer),
        onAddress: (origin, address) => this.#addresses.set(origin, address),
      }),
      // In undici, `pipelining: 0` means a new connection for each request.
      ...(freshConnection ? { pipelining: 0 } : {}),
    });
    this.#agents.set(fullKey, agent);
    return agent;
  }
}

/** Node 22.15 and later can read the system's store. The types are those of the oldest supported version. */
type MaybeReadsStores = { getCACertificates?: (store: 'default' | 'system') => string[] };

let loaded: readonly string[] | null | undefined;

/**
 * Returns the certificates that Node trusts (including `NODE_EXTRA_CA_CERTS`) and those of the system; null if this
 * version of Node cannot read the system's. Read once, and only after a certificate was not trusted without them.
 */
export function systemCertificates(): readonly string[] | null {
  if (loaded === undefined) {
    const { getCACertificates } = tls as MaybeReadsStores;
    loaded = getCACertificates === undefined ? null : [...getCACertificates('default'), ...getCACertificates('system')];
  }
  return loaded;
}

interface ConnectOptions {
  /** Time limit for connecting, including the TLS handshake, in ms. */
  readonly timeoutMs: number;
  readonly rejectUnauthorized: boolean;
  /** Certificates to trust; undefined for Node's own (and the editor's, which patches `tls`). */
  readonly ca: readonly string[] | undefined;
  /** See `lookupFor`. */
  readonly publicOnly: boolean;
  /** Called with the issuer of each server certificate. */
  readonly onCertificate: (origin: string, issuer: string) => void;
  /** Called with the IP address of each server that is connected to without a proxy. */
  readonly onAddress: (origin: string, address: string) => void;
}

/** Returns a connector that connects directly to the server. */
function directConnector(options: ConnectOptions): buildConnector.connector {
  const connect = notingCertificates(secureConnector(options, lookupFor(options.publicOnly)), options);
  return (target, callback) => {
    connect(target, (...[error, socket]) => {
      if (error !== null) return callback(error, null);
      if (socket.remoteAddress !== undefined) options.onAddress(originOf(target), socket.remoteAddress);
      callback(null, socket);
    });
  };
}

/**
 * Returns a connector that connects to the server through a proxy tunnel (CONNECT), with the server's TLS inside it.
 */
function tunnelConnector(proxy: Proxy, options: ConnectOptions): buildConnector.connector {
  const connectInside = notingCertificates(secureConnector(options), options);
  return (target, callback) => {
    openTunnel(proxy, target, options).then(
      (socket) => {
        if (target.protocol === 'https:') connectInside({ ...target, httpSocket: socket }, callback);
        else callback(null, socket);
      },
      (error: Error) => callback(error, null),
    );
  };
}

/** Returns a connector for a proxy that receives whole requests (plain http through a proxy). */
function proxyConnector(options: ConnectOptions): buildConnector.connector {
  const connect = secureConnector(options);
  return (target, callback) => {
    connect(target, (...[error, socket]) => {
      if (error === null) callback(null, socket);
      else callback(new ProxyError('The proxy could not be reached.', null, error), null);
    });
  };
}

async function openTunnel(
  proxy: Proxy,
  target: { readonly hostname: string; readonly port: string; readonly protocol: string },
  options: ConnectOptions,
): Promise<Socket> {
  const port = target.port || (target.protocol === 'https:' ? '443' : '80');
  const host = `${target.hostname.includes(':') ? `[${target.hostname}]` : target.hostname}:${port}`;
  const client = new Client(proxy.origin, {
    connect: secureConnector(options),
    headersTimeout: options.timeoutMs,
  });
  try {
    const { statusCode, socket } = await client.connect({
      path: host,
      headers: { host, ...(proxy.authorization === null ? {} : { 'proxy-authorization': proxy.authorization }) },
    });
    if (statusCode === 200) return socket as Socket;
    socket.on('error', () => {}).destroy();
    throw new ProxyError(`The proxy answered ${statusCode}.`, statusCode);
  } catch (error) {
    throw error instanceof ProxyError ? error : new ProxyError('The proxy could not be reached.', null, error);
  } finally {
    // The socket of an open tunnel no longer belongs to the client.
    client.destroy().catch(() => {});
  }
}

function secureConnector(
  { timeoutMs, rejectUnauthorized, ca }: ConnectOptions,
  lookup?: LookupFunction,
): buildConnector.connector {
  return buildConnector({
    timeout: timeoutMs,
    rejectUnauthorized,
    ...(ca === undefined ? {} : { ca: [...ca] }),
    ...(lookup === undefined ? {} : { lookup }),
  });
}

function notingCertificates(connect: buildConnector.connector, options: ConnectOptions): buildConnector.connector {
  return (target, callback) => {
    connect(target, (...[error, socket]) => {
      if (error !== null) return callback(error, null);
      if (target.protocol === 'https:') {
        const issuer = issuerOf(socket as TLSSocket);
        if (issuer !== null) options.onCertificate(originOf(target), issuer);
      }
      callback(null, socket);
    });
  };
}

function originOf({ protocol, hostname, port }: buildConnector.Options): string {
  const name = hostname.includes(':') && !hostname.startsWith('[') ? `[${hostname}]` : hostname;
  const written = port === '' || port === (protocol === 'https:' ? '443' : '80') ? '' : `:${port}`;
  return `${protocol}//${name}${written}`;
}

/** Returns the issuer, such as `R11 (Let's Encrypt)`; null if it is unknown. */
function issuerOf(socket: TLSSocket): string | null {
  const { issuer } = socket.getPeerCertificate();
  const [name, organization] = [issuer?.CN, issuer?.O].map((value) =>
    Array.isArray(value) ? value.join(', ') : value,
  );
  if (name === undefined) return organization ?? null;
  return organization === undefined || organization === name ? name : `${name} (${organization})`;
}

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
