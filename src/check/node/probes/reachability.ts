import { lookup } from 'node:dns/promises';
import { toSourceError } from '../../../chatkit/common/errors.ts';
import type { HttpResponse, RouteInfo } from '../../../chatkit/node/transport/types.ts';
import { CheckEnd, type CheckRun } from '../run/checkRun.ts';
import { endOf } from '../run/sendCommand.ts';

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
  verdicts.setStep('NET105', isRefused ? 'failed' : 'passed', isRefused ? `The server answered ${status}.` : '');
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
