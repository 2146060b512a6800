import type { ErrorKind } from '../errors.ts';

/** The kind of an answer outside 200–299, by its status alone (chatkit-api 4A.1). */
export function kindOfStatus(status: number): ErrorKind {
  switch (status) {
    case 401:
      return 'unauthorized';
    case 402:
      return 'quota';
    case 403:
    case 451:
      return 'forbidden';
    case 404:
    case 410:
      return 'notFound';
    case 407:
      return 'proxy';
    case 408:
    case 504:
      return 'timeout';
    case 409:
      return 'conflict';
    case 429:
      return 'rateLimited';
    default:
      if (status >= 500) return 'server';
      return status >= 400 ? 'invalidRequest' : 'invalidResponse';
  }
}
