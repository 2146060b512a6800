import * as l10n from '@vscode/l10n';
import { withPlainUrls } from '../../base/common/plainUrl.ts';
import { maxErrorDetail, maxErrorExcerpt, maxErrorMessage, shortened } from '../../base/common/plainText.ts';

/**
 * The kind of an error, for decisions. Never decide by message text.
 *
 * - `invalidRequest`: the server (or the strict schema) rejected the request: 400, 405, 422.
 * - `withheld`: the request was not sent, because sending is not allowed: no credentials, credentials of another
 *   origin, plain http to a host that is not loopback, a read-only connection.
 */
export type ErrorKind =
  | 'unauthorized'
  | 'forbidden'
  | 'notFound'
  | 'invalidRequest'
  | 'conflict'
  | 'rateLimited'
  | 'quota'
  | 'server'
  | 'network'
  | 'tls'
  | 'proxy'
  | 'timeout'
  | 'tooLarge'
  | 'invalidResponse'
  | 'withheld'
  | 'cancelled';

/** The next step for the user; the `vscode` layer maps it to a command. */
export type NextStep =
  'setCredentials' | 'editConnection' | 'openProxySettings' | 'retry' | 'showLog' | 'allowInsecureHttp' | 'none';

/** `details.code` of kind `withheld`: why nothing was sent. */
export const withheldCodes = {
  missing: 'missing_credentials',
  otherOrigin: 'other_origin',
  insecureHttp: 'insecure_http',
  readOnly: 'read_only',
  command: 'credential_command',
} as const;

/** `details.code`: an older server, or a port, does not support the command (chatkit-api 5.3). */
export const unknownCommand = 'unknown_command';

/** `details.code`: the response is a stream that ended without an event (chatkit-api 5.1). */
export const emptyStream = 'empty_stream';
/** `details.code`: the reply to a command that is not streamed is a stream, which may never end (chatkit-api 5.1). */
export const unexpectedStream = 'unexpected_stream';

/** The address of a request and where the server redirects it to, both without user info, query and fragment. */
export interface Redirect {
  readonly from: string;
  readonly to: string;
}

export interface ErrorDetails {
  /** HTTP status, if a response was received. */
  readonly status?: number;
  /** `x-request-id` of the reply. */
  readonly requestId?: string;
  /** `error.code`, `error.type`, `error.param` of the OpenAI envelope (chatkit-api 4A.1). */
  readonly code?: string;
  readonly type?: string;
  readonly param?: string;
  /** The system's error code: ECONNREFUSED, CERT_HAS_EXPIRED, … */
  readonly systemCode?: string;
  /** `host:port` of the server. */
  readonly host?: string;
  /** Text of an unexpected response with its line breaks (`responseLines`), at most 4,000 characters. */
  readonly excerpt?: string;
  /** The server's own message, without the status. */
  readonly serverMessage?: string;
  /** The server asked to wait this long, ms. */
  readonly retryAfterMs?: number;
  /** False when no byte of the request can have reached the server. */
  readonly mayHaveArrived?: boolean;
  /** The redirect that was not followed. */
  readonly redirect?: Redirect;
  readonly nextStep?: NextStep;
  readonly cause?: unknown;
}

/** The transport is a separate bundle with its own copy of the class, so instances are identified by a symbol. */
const mark = Symbol.for('chatkit-inspector.SourceError');

/**
 * The one error that sources throw. `message` is the server's or the system's own sentence, in English, free of secrets:
 * the URLs in it and in the texts of `details` have no user info and no query.
 */
export class SourceError extends Error {
  override readonly name = 'SourceError';
  readonly [mark] = true;
  readonly kind: ErrorKind;
  readonly details: ErrorDetails;

  /** Servers write parts of `message` and `details`: both are shortened here, and queries and user info are removed from URLs, before anything shows or stores them. */
  constructor(kind: ErrorKind, message: string, details: ErrorDetails = {}) {
    super(
      shortened(withPlainUrls(message), maxErrorMessage),
      details.cause === undefined ? undefined : { cause: details.cause },
    );
    this.kind = kind;
    this.details = safeDetails(details);
  }

