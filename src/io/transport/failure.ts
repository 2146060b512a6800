import { isSourceError, SourceError, type ErrorDetails, type ErrorKind } from '../../domain/errors.ts';
import type { Proxy } from './proxy.ts';
import { ProxyError } from './proxyError.ts';
import { sentenceFor } from './sentences.ts';

/** What a failure is judged by. */
export interface FailureContext {
  readonly target: URL;
  readonly proxy: Proxy | null;
  /** A byte of the request may have left. */
  readonly sent: boolean;
  /** The headers of an answer had come. */
  readonly answered: boolean;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** Whatever a request was stopped by, as a `SourceError` with the kind, the sentence and the next step. */
export function toFailure(error: unknown, context: FailureContext): SourceError {
  const host = hostOf(context.target);
  if (context.signal.aborted) {
    return new SourceError('cancelled', 'Cancelled.', { host, mayHaveArrived: context.sent });
  }
  if (isSourceError(error)) {
    return new SourceError(error.kind, error.message, { host, mayHaveArrived: context.sent, ...error.details });
  }
  if (error instanceof ProxyError) return proxyFailure(error, context);
  const systemCode = codeOf(error);
  const mayHaveArrived = context.sent && !neverArrives(systemCode);
  const details: ErrorDetails = { host, mayHaveArrived, ...causeOf(error, systemCode) };
  return new SourceError(kindOf(systemCode, context.answered), sentenceFor(systemCode, { host, ...context }), details);
}

/** `host:port`, the port written out. */
export function hostOf({ hostname, port, protocol }: URL): string {
  return `${hostname}:${port || (protocol === 'https:' ? '443' : '80')}`;
}

function proxyFailure(error: ProxyError, context: FailureContext): SourceError {
  const proxy = context.proxy?.host ?? 'proxy';
  const host = hostOf(context.target);
  if (error.status !== null) {
    const signedIn = (context.proxy?.authorization ?? null) !== null;
    const details: ErrorDetails = { host, status: error.status, mayHaveArrived: false };
    return new SourceError('proxy', proxyStatusSentence(error.status, proxy, host, signedIn), details);
  }
  const systemCode = codeOf(error.cause);
  const sentence = sentenceFor(systemCode, { host: proxy, sent: false, answered: false, timeoutMs: context.timeoutMs });
  const details: ErrorDetails = { host, mayHaveArrived: false, ...causeOf(error.cause, systemCode) };
  return new SourceError('proxy', `The proxy cannot be used. ${sentence}`, details);
}

function proxyStatusSentence(status: number, proxy: string, host: string, signedIn: boolean): string {
  if (status === 407) {
    return !signedIn
      ? `The proxy ${proxy} asks for a user name and password.`
      : `The proxy ${proxy} does not accept the user name and password given for it.`;
  }
  if (status === 403) return `The proxy ${proxy} does not allow connections to ${host}.`;
  return `The proxy ${proxy} could not connect to ${host} (it answered ${status}).`;
}

function causeOf(error: unknown, systemCode: string | null): Pick<ErrorDetails, 'cause' | 'systemCode'> {
  if (systemCode === null) return { cause: error };
  // A parser's error holds the bytes it stumbled over, and those may be anything.
  return systemCode.startsWith('HPE_') ? { systemCode } : { systemCode, cause: error };
}

/** The system's own word, looked for where undici, Node and fetch put it. */
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

/** A verdict on the server's certificate: the same however often it is asked for. */
export function isCertificateVerdict(code: string | null): boolean {
  return code !== null && (code.includes('CERT') || code.startsWith('UNABLE_TO_') || code === 'HOSTNAME_MISMATCH');
}

/** Issued by somebody this computer does not know: more certificates may cure it. */
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

/** Codes that only come while a connection is being made. */
const beforeSending = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_INVALID_ARG',
]);

function neverArrives(code: string | null): boolean {
  return code !== null && (beforeSending.has(code) || isCertificateVerdict(code));
}

function kindOf(code: string | null, answered: boolean): ErrorKind {
  if (code === null) return 'network';
  if (timeouts.has(code)) return 'timeout';
  if (isCertificateVerdict(code) || code === 'EPROTO' || /^ERR_(TLS|SSL|OSSL)_/.test(code)) return 'tls';
  // After good headers, what cannot be parsed is a body in chunks that breaks off.
  if (code.startsWith('HPE_')) return answered ? 'network' : 'invalidResponse';
  if (code === 'UND_ERR_HEADERS_OVERFLOW') return 'invalidResponse';
  return code === 'UND_ERR_INVALID_ARG' ? 'invalidRequest' : 'network';
}
