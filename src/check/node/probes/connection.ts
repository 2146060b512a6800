import { lookup } from 'node:dns/promises';
import { toSourceError } from '../../../chatkit/common/errors.ts';
import { ruleIds } from '../../../chatkit/common/protocolProblems/catalogue/ruleIds.ts';
import { CheckEnd, type CheckRun } from '../run/checkRun.ts';
import { endOf, prepareRequest } from '../run/sendCommand.ts';
import type { HttpResponse, RouteInfo } from '../../../chatkit/node/transport/types.ts';

/**
 * Checks the steps of the connection: name, port, TLS, proxy, credentials. `first` sends the first request. Throws
 * `CheckEnd` where a step fails.
 */
export async function checkReachability(run: CheckRun, first: () => Promise<HttpResponse>): Promise<HttpResponse> {
  const { connection, transport, verdicts } = run;
  const url = new URL(connection.url);
  let response: HttpResponse;
  try {
    response = await first();
  } catch (error) {
    if (run.signal.aborted) throw endOf(run.signal);
    await blameStep(run, error, url);
    throw new CheckEnd('stopped', run.redact(toSourceError(error).message));
  }
  passSteps(run, url, transport.routeTo(url.origin));
  const { status } = response;
  const isRefused = status === 401 || status === 403;
  verdicts.setStep('NET105', isRefused ? 'failed' : 'passed', isRefused ? `The server returned ${status}.` : '');
  if (isRefused) throw new CheckEnd('stopped', `The server refused the credentials (${status}).`);
  return response;
}

function passSteps({ verdicts }: CheckRun, url: URL, route: RouteInfo | null): void {
  const isDirect = route?.via === 'direct';
  if (isDirect) verdicts.setStep('NET101', 'passed');
  else verdicts.setStep('NET101', 'skipped', 'The proxy resolves the host name.');
  verdicts.setStep('NET102', 'passed');
  if (url.protocol !== 'https:') verdicts.setStep('NET103', 'skipped', 'The connection is not encrypted (http).');
  else if (route?.certificateChecked === false)
    verdicts.setStep('NET103', 'skipped', 'The certificate was not checked (`http.proxyStrictSSL` is off).');
  else verdicts.setStep('NET103', 'passed');
  if (isDirect) verdicts.setStep('NET104', 'skipped', 'No proxy is used.');
  else verdicts.setStep('NET104', 'passed');
}

/** Finds the first step that explains a failure. */
async function blameStep({ verdicts, redact }: CheckRun, error: unknown, url: URL): Promise<void> {
  const { kind, message, details } = toSourceError(error);
  const evidence = redact(message);
  if (kind === 'proxy') return verdicts.setStep('NET104', 'failed', evidence);
  if (kind === 'withheld') return verdicts.setStep('NET105', 'failed', evidence);
  if (details.systemCode === 'ENOTFOUND' || details.systemCode === 'EAI_AGAIN')
    return verdicts.setStep('NET101', 'failed', evidence);
  if (await isResolved(url.hostname)) verdicts.setStep('NET101', 'passed');
  if (kind === 'network' || kind === 'timeout') return verdicts.setStep('NET102', 'failed', evidence);
  verdicts.setStep('NET102', 'passed');
  if (kind === 'tls') verdicts.setStep('NET103', 'failed', evidence);
}

async function isResolved(hostname: string): Promise<boolean> {
  try {
    await lookup(hostname.replace(/^\[|\]$/g, ''));
    return true;
  } catch {
    return false;
  }
}

type Headers = Readonly<Record<string, string>>;

/** Sends the `OPTIONS` request that a browser sends for a page of the origin, and checks the response. */
export async function checkPreflight(run: CheckRun): Promise<void> {
  const { origin, verdicts, connection, user } = run;
  if (origin === null) return;
  const { secretHeaders, signal } = await prepareRequest(run, '', 'text/event-stream');
  const userHeader = user === null ? undefined : connection.userHeader?.toLowerCase();
  const sent = ['content-type', ...Object.keys(secretHeaders), ...(userHeader === undefined ? [] : [userHeader])];
  const names = [...new Set(sent)].sort();
  const startedAt = run.now();
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
    ms: Math.round(run.now() - startedAt),
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
