import { withPlainUrls } from './plainUrl.ts';

// The one place that removes credentials from texts: `secretRedactor` and `exactRedactor` at the edges, where the secrets
// are known, `redact` for everything that is logged or shown.

/** The replacement for a secret. */
const mark = '•••';
/** OpenAI's keys and client secrets, also as the API itself masks them (`sk-proj-****abcd`). */
const keyPattern = String.raw`\b(?<key>[se]k)[-_](?:[\w\-*=+/.]|%[0-9A-Fa-f]{2}){3,}`;
/** Only words with a digit or padding, so that texts about "Bearer auth" stay readable. */
const authorizationPattern = String.raw`\b(?<scheme>Bearer|Basic)\s+(?=[^\s"',;]*[\d=])[^\s"',;]{8,}`;
/** Characters. Shorter values would match in ordinary texts. */
const minSecretLength = 4;

/**
 * Returns a function that removes secrets from a text: the given values in the forms in which a server may return them
 * (whole, without their scheme, percent-encoded, JSON-escaped), and anything that looks like a key or an authorization
 * header.
 */
export function secretRedactor(secrets: Iterable<string>): (text: string) => string {
  const known = [...secrets];
  const pattern = new RegExp([...formsOf(known), ...startsOf(known), keyPattern, authorizationPattern].join('|'), 'g');
  return (text) => text.replace(pattern, (...found) => replacement(found.at(-1) as Groups));
}

/**
 * Returns a function that removes the given values from a text, in the same forms as `secretRedactor`, and changes nothing
 * else: for data that must otherwise stay as it was received.
 */
export function exactRedactor(secrets: Iterable<string>): (text: string) => string {
  const known = [...secrets];
  const forms = formsOf(known);
  if (forms.length === 0) return (text) => text;
  const pattern = new RegExp([...forms, ...startsOf(known)].join('|'), 'g');
  return (text) => text.replace(pattern, mark);
}

/** Patterns of every form of the secrets, longest first: "Bearer abc" before "abc". */
function formsOf(secrets: Iterable<string>): readonly string[] {
  const forms = new Set<string>();
  for (const secret of secrets) {
    for (const value of [secret, secret.replace(/^(?:Bearer|Basic)\s+/i, '')]) {
      if (value.length < minSecretLength) continue;
      for (const form of [value, percentEncoded(value), JSON.stringify(value).slice(1, -1)]) forms.add(form);
    }
  }
  return [...forms].sort((a, b) => b.length - a.length).map(escapeForRegExp);
}

/** Characters of a secret that can be recognized before a cut; longer starts are not searched. */
const maxStart = 200;

/**
 * Patterns of the starts of secrets at the place where a text was cut, which `…` marks: labels and messages are shortened
 * before they reach the edge.
 */
function startsOf(secrets: Iterable<string>): readonly string[] {
  const starts = new Set<string>();
  for (const secret of secrets) {
    for (const value of [secret, secret.replace(/^(?:Bearer|Basic)\s+/i, '')]) {
      for (const form of [value, JSON.stringify(value).slice(1, -1)]) starts.add(form.slice(0, maxStart));
    }
  }
  return [...starts]
    .filter((start) => start.length > minSecretLength)
    .map((start) => {
      const first = start.slice(0, minSecretLength);
      const others = [...start.slice(minSecretLength, -1)].map((character) => `(?:${escapeForRegExp(character)}`);
      return `${escapeForRegExp(first)}${others.join('')}${')?'.repeat(others.length)}(?=…)`;
    });
}

/**
 * Masks anything that looks like a key, a client secret or an authorization header, and removes user info and queries
 * from URLs. The last four characters of a key remain, so that its owner recognizes it.
 */
export function redact(text: string): string {
  return withPlainUrls(text)
    .replace(/\b(sk|ek|rk)([-_])[\w*.-]{5,}[\w*]/g, (match, prefix: string, separator: string) => {
      const tail = /\w{4}$/.exec(match)?.[0] ?? '';
      return `${prefix}${separator}…${tail}`;
    })
    .replace(/\b(Bearer|Basic)\s+[\w~+/.=-]{6,}/gi, '$1 …');
}

/** Returns a secret in a form that its owner recognizes but that cannot be used: `sk-…a1b2`. Short secrets are hidden. */
export function mask(secret: string): string {
  if (secret.length < 12) return '…';
  const prefix = /^[a-z]{2,3}[-_]/.exec(secret)?.[0] ?? '';
  return `${prefix}…${secret.slice(-4)}`;
}

interface Groups {
  readonly key?: string;
  readonly scheme?: string;
}

function replacement({ key, scheme }: Groups): string {
  if (key !== undefined) return `${key}-${mark}`;
  return scheme === undefined ? mark : `${scheme} ${mark}`;
}

/** Returns a pattern that matches a text literally. */
export function escapeForRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

function percentEncoded(value: string): string {
  try {
    return encodeURIComponent(value);
  } catch {
    return value; // half a surrogate pair: it cannot be sent in a header either
  }
}
