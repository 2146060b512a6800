import * as tls from 'node:tls';

/** Node 22.15 and newer can read the system's store; older ones cannot, and the types are of the oldest. */
type MaybeReadsStores = { getCACertificates?: (store: 'default' | 'system') => string[] };

let loaded: readonly string[] | null | undefined;

/**
 * What Node trusts by itself (`NODE_EXTRA_CA_CERTS` included) together with the system's own certificates; null where
 * this Node cannot read those. Read once, and only when a certificate was not trusted without them.
 */
export function systemCertificates(): readonly string[] | null {
  if (loaded === undefined) {
    const { getCACertificates } = tls as MaybeReadsStores;
    loaded = getCACertificates === undefined ? null : [...getCACertificates('default'), ...getCACertificates('system')];
  }
  return loaded;
}
