// Query strings and user info hold keys, signatures of uploads and personal data. This file is the one place that takes
// them from logs, exports and reports.

/** Parameters of lists (chatkit-api 1.4), whose values the log may show. */
const shownParameters: ReadonlySet<string> = new Set(['limit', 'order', 'after', 'before']);

/** Replaces removed parts. */
const removed = '…';

/**
 * A URL anywhere in a text, also one with the escaped slashes of JSON: scheme, user info, host and path, query and
 * fragment. The scheme has an upper limit, so that the search stays linear.
 */
const urlInText = /\b([a-z][a-z0-9+.-]{0,30}:(?:\\?\/){2})(?:[^\s/?#"<>]*@)?([^\s?#"<>]*)([?#][^\s"<>]*)?/gi;

/** A path may hold a whole URL. */
const nestedUserInfo = /(:(?:\\?\/){2})[^/]*@/g;

/** A text whose URLs have no user info, query or fragment; `?…` marks a removed query. */
export function withPlainUrls(text: string): string {
  return text.replace(urlInText, (_url, scheme: string, hostAndPath: string, rest: string | undefined) => {
    const plain = hostAndPath.replace(nestedUserInfo, '$1');
    return `${scheme}${plain}${rest === undefined ? '' : `${rest[0]}${removed}`}`;
  });
}

/** Scheme, host and path of a URL; an empty text if it is not a URL with a host. */
export function plainUrl(url: string): string {
  if (!URL.canParse(url)) return '';
  const { origin, pathname } = new URL(url);
  return origin === 'null' ? '' : `${origin}${pathname}`;
}

/** Path and query of a request as the log shows them: of parameters that are not those of a list, only the name. */
export function loggedPath({ pathname, searchParams }: URL): string {
  const query = [...searchParams].map(([name, value]) => {
    const shown = encodeURIComponent(name);
    return `${shown}=${shownParameters.has(name) ? encodeURIComponent(value) : removed}`;
  });
  return query.length === 0 ? pathname : `${pathname}?${query.join('&')}`;
}
