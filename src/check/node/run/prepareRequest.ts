import { userHeaders } from '../../../chatkit/common/requestHeaders.ts';
import type { HttpRequest } from '../../../chatkit/node/transport/types.ts';
import type { CheckRun } from './checkRun.ts';

/** Most time for one request, in ms. */
const requestTimeoutMs = 30_000;

/**
 * Returns a request with a body to the server's endpoint, with the credentials and the user of the check.
 * `signal`: replaces the signal of the check.
 */
export async function prepareRequest(
  run: CheckRun,
  body: string,
  accept: string,
  signal: AbortSignal = AbortSignal.any([run.signal, AbortSignal.timeout(requestTimeoutMs)]),
): Promise<HttpRequest> {
  const { connection, credentials, user, origin } = run;
  return {
    method: 'POST',
    url: connection.url,
    headers: {
      ...userHeaders(connection, user),
      accept,
      'content-type': 'application/json',
      ...(origin === null ? {} : { origin }),
    },
    secretHeaders: await credentials.headersFor(new URL(connection.url).origin),
    body,
    retry: 'onlyIfNotArrived',
    signal,
    label: 'check',
    onRedirect: redirectReporter(run, 'POST'),
  };
}

/** Reports what a redirect violates. `command`: as in the report. */
export function redirectReporter({ verdicts }: CheckRun, command: string): NonNullable<HttpRequest['onRedirect']> {
  return (rule, target) => verdicts.report(rule, { command, field: 'location' }, target);
}
