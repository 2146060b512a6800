import { withPlainUrls } from '../common/plainUrl.ts';

/**
 * Masks whatever looks like a key or a client secret, and removes user info and queries from URLs. Nothing that is logged or shown should hold one; servers quote
 * them in their error messages, so every sentence that came from outside passes through here.
 */
export function redact(text: string): string {
  return withPlainUrls(text)
    .replace(/\b(sk|ek|rk)([-_])[\w*.-]{5,}[\w*]/g, (match, prefix: string, separator: string) => {
      const tail = /\w{4}$/.exec(match)?.[0] ?? '';
      return `${prefix}${separator}…${tail}`;
    })
    .replace(/\b(Bearer|Basic)\s+[\w~+/.=-]{6,}/gi, '$1 …');
}

/** A secret as people recognise it without being able to use it: `sk-…a1b2`. Short ones show nothing of themselves. */
export function mask(secret: string): string {
  if (secret.length < 12) return '…';
  const prefix = /^[a-z]{2,3}[-_]/.exec(secret)?.[0] ?? '';
  return `${prefix}…${secret.slice(-4)}`;
}
