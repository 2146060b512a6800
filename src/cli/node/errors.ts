import { oneLine } from '../../base/common/plainText.ts';
import {
  isSourceError,
  saysRetired,
  toSourceError,
  type ErrorKind,
  type SourceError,
} from '../../chatkit/common/errors.ts';
import { networkMessage } from '../../chatkit/common/networkMessages.ts';

/** The exit codes, as the documentation lists them. */
export const exitCodes = {
  fine: 0,
  failed: 1,
  usage: 2,
  unauthorized: 3,
  notFound: 4,
  network: 5,
  server: 6,
  rateLimited: 7,
  interrupted: 130,
} as const;

/** Kinds of errors that are not of a server: a wrong command line, a file, or something the connection cannot do. */
type OwnKind = 'usage' | 'file' | 'unsupported';

/** What went wrong, for the user: `message` is a sentence, `nextStep` an instruction without a full stop. */
export class CliError extends Error {
  override readonly name = 'CliError';
  readonly kind: OwnKind;
  readonly nextStep: string;

  constructor(kind: OwnKind, message: string, nextStep: string) {
    super(message);
    this.kind = kind;
    this.nextStep = nextStep;
  }
}

/** An error as it is printed. */
export interface ReportedError {
  readonly kind: OwnKind | ErrorKind;
  readonly message: string;
  readonly nextStep: string;
  readonly status?: number;
  readonly requestId?: string;
}

/** `threadId`: the thread that was asked for, so that an error names it; null for the endpoint itself. */
export function reportOf(thrown: unknown, threadId: string | null = null): ReportedError {
  if (thrown instanceof CliError) return { kind: thrown.kind, message: thrown.message, nextStep: thrown.nextStep };
  if (!isSourceError(thrown) && isSystemError(thrown)) return fileReport(thrown);
  const error = toSourceError(thrown);
  const { status, requestId } = error.details;
  return {
    kind: error.kind,
    message: messageOf(error, threadId),
    nextStep: nextStepOf(error, threadId),
    ...(status === undefined ? {} : { status }),
    ...(requestId === undefined ? {} : { requestId }),
  };
}

export function exitCodeOf(thrown: unknown): number {
  if (thrown instanceof CliError || (!isSourceError(thrown) && isSystemError(thrown))) return exitCodes.usage;
  const { kind, details, nextStep } = toSourceError(thrown);
  switch (kind) {
    case 'unauthorized':
    case 'forbidden':
      return exitCodes.unauthorized;
    case 'withheld':
      return nextStep === 'allowInsecureHttp' || nextStep === 'editConnection'
        ? exitCodes.usage
        : exitCodes.unauthorized;
    case 'notFound':
      return exitCodes.notFound;
    case 'network':
    case 'tls':
    case 'proxy':
    case 'timeout':
      return exitCodes.network;
    case 'rateLimited':
    case 'quota':
      return exitCodes.rateLimited;
    case 'cancelled':
      return exitCodes.interrupted;
    case 'invalidRequest':
      return details.mayHaveArrived === false ? exitCodes.usage : exitCodes.server;
    case 'server':
    case 'conflict':
    case 'tooLarge':
    case 'invalidResponse':
      return exitCodes.server;
  }
}

/** Texts of the transport name settings of the editor, which do not exist here. */
function messageOf(error: SourceError, threadId: string | null): string {
  const { host = 'the server', status, systemCode } = error.details;
  if (error.kind === 'notFound' && threadId !== null) {
    // Many servers answer 500 for a thread that does not exist, with a text that states it.
    const answer = status === 404 ? '' : ` ${error.message}`;
    return `The thread ${oneLine(threadId, 120)} does not exist.${answer}`;
  }
  if (error.kind !== 'proxy') return error.message;
  const cause = systemCode === undefined ? '' : ` ${networkMessage(systemCode, { host: 'the proxy', sent: false })}`;
  return `The proxy could not connect to ${host}${status === undefined ? '' : ` (status ${status})`}.${cause}`;
}

