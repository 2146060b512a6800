// Query strings and user info can contain keys, upload signatures and personal data. Only this file removes them from
// logs, exports and reports.

/** List parameters (chatkit-api 1.4). The log shows their values. */
const shownParameters: ReadonlySet<string> = new Set(['limit', 'order', 'after', 'before']);

/** Replaces removed parts. */
const removed = '…';

/**
 * Matches a URL anywhere in a text, including one with JSON-escaped slashes: scheme, user info, host and path, query
 * and fragment. The length of the scheme is limited, so that the search is linear.
 */
const urlInText = /\b([a-z][a-z0-9+.-]{0,30}:(?:\\?\/){2})(?:[^\s/?#"<>]*@)?([^\s?#"<>]*)([?#][^\s"<>]*)?/gi;

/** A path can contain a whole URL. */
const nestedUserInfo = /(:(?:\\?\/){2})[^/]*@/g;

/** Returns a text in which URLs have no user info, query or fragment. `?…` marks a removed query. */
export function withPlainUrls(text: string): string {
  return text.replace(urlInText, (_url, scheme: string, hostAndPath: string, rest: string | undefined) => {
    const plain = hostAndPath.replace(nestedUserInfo, '$1');
    return `${scheme}${plain}${rest === undefined ? '' : `${rest[0]}${removed}`}`;
  });
}

/** Returns the scheme, host and path of a URL. Empty if the text is not a URL with a host. */
export function plainUrl(url: string): string {
  if (!URL.canParse(url)) return '';
  const { origin, pathname } = new URL(url);
  return origin === 'null' ? '' : `${origin}${pathname}`;
}

/** Returns the path and query of a request for the log. Only list parameters are shown with their values. */
export function loggedPath({ pathname, searchParams }: URL): string {
  const query = [...searchParams].map(([name, value]) => {
    const shown = encodeURIComponent(name);
    return `${shown}=${shownParameters.has(name) ? encodeURIComponent(value) : removed}`;
  });
  return query.length === 0 ? pathname : `${pathname}?${query.join('&')}`;
}
