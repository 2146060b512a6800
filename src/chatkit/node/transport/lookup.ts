import dns, { type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { SourceError } from '../../common/errors.ts';
import { isLocalAddress } from './localAddress.ts';

const loopback: readonly LookupAddress[] = [
  { address: '127.0.0.1', family: 4 },
  { address: '::1', family: 6 },
];

/**
 * Returns a function that resolves host names. Names below `localhost` are loopback (RFC 6761) and are not sent to a
 * name server, which could return another address. With `publicOnly`, a name with a local address is rejected. The
 * checked address is the one that is used for the connection, which prevents DNS rebinding.
 *
 * @param resolve the system's resolver
 */
export function lookupFor(publicOnly: boolean, resolve: typeof dns.lookup = dns.lookup): LookupFunction {
  return (hostname, options, callback) => {
    const give = (addresses: readonly LookupAddress[]) => {
      const [first] = addresses;
      if (publicOnly && addresses.some(({ address }) => isLocalAddress(address))) callback(localAddress(hostname), []);
      else if (first === undefined) callback(notFound(hostname), []);
      else if (options.all === true) callback(null, [...addresses]);
      else callback(null, first.address, first.family);
    };
    if (hostname.toLowerCase().endsWith('.localhost')) {
      const { family } = options;
      give(loopback.filter((address) => !wantsFamily(family) || address.family === Number(String(family).at(-1))));
      return;
    }
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error === null) give(addresses);
      else callback(error, []);
    });
  };
}

function wantsFamily(family: number | 'IPv4' | 'IPv6' | undefined): boolean {
  return family !== undefined && family !== 0;
}

/** Returns the error for a local address that a server provided. Only the user may configure one. */
export function localAddress(host: string): SourceError {
  const message = `Nothing was sent, because ${host} is an address of this computer or of its network, and the server of this connection is not.`;
  return new SourceError('withheld', message, { mayHaveArrived: false, nextStep: 'none' });
}

function notFound(hostname: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`getaddrinfo ENOTFOUND ${hostname}`), { code: 'ENOTFOUND', syscall: 'getaddrinfo' });
}
