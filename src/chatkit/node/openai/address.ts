import { SourceError } from '../../common/errors.ts';

export type Query = Readonly<Record<string, string | number | undefined>>;

/** The URLs of a connection's operations. */
export interface Address {
  readonly origin: string;
  /** `host` or `host:port`. */
  readonly host: string;
  /**
   * Returns the URL of an operation. `segments`: the path below the base; each segment is percent-encoded (chatkit-api
   * 1.3). `query`: undefined parameters are omitted. Throws `SourceError` kind `invalidRequest` when an ID is not a
   * valid path segment.
   */
  operation(segments: readonly string[], query?: Query): string;
}

/**
 * Parses a connection's base URL, with or without a trailing slash. It can have a query, which some gateways require.
 * Throws `SourceError` kind `invalidRequest` when the text is not a URL.
 */
export function parseAddress(base: string): Address {
  if (!URL.canParse(base)) throw refused('The address of the connection is not a URL.');
  const url = new URL(base);
  const { origin, host } = url;
  const ownQuery = url.search.slice(1);
  url.search = '';
  url.hash = '';
  const prefix = url.href.replace(/\/+$/, '');
  return {
    origin,
    host,
    operation(segments, query = {}) {
      const path = segments.map((segment) => `/${encodeSegment(segment)}`).join('');
      const parts = ownQuery === '' ? [] : [ownQuery];
      for (const [name, value] of Object.entries(query)) {
        if (value !== undefined) parts.push(`${name}=${encodeURIComponent(value)}`);
      }
      return parts.length === 0 ? prefix + path : `${prefix}${path}?${parts.join('&')}`;
    },
  };
}

function encodeSegment(segment: string): string {
  // Percent-encoding does not change dots, and `..` would lead to another operation.
  if (segment === '' || segment === '.' || segment === '..') throw refused(`"${segment}" cannot be an id.`);
  try {
    return encodeURIComponent(segment);
  } catch {
    throw refused('An id cannot contain an incomplete character.');
  }
}

function refused(message: string): SourceError {
  return new SourceError('invalidRequest', message, { mayHaveArrived: false, nextStep: 'editConnection' });
}