  get nextStep(): NextStep {
    return this.details.nextStep ?? defaultNextStep[this.kind];
  }
}

function safeDetails(details: ErrorDetails): ErrorDetails {
  const safe = Object.entries(details).map(([name, value]: [string, unknown]) => [
    name,
    typeof value === 'string'
      ? shortened(withPlainUrls(value), name === 'excerpt' ? maxErrorExcerpt : maxErrorDetail)
      : value,
  ]);
  return Object.fromEntries(safe) as ErrorDetails;
}

const defaultNextStep: Record<ErrorKind, NextStep> = {
  unauthorized: 'setCredentials',
  forbidden: 'setCredentials',
  notFound: 'editConnection',
  invalidRequest: 'showLog',
  conflict: 'retry',
  rateLimited: 'retry',
  quota: 'showLog',
  server: 'retry',
  network: 'retry',
  tls: 'showLog',
  proxy: 'openProxySettings',
  timeout: 'retry',
  tooLarge: 'showLog',
  invalidResponse: 'editConnection',
  withheld: 'setCredentials',
  cancelled: 'none',
};

/**
 * Returns whether a value is a `SourceError`, of one kind if `kind` is given. Also recognises the class of another
 * bundle.
 */
export function isSourceError(error: unknown, kind?: ErrorKind): error is SourceError {
  if (typeof error !== 'object' || error === null || !(mark in error)) return false;
  return kind === undefined || (error as SourceError).kind === kind;
}

/** The user or the caller cancelled. */
export function cancelledError(): SourceError {
  return new SourceError('cancelled', l10n.t('Cancelled.'));
}

/** A request with an invalid parameter, which was not sent. */
export function notSentError(message: string, param: string): SourceError {
  return new SourceError('invalidRequest', l10n.t('Nothing was sent: {0}', message), { param, mayHaveArrived: false });
}

/** Returns the error of an operation that a read-only connection blocks. Nothing was sent. */
export function readOnlyError(): SourceError {
  return new SourceError('withheld', l10n.t('The connection is read-only.'), {
    code: withheldCodes.readOnly,
    mayHaveArrived: false,
    nextStep: 'editConnection',
  });
}

/**
 * Converts any thrown value to a `SourceError`: an abort becomes `cancelled`, other errors `invalidResponse` with their
 * message.
 */
export function toSourceError(error: unknown): SourceError {
  if (isSourceError(error)) return error;
  if (error instanceof Error && error.name === 'AbortError') {
    return new SourceError('cancelled', l10n.t('Cancelled.'), { cause: error });
  }
  return new SourceError('invalidResponse', error instanceof Error ? error.message : String(error), { cause: error });
}

/** The kind of an answer outside 200–299, by its status alone (chatkit-api 4A.1). */
export function kindOfStatus(status: number): ErrorKind {
  switch (status) {
    case 401:
      return 'unauthorized';
    case 402:
      return 'quota';
    case 403:
    case 451:
      return 'forbidden';
    case 404:
    case 410:
      return 'notFound';
    case 407:
      return 'proxy';
    case 408:
    case 504:
      return 'timeout';
    case 409:
      return 'conflict';
    case 429:
      return 'rateLimited';
    default:
      if (status >= 500) return 'server';
      return status >= 400 ? 'invalidRequest' : 'invalidResponse';
  }
}

/** Whether a status is the one of a gateway that does not reach the server behind it. */
export function isGatewayStatus(status: number): boolean {
  return status >= 502 && status <= 504;
}

/** Returns whether an error reports that an API was shut down. */
export function saysRetired(message: string): boolean {
  return retired.test(message);
}

const retired =
  /\b(?:retired?|retirement|deprecat\w*|discontinu\w*|shut ?down|sunset|no longer (?:available|supported|exists?))\b/i;
