import { SourceError } from '../../common/errors.ts';

export type Query = Readonly<Record<string, string | number | undefined>>;

/** Where the operations of a connection are. */
export interface Address {
  readonly origin: string;
  /** `host` or `host:port`. */
  readonly host: string;
  /**
   * The address of an operation. `segments`: the path below the base, each percent-encoded (chatkit-api 1.3); `query`: left
   * out where undefined. Throws `SourceError` kind `invalidRequest` for an id that cannot stand in a path.
   */
  operation(segments: readonly string[], query?: Query): string;
}

/**
 * Reads a connection's base URL, with or without a trailing slash, and with a query of its own where a gateway wants one.
 * Throws `SourceError` kind `invalidRequest` for what is not a URL.
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
