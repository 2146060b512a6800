const mark = '•••';
/** OpenAI's keys and client secrets, also as the API itself half-masks them (`sk-proj-****abcd`). */
const keyPattern = String.raw`\b(?<key>[se]k)[-_](?:[\w\-*=+/.]|%[0-9A-Fa-f]{2}){3,}`;
/** A word with a digit or padding, so that sentences about "Bearer auth" stay readable. */
const bearerPattern = String.raw`\b(?<scheme>Bearer|Basic)\s+(?=[^\s"',;]*[\d=])[^\s"',;]{8,}`;
/** Shorter values would turn every text into marks, and no secret is that short. */
const shortestSecret = 4;

/**
 * A function that takes secrets out of a text that is to be shown or logged: the given values in the forms in which a
 * server may echo them (whole, without their scheme, percent-encoded, JSON-escaped), and whatever looks like a key or an
 * authorization header.
 */
export function secretRedactor(secrets: Iterable<string>): (text: string) => string {
  const forms = new Set<string>();
  for (const secret of secrets) {
    for (const value of [secret, secret.replace(/^(?:Bearer|Basic)\s+/i, '')]) {
      if (value.length < shortestSecret) continue;
      for (const form of [value, percentEncoded(value), JSON.stringify(value).slice(1, -1)]) forms.add(form);
    }
  }
  // Longest first: "Bearer abc" before "abc". One expression for all, because every request's path goes through it.
  const longestFirst = [...forms].sort((a, b) => b.length - a.length).map(escapeForRegExp);
  const pattern = new RegExp([...longestFirst, keyPattern, bearerPattern].join('|'), 'g');
  return (text) => text.replace(pattern, (...found) => replacement(found.at(-1) as Groups));
}

interface Groups {
  readonly key?: string;
  readonly scheme?: string;
}

function replacement({ key, scheme }: Groups): string {
  if (key !== undefined) return `${key}-${mark}`;
  return scheme === undefined ? mark : `${scheme} ${mark}`;
}

function escapeForRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

function percentEncoded(value: string): string {
  try {
    return encodeURIComponent(value);
  } catch {
    return value; // half a surrogate pair: it cannot be sent in a header either
  }
}
