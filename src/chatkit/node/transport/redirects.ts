import { SourceError } from '../../common/errors.ts';
import type { Incoming } from './exchange.ts';

const redirecting = new Set([301, 302, 303, 307, 308]);
/** Browsers allow 20; an API should not need more than a few. */
const maxRedirects = 5;

/**
 * Returns the target of a GET redirect on the same origin; null if the response is not a redirect. Throws `SourceError`
 * `invalidResponse` for every other redirect: credentials are sent only to the origin they were saved for, and data is
 * posted only to the configured URL.
 */
export function redirectTarget(
  { status, headers }: Pick<Incoming, 'status' | 'headers'>,
  method: string,
  from: URL,
  followed: number,
): URL | null {
  const location = headers['location'];
  if (!redirecting.has(status) || location === undefined) return null;
  const refuse = (message: string) => new SourceError('invalidResponse', message, { nextStep: 'editConnection' });
  if (!URL.canParse(location, from.href)) throw refuse(`${from.host} redirects to something that is not an address.`);
  const to = new URL(location, from);
  to.hash = '';
  if (to.origin !== from.origin) {
    const where = to.protocol === 'http:' || to.protocol === 'https:' ? to.origin : to.protocol;
    throw refuse(`${from.origin} redirects to ${where}, and requests are not sent on to another place.`);
  }
  if (method !== 'GET') throw refuse(`${from.host} redirects this request, which may not be repeated elsewhere.`);
  if (followed >= maxRedirects) throw refuse(`${from.host} redirects without end.`);
  return to;
}
