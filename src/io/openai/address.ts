import { SourceError } from '../../domain/errors.ts';

export type Query = Readonly<Record<string, string | number | undefined>>;

/**
 * The address of an operation. `base`: the connection's URL, with or without a trailing slash; `segments`: the path below
 * it, each percent-encoded (chatkit-api 1.3); `query`: left out where undefined. Throws `SourceError` kind
 * `invalidRequest` for a base that is not a URL and for an id that cannot stand in a path.
 */
export function operationUrl(base: string, segments: readonly string[], query: Query = {}): string {
  if (!URL.canParse(base)) {
    throw refused('The address of the connection is not a URL.');
  }
  const url = new URL(base);
  url.pathname = [url.pathname.replace(/\/+$/, ''), ...segments.map(encodeSegment)].join('/');
  const added = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`],
  );
  // The base may have a query of its own, e.g. a gateway's version.
  url.search = [url.search.replace(/^\?/, ''), ...added].filter((part) => part !== '').join('&');
  return url.href;
}

function encodeSegment(segment: string): string {
  // Encoding leaves dots alone, and `..` would climb to another operation.
  if (segment === '' || segment === '.' || segment === '..') throw refused(`"${segment}" cannot be an id.`);
  try {
    return encodeURIComponent(segment);
  } catch {
    throw refused('Half a character cannot be part of an id.');
  }
}

function refused(message: string): SourceError {
  return new SourceError('invalidRequest', message, { mayHaveArrived: false, nextStep: 'editConnection' });
}
