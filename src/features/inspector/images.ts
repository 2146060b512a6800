import { isAllowedHost } from '../../domain/widgets/imageSource.ts';
import { SourceError } from '../../domain/errors.ts';
import { isLoopback } from '../../domain/connection.ts';
import type { Transport } from '../../io/transport/types.ts';

// The page may load nothing from anywhere; the host fetches an image for it when somebody asks for one. So nothing that
// gets into a page, whatever gets into it, can send anything out; and pictures of a server on a remote machine's
// loopback can be seen, which a browser on another machine could not reach.

/** What a browser draws. SVG too: as an image it runs no script and loads nothing. */
const imageTypes = /^image\/(?:png|jpeg|gif|webp|avif|bmp|x-icon|vnd\.microsoft\.icon|svg\+xml)$/;
const maxBytes = 20 * 1024 * 1024;

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
