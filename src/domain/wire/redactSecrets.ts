const mark = '•••';
/** OpenAI's keys and client secrets, also as the API itself half-masks them (`sk-proj-****abcd`). */
const keyPattern = /\b(sk|ek)[-_](?:[A-Za-z0-9_\-*=+/.]|%[0-9A-Fa-f]{2}){3,}/g;
/** A word with a digit or padding, so that sentences about "Bearer auth" stay readable. */
const bearerPattern = /\b(Bearer|Basic)\s+(?=[^\s"',;]*[\d=])[^\s"',;]{8,}/gi;
/** Shorter values would turn every text into marks, and no secret is that short. */
const shortestSecret = 4;

/**
 * A function that takes secrets out of a text that is to be shown or logged: the given values in the forms in which a
 * server may echo them (whole, without their scheme, percent-encoded, JSON-escaped), and whatever looks like a
 * key or an authorization header.
 */
export function secretRedactor(secrets: Iterable<string>): (text: string) => string {
  const forms = new Set<string>();
  for (const secret of secrets) {
    const bare = secret.replace(/^(?:Bearer|Basic)\s+/i, '');
    for (const value of [secret, bare]) {
      if (value.length < shortestSecret) continue;
      for (const form of [value, percentEncoded(value), JSON.stringify(value).slice(1, -1)]) {
        forms.add(form);
      }
    }
  }
  // Longest first: "Bearer abc" before "abc".
  const longestFirst = [...forms].sort((a, b) => b.length - a.length);
  return (text) => {
    let clean = text;
    for (const form of longestFirst) clean = clean.replaceAll(form, mark);
    return clean.replace(keyPattern, `$1-${mark}`).replace(bearerPattern, `$1 ${mark}`);
  };
}

function percentEncoded(value: string): string {
  // Half a surrogate pair cannot be encoded; it cannot be sent in a header either.
  return /\p{Cs}/u.test(value) ? value : encodeURIComponent(value);
}
