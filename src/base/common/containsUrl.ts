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
