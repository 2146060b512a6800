import * as l10n from '@vscode/l10n';
import { type ErrorDetails, type ErrorKind, SourceError, isSourceError } from '../../common/errors.ts';
import { isLoopback } from '../../common/connection.ts';
import { networkMessage, proxyMessage } from '../../common/networkMessages.ts';
import { type Proxy, ProxyError } from './agents.ts';

/** The circumstances that determine the kind of a failure. */
interface FailureContext {
  readonly target: URL;
  readonly proxy: Proxy | null;
  /** A byte of the request may have been sent. */
  readonly sent: boolean;
  /** The headers of the response were received. */
  readonly answered: boolean;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** Converts anything that made a request fail to a `SourceError` with its kind, message and next step. */
export function toFailure(error: unknown, context: FailureContext): SourceError {
  const host = hostOf(context.target);
  if (context.signal.aborted) {
    return new SourceError('cancelled', l10n.t('Cancelled.'), { host, mayHaveArrived: context.sent });
  }
  if (isSourceError(error)) {
    return new SourceError(error.kind, error.message, { host, mayHaveArrived: context.sent, ...error.details });
  }
  if (error instanceof ProxyError) return proxyFailure(error, context);
  const systemCode = codeOf(error);
  const mayHaveArrived = context.sent && !neverArrives(systemCode);
  const isNetworkProblem = !mayHaveArrived && isOfTheNetworkBetween(systemCode) && !isLoopback(context.target.href);
  const details: ErrorDetails = {
    host,
    mayHaveArrived,
    ...causeOf(error, systemCode),
    ...(isNetworkProblem ? { nextStep: 'openProxySettings' } : {}),
  };
  return new SourceError(
    kindOf(systemCode, context.answered),
    networkMessage(systemCode, { host, ...context }),
    details,
  );
}

/** Returns `host:port`, including a default port. */
export function hostOf({ hostname, port, protocol }: URL): string {
  return `${hostname}:${port || (protocol === 'https:' ? '443' : '80')}`;
}

function proxyFailure(error: ProxyError, context: FailureContext): SourceError {
  const host = hostOf(context.target);
  if (error.status !== null) {
    const hasCredentials = (context.proxy?.authorization ?? null) !== null;
    const details: ErrorDetails = { host, status: error.status, mayHaveArrived: false };
    return new SourceError('proxy', proxyMessage(error.status, host, hasCredentials), details);
  }
  const systemCode = codeOf(error.cause);
  const cause = networkMessage(systemCode, { host: context.proxy?.host ?? host, sent: false });
  const details: ErrorDetails = { host, mayHaveArrived: false, ...causeOf(error.cause, systemCode) };
  return new SourceError('proxy', `${proxyMessage(undefined, host)} ${cause}`, details);
}

function causeOf(error: unknown, systemCode: string | null): Pick<ErrorDetails, 'cause' | 'systemCode'> {
  if (systemCode === null) return { cause: error };
  // A parser's error contains the bytes that it could not parse, which may be private.
  return systemCode.startsWith('HPE_') ? { systemCode } : { systemCode, cause: error };
}

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
function neverArrives(code: string | null): boolean {
  return code !== null && (beforeSending.has(code) || isCertificateVerdict(code));
}

/** Returns the error kind of a code. `answered`: the headers of a response were received. */
function kindOf(code: string | null, answered: boolean): ErrorKind {
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
function isOfTheNetworkBetween(code: string | null): boolean {
  return (
    code === 'ENOTFOUND' || code === 'UND_ERR_CONNECT_TIMEOUT' || code === 'ETIMEDOUT' || isCertificateVerdict(code)
  );
}
