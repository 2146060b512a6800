import dns, { type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { SourceError } from '../../common/errors.ts';
import { isLocalAddress } from './localAddress.ts';

const loopback: readonly LookupAddress[] = [
  { address: '127.0.0.1', family: 4 },
  { address: '::1', family: 6 },
];

/**
 * How names of servers become addresses. Names below `localhost` are loopback (RFC 6761) without asking a name server,
 * which might give another address. With `publicOnly`, a name that leads to a local address is refused: the address
 * checked is the one connected to, so that a name whose address changes (DNS rebinding) does not get past this.
 *
 * @param resolve what asks the system
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

/** What is thrown where a server names an address that only the user may name. */
export function localAddress(host: string): SourceError {
  const message = `Nothing was sent, because ${host} is an address of this computer or of its network, and the server of this connection is not.`;
  return new SourceError('withheld', message, { mayHaveArrived: false, nextStep: 'none' });
}

function notFound(hostname: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`getaddrinfo ENOTFOUND ${hostname}`), { code: 'ENOTFOUND', syscall: 'getaddrinfo' });
}
