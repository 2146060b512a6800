import { BlockList, isIP } from 'node:net';
import { isLoopback } from '../../common/connection.ts';
import type { Transport } from './types.ts';

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

/** Returns whether a server is on this computer or its network, by its name or by the IP address of the last request. */
export function isLocalServer(url: string, transport: Pick<Transport, 'routeTo'>): boolean {
  const parsed = new URL(url);
  return isLocalUrl(parsed) || isLocalAddress(transport.routeTo(parsed.origin)?.address ?? '');
}