function nextStepOf({ kind, message, nextStep, details }: SourceError, threadId: string | null): string {
  switch (kind) {
    case 'unauthorized':
      return 'check the secret that is sent and its scheme, for example --header "Authorization: Bearer env:CHATKIT_KEY"';
    case 'forbidden':
      return 'use credentials that allow this';
    case 'withheld':
      if (nextStep === 'allowInsecureHttp') return 'use https, or pass --allow-http to send it unencrypted';
      if (nextStep === 'editConnection') return 'remove it from --url and pass it with --header';
      return 'pass the secret, for example --header "Authorization: Bearer env:CHATKIT_KEY"';
    case 'notFound':
      if (threadId !== null) return 'list the threads: chatkit-inspector threads list';
      if (details.status === 410 || saysRetired(message)) return 'use a self-hosted server';
      // A server that answers in its own words may choose its data by what a client sends.
      return details.serverMessage === undefined || /^not found$/i.test(details.serverMessage)
        ? 'check --url and --kind'
        : 'check --url, and whether the server needs --metadata, --user or --header';
    case 'network':
      return details.status === undefined ? 'check --url, and that the server is running' : 'see the log of the server';
    case 'timeout':
      return 'try again, or allow more time with --timeout';
    case 'tls':
      return tlsStepOf(details.systemCode);
    case 'proxy':
      return 'check HTTPS_PROXY and NO_PROXY';
    case 'rateLimited':
      return details.retryAfterMs === undefined
        ? 'try again later'
        : `try again in ${Math.ceil(details.retryAfterMs / 1000)} s`;
    case 'quota':
      return 'check the plan and the billing of the account';
    case 'server':
      return 'see the log of the server';
    case 'invalidRequest':
      return details.mayHaveArrived === false ? 'see chatkit-inspector --help' : 'see the log of the server';
    case 'conflict':
      return 'try again';
    case 'tooLarge':
      return 'see the log of the server';
    case 'invalidResponse':
      return 'check --url and --kind';
    case 'cancelled':
      return 'run the command again';
  }
}

/** Only an unknown issuer can be named to Node. */
function tlsStepOf(systemCode = ''): string {
  switch (systemCode) {
    case 'EPROTO':
    case 'ERR_SSL_WRONG_VERSION_NUMBER':
    case 'ERR_SSL_PACKET_LENGTH_TOO_LONG':
      return 'use http:// in --url if the server has no HTTPS';
    case 'CERT_HAS_EXPIRED':
    case 'CERT_REVOKED':
      return 'renew the certificate of the server';
    case 'CERT_NOT_YET_VALID':
      return 'set the clock';
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
    case 'HOSTNAME_MISMATCH':
      return 'use a host name of the certificate in --url';
    default:
      return 'name the root certificate in NODE_EXTRA_CA_CERTS';
  }
}

interface SystemError extends Error {
  readonly code: string;
}

function isSystemError(error: unknown): error is SystemError {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && 'syscall' in error;
}

function fileReport({ code, message }: SystemError): ReportedError {
  // A file takes its place by a rename: the user knows only the target.
  const path = /(?:-> )?'([^']+)'$/.exec(message)?.[1] ?? 'the file';
  const reasons: Readonly<Record<string, string>> = {
    ENOENT: `${path} does not exist.`,
    EACCES: `${path} may not be accessed.`,
    EISDIR: `${path} is a folder.`,
    ENOTDIR: `${path} is not in a folder.`,
    EEXIST: `${path} is a file, not a folder.`,
    ENOSPC: `The disk is full, so ${path} could not be written.`,
  };
  const isPattern = code === 'ENOENT' && /[*?]/.test(path);
  const nextStep = isPattern ? 'name the files: the shell did not expand the pattern' : 'check the path';
  return { kind: 'file', message: reasons[code] ?? message, nextStep };
}
