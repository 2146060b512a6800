import { isLoopback } from '../../../chatkit/common/connection.ts';

const dataImage =
  /^data:image\/(?:png|jpe?g|gif|webp|avif|bmp|svg\+xml|x-icon|vnd\.microsoft\.icon)(?:;[a-z0-9=-]+)*,/i;

/** Where an image is loaded from: the widget itself or a host. */
type ImageSource = { readonly kind: 'data' } | { readonly kind: 'remote'; readonly host: string };

/**
 * Parses an image URL (chatkit-api 6.9): `https:` without credentials, `http:` on this machine, where browsers load it too, or
 * `data:image/*`. Undefined for all others.
 */
export function parseImageSource(src: string): ImageSource | undefined {
  if (dataImage.test(src)) return { kind: 'data' };
  if (!/^https?:\/\//i.test(src) || !URL.canParse(src)) return undefined;
  const url = new URL(src);
  const isSafe = (url.protocol === 'https:' || isLoopback(src)) && url.username === '' && url.password === '';
  return isSafe ? { kind: 'remote', host: url.hostname } : undefined;
}

/** Returns whether an image may be loaded from a URL, see `parseImageSource`. */
export function isImageSource(src: string): boolean {
  return parseImageSource(src) !== undefined;
}

/**
 * Whether the `allowed_image_domains` of a thread allow a host: an entry allows itself and its subdomains. Null allows all.
 * Entries may have the form `example.com`, `*.example.com` or that of a URL.
 */
export function isAllowedHost(host: string, domains: readonly string[] | null): boolean {
  if (domains === null) return true;
  const name = host.toLowerCase();
  return domains.some((entry) => {
    const domain = entry
      .trim()
      .toLowerCase()
      .replace(/^https?:\/\//, '')
      .replace(/^\*\./, '')
      .replace(/[/:].*$/, '');
    return domain !== '' && (name === domain || name.endsWith(`.${domain}`));
  });
}
