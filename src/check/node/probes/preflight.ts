import { toSourceError } from '../../../chatkit/common/errors.ts';
import { ruleIds } from '../../../chatkit/common/protocolProblems/catalogue/ruleIds.ts';
import type { CheckRun } from '../run/checkRun.ts';
import { prepareRequest } from '../run/prepareRequest.ts';
import { endOf } from '../run/sendCommand.ts';

type Headers = Readonly<Record<string, string>>;

/** Sends the `OPTIONS` request that a browser sends for a page of the origin, and judges the response. */
export async function checkPreflight(run: CheckRun): Promise<void> {
  const { origin, verdicts, connection, user } = run;
  if (origin === null) return;
  const { secretHeaders, signal } = await prepareRequest(run, '', 'text/event-stream');
  const userHeader = user === null ? undefined : connection.userHeader?.toLowerCase();
  const sent = ['content-type', ...Object.keys(secretHeaders), ...(userHeader === undefined ? [] : [userHeader])];
  const names = [...new Set(sent)].sort();
  const begun = run.now();
  const { status, refusal } = await preflight(run, origin, names, signal);
  verdicts.observe('preflight');
  if (refusal !== null) verdicts.report(ruleIds.preflightRefused, { command: 'OPTIONS' }, refusal);
  run.commands.push({
    command: 'OPTIONS',
    input: `preflight for ${origin}`,
    expected: 'success',
    status,
    outcome: status === null ? 'noResponse' : refusal === null ? 'success' : 'failure',
    message: refusal ?? '',
    ms: Math.round(run.now() - begun),
  });
}

async function preflight(
  run: CheckRun,
  origin: string,
  names: readonly string[],
  signal: AbortSignal,
): Promise<{ readonly status: number | null; readonly refusal: string | null }> {
  try {
    const { status, headers } = await run.transport.request({
      method: 'OPTIONS',
      url: run.connection.url,
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': names.join(','),
      },
      secretHeaders: {},
      retry: 'never',
      signal,
      label: 'preflight',
    });
    return { status, refusal: refusalOf(status, headers, origin, names) };
  } catch (error) {
    if (run.signal.aborted) throw endOf(run.signal);
    return { status: null, refusal: run.redact(toSourceError(error).message) };
  }
}

/** Reports a response to a command that lacks the permission that a browser needs. */
export function judgeOrigin(run: CheckRun, headers: Headers, command: string): void {
  const { origin, verdicts } = run;
  if (origin === null) return;
  const allowed = headers['access-control-allow-origin'] ?? '';
  if (allowed !== '*' && allowed !== origin)
    verdicts.report(ruleIds.originNotAllowed, { command }, allowed || 'missing');
}

/** Why a browser would not send the request; null where it would (Fetch standard, CORS-preflight fetch). */
function refusalOf(status: number, headers: Headers, origin: string, names: readonly string[]): string | null {
  if (status < 200 || status > 299) return `status ${status}`;
  const allowed = headers['access-control-allow-origin'] ?? '';
  if (allowed !== '*' && allowed !== origin) return `Access-Control-Allow-Origin: ${allowed || 'missing'}`;
  const list = (headers['access-control-allow-headers'] ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim());
  // A wildcard does not include `Authorization`.
  const missing = names.filter((name) => !list.includes(name) && (name === 'authorization' || !list.includes('*')));
  return missing.length === 0 ? null : `Access-Control-Allow-Headers lacks ${missing.join(', ')}`;
}
