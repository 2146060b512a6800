import type { SourceError } from '../../chatkit/common/errors.ts';

/**
 * True when a session may have been created although create failed: the request can have reached the server, and no
 * answer refused it. There is no way to look (chatkit-api 0.3), so this has to be said before anybody tries again.
 */
export function mayExist({ kind, details }: SourceError): boolean {
  if (details.mayHaveArrived === false) return false;
  switch (kind) {
    case 'network':
    case 'tls':
    case 'proxy':
    case 'timeout':
    case 'server':
    case 'tooLarge':
    case 'invalidResponse':
    case 'cancelled':
      return true;
    case 'unauthorized':
    case 'forbidden':
    case 'notFound':
    case 'invalidRequest':
    case 'conflict':
    case 'rateLimited':
    case 'quota':
    case 'withheld':
      return false;
  }
}
