import { domainToUnicode } from 'node:url';
import { isAllowedHost } from '../common/grammar/imageSource.ts';
import { SourceError } from '../../chatkit/common/errors.ts';
import { isLoopback } from '../../chatkit/common/connection.ts';
import { namesUrl } from '../../base/common/namesUrl.ts';
import type { ThreadItem } from '../../chatkit/common/model/item.ts';
import type { ImagePolicy } from '../../chatkit/common/imagePolicy.ts';
import type { Transport } from '../../chatkit/node/transport/types.ts';

// The page may load nothing from anywhere; the host fetches an image for it when somebody asks for one. So nothing that
// gets into a page, whatever gets into it, can send anything out; and pictures of a server on a remote machine's
// loopback can be seen, which a browser on another machine could not reach.

/** What a browser draws. SVG too: as an image it runs no script and loads nothing. */
const imageTypes = /^image\/(?:png|jpeg|gif|webp|avif|bmp|x-icon|vnd\.microsoft\.icon|svg\+xml)$/;
const maxBytes = 20 * 1024 * 1024;

/** The user's setting, as it counts for content that comes from a live connection, or from a file. */
export function imagePolicy(setting: ImagePolicy, isLive: boolean): ImagePolicy {
  return setting === 'always' && !isLive ? 'ask' : setting;
}

export interface ImageLimits {
  readonly policy: ImagePolicy;
  /** The thread's `allowed_image_domains` (chatkit-api 5.4). */
  readonly domains: readonly string[] | null;
}

/**
 * An image of an item as a `data:` URL; `url` null: the image that the item is. Throws `SourceError`: `notFound` where
 * there is none, and see `fetchNamedImage`.
 */
export async function imageOfItem(
  transport: Pick<Transport, 'request'>,
  item: ThreadItem,
  url: string | null,
  limits: ImageLimits,
  signal: AbortSignal,
): Promise<string> {
  const address = url ?? (item.kind === 'generated_image' ? item.image?.url : undefined);
  if (address === undefined) throw new SourceError('notFound', 'The item has no image.');
  if (address.startsWith('data:image/')) return address;
  return fetchNamedImage(transport, item, address, limits, signal);
}

/**
 * Fetches an image that `content` names, so that a page can ask for no other address than those it was given. Throws
 * `SourceError`: `withheld` where images are off or `content` does not name the URL, and see `fetchImage`.
 */
export async function fetchNamedImage(
  transport: Pick<Transport, 'request'>,
  content: unknown,
  url: string,
  { policy, domains }: ImageLimits,
  signal: AbortSignal,
): Promise<string> {
  if (policy === 'never') throw new SourceError('withheld', 'Images are turned off.', { nextStep: 'none' });
  if (!namesUrl(content, url, unicodeHosts(url))) {
    throw new SourceError('withheld', 'The content does not contain the URL of this image.', { nextStep: 'none' });
  }
  return fetchImage(transport, url, domains, signal);
}

/** The host of a URL in letters of its own language, where the URL has it in the form of the name system. */
function unicodeHosts(url: string): readonly string[] {
  const hostname = URL.canParse(url) ? new URL(url).hostname : '';
  return hostname.includes('xn--') && url.includes(`://${hostname}`) ? [domainToUnicode(hostname)] : [];
}

/**
 * Fetches an image, without credentials, as a `data:` URL. `domains` are the thread's `allowed_image_domains` (chatkit-api
 * 5.4). Throws `SourceError`: `withheld` for an address that must not be asked, `tooLarge` above 20 MiB,
 * `invalidResponse` for what is not an image.
 */
export async function fetchImage(
  transport: Pick<Transport, 'request'>,
  url: string,
  domains: readonly string[] | null,
  signal: AbortSignal,
): Promise<string> {
  const { host, hostname } = checkAddress(url);
  if (!isAllowedHost(hostname, domains)) {
    throw new SourceError('withheld', `The thread does not allow images from ${host}.`, { host, nextStep: 'none' });
  }
  const { status, headers, body } = await transport.request({
    method: 'GET',
    url,
    headers: { accept: 'image/*' },
    secretHeaders: {},
    retry: 'idempotent',
    signal,
    label: 'image',
  });
  if (status < 200 || status > 299) {
    const kind = status === 404 ? 'notFound' : 'invalidResponse';
    throw new SourceError(kind, `${host} answered with status ${status}.`, { status, host });
  }
  if (body.byteLength > maxBytes) throw new SourceError('tooLarge', 'The image is larger than 20 MB.', { host });
  const type = headers['content-type']?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (!imageTypes.test(type)) {
    throw new SourceError('invalidResponse', `${host} answered with ${type === '' ? 'no type' : type}, not an image.`, {
      host,
    });
  }
  return `data:${type};base64,${Buffer.from(body).toString('base64')}`;
}

/** `https:`, or plain `http:` to this machine; never with a password in it. */
function checkAddress(url: string): URL {
  const address = URL.canParse(url) ? new URL(url) : undefined;
  const safe = address?.protocol === 'https:' || (address?.protocol === 'http:' && isLoopback(url));
  if (address === undefined || !safe || address.username !== '' || address.password !== '') {
    throw new SourceError('withheld', 'Only images from https: addresses are loaded.', { nextStep: 'none' });
  }
  return address;
}
