import { isLoopback } from '../../common/connection.ts';
import { isSourceError, SourceError, type ErrorDetails } from '../../common/errors.ts';
import type { Proxy } from './proxy.ts';
import { ProxyError } from './proxyError.ts';
import { sentenceFor } from './sentences.ts';
import { codeOf, isOfTheNetworkBetween, kindOf, neverArrives } from './systemCodes.ts';

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
  const betweenUs = !mayHaveArrived && isOfTheNetworkBetween(systemCode) && !isLoopback(context.target.href);
  const details: ErrorDetails = {
    host,
    mayHaveArrived,
    ...causeOf(error, systemCode),
    ...(betweenUs ? { nextStep: 'openProxySettings' } : {}),
  };
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
