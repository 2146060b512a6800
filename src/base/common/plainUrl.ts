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

/**
 * Returns whether any text in plain data contains a URL. Rendered Markdown contains percent-encoded URLs, with `&amp;`
 * and backslashes resolved; these forms are found too. `hosts`: other spellings of the host of `url`. Never throws;
 * reads nesting of any depth.
 */
export function containsUrl(data: unknown, url: string, hosts: readonly string[] = []): boolean {
  const forms = formsOf(url, hosts);
  const waiting: unknown[] = [data];
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (typeof value === 'string') {
      const texts = value.includes('\\') ? [value, value.replaceAll(markdownEscape, '$1')] : [value];
      if (forms.some((form) => texts.some((text) => hasWhole(text, form)))) return true;
    } else if (typeof value === 'object' && value !== null) {
      for (const field of Object.values(value)) waiting.push(field);
    }
  }
  return false;
}

const markdownEscape = /\\([!-/:-@[-`{-~])/g;

/** Matches the text after a URL. A longer URL with the same start is a different URL. */
const afterUrl = /^(?:$|[\s)>"'\]\\])/;

function hasWhole(text: string, url: string): boolean {
  for (let at = text.indexOf(url); at >= 0; at = text.indexOf(url, at + url.length)) {
    if (afterUrl.test(text.slice(at + url.length, at + url.length + 1))) return true;
  }
  return false;
}

/** Returns the spellings of a URL. Each is encoded again for comparison, so that no other spelling passes. */
function formsOf(url: string, hosts: readonly string[]): readonly string[] {
  if (url === '') return [];
  const decoded = [url, decodedOf(url)].filter((form) => form === url || encoded(form) === url);
  const named = decoded.flatMap((form) => [form, ...hosts.map((host) => withHost(form, host))]);
  return [...new Set(named.flatMap((form) => [form, form.replaceAll('&', '&amp;')]))];
}

function decodedOf(url: string): string {
  try {
    return decodeURI(url);
  } catch {
    return url;
  }
}

/** Encodes a URL as Markdown does: existing percent-encoding is unchanged. */
function encoded(text: string): string {
  try {
    return encodeURI(text).replaceAll(/%25(?=[0-9a-f]{2})/gi, '%');
  } catch {
    return text;
  }
}

function withHost(url: string, host: string): string {
  return url.replace(/^(https?:\/\/)[^/?#:]*/i, (_all, scheme: string) => `${scheme}${host}`);
}

/** What opening a link needs of the editor. */
export interface LinkOpener {
  /** Asks before a message to `address` is written. */
  confirmMail(address: string): Promise<boolean>;
  /** Opens an address outside the editor, which asks first where it does not trust the host of an `https:` address. */
  open(href: string): Promise<unknown>;
}

/**
 * Opens a link of a webview. The editor asks by itself before it opens `https:`, but not before `mailto:`, so this
 * does. Ignores all other schemes.
 */
export async function openLink(url: string, opener: LinkOpener): Promise<void> {
  const address = URL.canParse(url) ? new URL(url) : undefined;
  if (address?.protocol === 'https:') {
    await opener.open(address.href);
  } else if (address?.protocol === 'mailto:' && (await opener.confirmMail(address.href.slice('mailto:'.length)))) {
    await opener.open(address.href);
  }
}
