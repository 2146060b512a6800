import { SourceError } from '../../common/errors.ts';
import { ruleIds, type RuleId } from '../../common/protocolProblems/catalogue/ruleIds.ts';
import type { Incoming } from './exchange.ts';

/** Receives a rule that a redirect violates, and its target without the query. */
export type RedirectReporter = (rule: RuleId, target: string) => void;

const redirecting = new Set([301, 302, 303, 307, 308]);
/** Browsers allow 20; an API should not need more than a few. */
const maxRedirects = 5;

/** These keep the method and the body of a request. */
const keepingMethod: ReadonlySet<number> = new Set([307, 308]);

/**
 * Returns the target of a redirect on the same origin; null if the response is not a redirect. A request that is not GET
 * follows only 307 and 308. Throws `SourceError` `invalidResponse` for every other redirect: credentials are sent only
 * to the origin they were saved for. `report`: receives what the redirect violates. `redact`: removes the secrets of the
 * request, which a server may repeat in the address.
 */
export function redirectTarget(
  { status, headers }: Pick<Incoming, 'status' | 'headers'>,
  method: string,
  from: URL,
  followed: number,
  report: RedirectReporter = () => undefined,
  redact: (text: string) => string = (text) => text,
): URL | null {
  const location = headers['location'];
  if (!redirecting.has(status) || location === undefined) return null;
  const refuse = (message: string, to?: URL) => {
    const address = to && addressOf(to);
    return new SourceError('invalidResponse', redact(message), {
      nextStep: 'editConnection',
      // A connection could not be edited to an address without a part of it.
      ...(address !== undefined && redact(address) === address
        ? { redirect: { from: addressOf(from), to: address } }
        : {}),
    });
  };
  if (!URL.canParse(location, from.href)) throw refuse(`${from.host} redirects to something that is not an address.`);
  const to = new URL(location, from);
  to.hash = '';
  if (to.origin !== from.origin) {
    report(ruleIds.redirectedToOtherOrigin, redact(addressOf(to)));
    const isHttp = to.protocol === 'http:' || to.protocol === 'https:';
    const where = isHttp ? to.origin : to.protocol;
    const message = `${from.origin} redirects to ${where}, and requests are not sent on to another place.`;
    throw refuse(message, isHttp ? to : undefined);
  }
  if (method !== 'GET' && !keepingMethod.has(status)) {
    report(ruleIds.redirectLosesPost, redact(`${status} ${to.pathname}`));
    const message = `${from.host} redirects to ${to.pathname} with status ${status}, which does not repeat the request.`;
    throw refuse(message, to);
  }
  if (followed >= maxRedirects) throw refuse(`${from.host} redirects without end.`);
  if (method !== 'GET') report(ruleIds.redirectedPost, redact(`${status} ${to.pathname}`));
  return to;
}

function addressOf({ origin, pathname }: URL): string {
  return `${origin}${pathname}`;
}
