const dataImage =
  /^data:image\/(?:png|jpe?g|gif|webp|avif|bmp|svg\+xml|x-icon|vnd\.microsoft\.icon)(?:;[a-z0-9=-]+)*,/i;

/** Where a picture comes from: inside the widget itself, or from a host. */
export type ImageSource = { readonly kind: 'data' } | { readonly kind: 'remote'; readonly host: string };

/** Reads an image address (chatkit-api 6.9): `https:` without credentials, or `data:image/*`. Undefined for all others. */
export function parseImageSource(src: string): ImageSource | undefined {
  if (dataImage.test(src)) return { kind: 'data' };
  if (!/^https:\/\//i.test(src) || !URL.canParse(src)) return undefined;
  const url = new URL(src);
  return url.protocol === 'https:' && url.username === '' ? { kind: 'remote', host: url.hostname } : undefined;
}

export function isImageSource(src: string): boolean {
  return parseImageSource(src) !== undefined;
}

/**
 * Whether a thread's `allowed_image_domains` let a host through: the host itself or one below it. Null sets no limit.
 * Entries may be written as `example.com`, `*.example.com` or a whole address.
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
