import { isLoopback } from '../../common/connection.ts';
import { isSourceError, SourceError, type ErrorDetails } from '../../common/errors.ts';
import { networkMessage, proxyMessage } from '../../common/networkMessages.ts';
import type { Proxy } from './proxy.ts';
import { ProxyError } from './proxyError.ts';
import { codeOf, isOfTheNetworkBetween, kindOf, neverArrives } from './systemCodes.ts';

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
    return new SourceError('cancelled', 'Cancelled.', { host, mayHaveArrived: context.sent });
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
