import dns from 'node:dns';
import type { LookupAddress } from 'node:dns';
import { BlockList, type LookupFunction, isIP } from 'node:net';
import { SourceError } from '../../common/errors.ts';
import { isLoopback } from '../../common/connection.ts';

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

/**
 * Addresses of this machine or its network, and addresses that are not routed on the Internet (IANA's special-purpose
 * registries).
 */
const local = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const) {
  local.addSubnet(network, prefix, 'ipv4');
}
for (const [network, prefix] of [
  // Unspecified, loopback and the forms that hold an IPv4 address; those that a system maps are checked as IPv4.
  ['::', 96],
  // Addresses that a gateway translates to IPv4 ones, which may be private.
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['2001::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
] as const) {
  local.addSubnet(network, prefix, 'ipv6');
}

/** Returns whether an IP address is not on the public Internet. `address` has no brackets and can have a zone. */
export function isLocalAddress(address: string): boolean {
  const bare = address.replace(/%.*$/, '');
  const family = isIP(bare);
  return family !== 0 && local.check(bare, family === 6 ? 'ipv6' : 'ipv4');
}

/**
 * Returns whether the host of a URL is a loopback name or a local address. False for other names, which must be
 * resolved.
 */
export function isLocalUrl(url: URL): boolean {
  return (
    isLoopback(url.href) || isLocalAddress(url.hostname.replace(/^\[|\]$/g, '')) || /^localhost\.?$/.test(url.hostname)
  );
}
