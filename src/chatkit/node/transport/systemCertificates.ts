import * as tls from 'node:tls';

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
