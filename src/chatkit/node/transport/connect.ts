import type { LookupFunction, Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { buildConnector, Client } from 'undici';
import { lookupFor } from './lookup.ts';
import type { Proxy } from './proxy.ts';
import { ProxyError } from './proxyError.ts';

export interface ConnectOptions {
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
export function directConnector(options: ConnectOptions): buildConnector.connector {
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
export function tunnelConnector(proxy: Proxy, options: ConnectOptions): buildConnector.connector {
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
export function proxyConnector(options: ConnectOptions): buildConnector.connector {
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
