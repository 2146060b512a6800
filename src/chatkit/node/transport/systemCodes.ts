import type { ErrorKind } from '../../common/errors.ts';

/** Returns the system's error code from the fields in which undici, Node and fetch store it. */
export function codeOf(error: unknown): string | null {
  for (let current = error, depth = 0; typeof current === 'object' && current !== null && depth < 5; depth += 1) {
    const { name, code, errors, cause }: { name?: unknown; code?: unknown; errors?: unknown; cause?: unknown } =
      current;
    if (typeof code === 'string' && code !== '') return code;
    if (name === 'HTTPParserError') return 'HPE_UNKNOWN'; // undici does not always name the flaw
    current = Array.isArray(errors) && errors.length > 0 ? errors[0] : cause;
  }
  return null;
}

/** Returns whether a code is about the server's certificate. A retry would fail in the same way. */
function isCertificateVerdict(code: string | null): boolean {
  return code !== null && (code.includes('CERT') || code.startsWith('UNABLE_TO_') || code === 'HOSTNAME_MISMATCH');
}

/** Returns whether the certificate's issuer is not trusted. Additional certificates can resolve this. */
export function isUntrustedIssuer(code: string | null | undefined): boolean {
  return code !== null && code !== undefined && untrustedIssuer.has(code);
}

const untrustedIssuer = new Set([
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'CERT_UNTRUSTED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
]);

const timeouts = new Set(['UND_ERR_CONNECT_TIMEOUT', 'ETIMEDOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT']);

/** Codes that occur only while connecting. */
const beforeSending = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_INVALID_ARG',
]);

/** Returns whether a code excludes that any byte of the request was sent. */
export function neverArrives(code: string | null): boolean {
  return code !== null && (beforeSending.has(code) || isCertificateVerdict(code));
}

/** Returns the error kind of a code. `answered`: the headers of a response were received. */
export function kindOf(code: string | null, answered: boolean): ErrorKind {
  if (code === null) return 'network';
  if (timeouts.has(code)) return 'timeout';
  if (isCertificateVerdict(code) || code === 'EPROTO' || /^ERR_(TLS|SSL|OSSL)_/.test(code)) return 'tls';
  // After valid headers, a parser error means that a chunked body ended unexpectedly.
  if (code.startsWith('HPE_')) return answered ? 'network' : 'invalidResponse';
  if (code === 'UND_ERR_HEADERS_OVERFLOW') return 'invalidResponse';
  return code === 'UND_ERR_INVALID_ARG' ? 'invalidRequest' : 'network';
}

/**
 * Returns whether a failure is typical of a corporate network and can be resolved with the editor's proxy and
 * certificate settings.
 */
export function isOfTheNetworkBetween(code: string | null): boolean {
  return (
    code === 'ENOTFOUND' || code === 'UND_ERR_CONNECT_TIMEOUT' || code === 'ETIMEDOUT' || isCertificateVerdict(code)
  );
}
