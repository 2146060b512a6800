import * as l10n from '@vscode/l10n';
import { domainToUnicode } from 'node:url';
import { isAllowedHost } from '../common/grammar/imageSource.ts';
import { SourceError } from '../../chatkit/common/errors.ts';
import { type ImagePolicy, isLoopback } from '../../chatkit/common/connection.ts';
import { containsUrl } from '../../base/common/plainUrl.ts';
import type { ThreadItem } from '../../chatkit/common/model/item.ts';
import type { Transport } from '../../chatkit/node/transport/types.ts';

// A webview cannot load anything from the network; the host fetches images for it. Injected content therefore cannot send
// data to another host. In a remote workspace, images of a server on the loopback of the remote machine are available too.

/** Image types of browsers. SVG is included: as an image it neither runs scripts nor loads anything. */
const imageTypes = /^image\/(?:png|jpeg|gif|webp|avif|bmp|x-icon|vnd\.microsoft\.icon|svg\+xml)$/;
const maxBytes = 20 * 1024 * 1024;

/** Returns the effective policy: images of files are never loaded without a click. */
export function imagePolicy(setting: ImagePolicy, isLive: boolean): ImagePolicy {
  return setting === 'always' && !isLive ? 'ask' : setting;
}

interface ImageLimits {
  readonly policy: ImagePolicy;
  /** `allowed_image_domains` of the thread (chatkit-api 5.4); null: all. */
  readonly domains: readonly string[] | null;
}

/**
 * Returns an image of an item as a `data:` URL; with `url` null the image of a generated-image item.
 *
 * @throws {SourceError} `notFound` if there is no image, and the errors of `fetchNamedImage`.
 */
export async function imageOfItem(
  transport: Pick<Transport, 'request'>,
  item: ThreadItem,
  url: string | null,
  limits: ImageLimits,
  signal: AbortSignal,
): Promise<string> {
  const address = url ?? (item.kind === 'generated_image' ? item.image?.url : undefined);
  if (address === undefined) throw new SourceError('notFound', l10n.t('The item has no image.'));
  if (address.startsWith('data:image/')) return address;
  return fetchNamedImage(transport, item, address, limits, signal);
}

/**
 * Fetches an image whose URL occurs in `content`, so that a webview can only request URLs that it received. Returns a `data:`
 * URL.
 *
 * @throws {SourceError} `withheld` if images are turned off or `content` does not contain the URL, and the errors of
 *   `fetchImage`.
 */
export async function fetchNamedImage(
  transport: Pick<Transport, 'request'>,
  content: unknown,
  url: string,
  { policy, domains }: ImageLimits,
  signal: AbortSignal,
): Promise<string> {
  if (policy === 'never') throw new SourceError('withheld', l10n.t('Images are turned off.'), { nextStep: 'none' });
  if (!containsUrl(content, url, unicodeHosts(url))) {
    throw new SourceError('withheld', l10n.t('The content does not contain the URL of this image.'), {
      nextStep: 'none',
    });
  }
  return fetchImage(transport, url, domains, signal);
}

/** The Unicode form of an internationalized host name that the URL has in its ASCII form. */
function unicodeHosts(url: string): readonly string[] {
  const hostname = URL.canParse(url) ? new URL(url).hostname : '';
  return hostname.includes('xn--') && url.includes(`://${hostname}`) ? [domainToUnicode(hostname)] : [];
}

/**
 * Fetches an image without credentials and returns it as a `data:` URL. `domains` are the `allowed_image_domains` of the thread
 * (chatkit-api 5.4).
 *
 * @throws {SourceError} `withheld` for a URL that must not be requested, `tooLarge` above 20 MiB, `notFound` for status 404,
 *   `invalidResponse` for another error status or a response that is not an image.
 */
export async function fetchImage(
  transport: Pick<Transport, 'request'>,
  url: string,
  domains: readonly string[] | null,
  signal: AbortSignal,
): Promise<string> {
  const { host, hostname } = checkAddress(url);
  if (!isAllowedHost(hostname, domains)) {
    throw new SourceError('withheld', l10n.t('The thread does not allow images from {0}.', host), {
      host,
      nextStep: 'none',
    });
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
    throw new SourceError(kind, `${host} returned an error (${status}).`, { status, host });
  }
  if (body.byteLength > maxBytes)
    throw new SourceError('tooLarge', l10n.t('The image is larger than 20 MB.'), { host });
  const type = headers['content-type']?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (!imageTypes.test(type)) {
    throw new SourceError(
      'invalidResponse',
      `${host} returned ${type === '' ? 'no content type' : type} instead of an image.`,
      {
        host,
      },
    );
  }
  return `data:${type};base64,${Buffer.from(body).toString('base64')}`;
}

/** Accepts `https:`, and `http:` on this machine, without credentials in the URL. */
function checkAddress(url: string): URL {
  const address = URL.canParse(url) ? new URL(url) : undefined;
  const safe = address?.protocol === 'https:' || (address?.protocol === 'http:' && isLoopback(url));
  if (address === undefined || !safe || address.username !== '' || address.password !== '') {
    throw new SourceError(
      'withheld',
      l10n.t('Only images with an https: URL, or an http: URL of this machine, are loaded.'),
      {
        nextStep: 'none',
      },
    );
  }
  return address;
}
