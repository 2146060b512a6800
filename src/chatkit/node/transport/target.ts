import { isLoopback } from '../../common/connection.ts';
import { SourceError } from '../../common/errors.ts';
import type { TransportSettings } from './types.ts';

/**
 * Returns the URL of a request if sending is allowed. Throws `SourceError` `invalidRequest` when it is not an http or
 * https URL, and `withheld` when it is plain http to a host that is not loopback, unless the user allowed it.
 */
export function checkedTarget(address: string, { allowInsecureHttp }: TransportSettings): URL {
  if (!URL.canParse(address)) {
    throw notSent('invalidRequest', 'The address of the connection is not a URL.');
  }
  const url = new URL(address);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw notSent('invalidRequest', 'The address of the connection has to begin with https:// or http://.');
  }
  if (url.username !== '' || url.password !== '') {
    throw notSent(
      'withheld',
      'The address of the connection holds a user name or password, which do not belong there.',
    );
  }
  if (url.protocol === 'http:' && !isLoopback(url.href) && !allowInsecureHttp(url.origin)) {
    throw new SourceError('withheld', `Nothing was sent, because ${url.host} would get it unencrypted (http).`, {
      host: url.host,
      mayHaveArrived: false,
      nextStep: 'allowInsecureHttp',
    });
  }
  url.hash = '';
  return url;
}

function notSent(kind: 'invalidRequest' | 'withheld', message: string): SourceError {
  return new SourceError(kind, message, { mayHaveArrived: false, nextStep: 'editConnection' });
}
