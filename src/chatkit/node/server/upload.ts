import { randomUUID } from 'node:crypto';
import { SourceError } from '../../common/errors.ts';
import type { Attachment } from '../../common/model/content.ts';
import type { AttachmentFile } from '../../common/stream/conversationApi.ts';
import { attachmentSchema, toAttachment } from '../../common/wire/openai/userMessage.ts';
import { readWith } from '../../common/wire/readWith.ts';
import { createdAttachmentSchema, type CreatedAttachment } from '../../common/wire/server/attachment.ts';
import type { WireCommand } from '../../common/wire/server/command.ts';
import { isLocalUrl } from '../transport/localAddress.ts';
import { localAddress } from '../transport/lookup.ts';
import type { JsonResponse, ServerClient } from './client.ts';

/**
 * Uploads in two phases (chatkit-api 5.8): `create` announces the file, and the response contains the upload URL. This
 * can be on another origin and require additional headers. The user must confirm another origin, and a server on the
 * Internet cannot use an address of this computer or its network. Throws `SourceError` kind `withheld` when the file is
 * not sent.
 */
export async function uploadInTwoPhases(
  client: ServerClient,
  create: (command: WireCommand) => Promise<JsonResponse>,
  file: AttachmentFile,
  signal: AbortSignal,
): Promise<Attachment> {
  const params = { name: file.name, size: file.bytes.byteLength, mime_type: file.mimeType };
  const { json, details } = await create({ type: 'attachments.create', params });
  const created = readWith(createdAttachmentSchema, json, 'an attachment', details);
  const target = targetOf(created);
  if (target === null) {
    throw new SourceError('invalidResponse', 'The server does not say where to upload the file to.', details);
  }
  await checkTarget(client, target.url, file.name, signal);
  const publicOnly = !client.isOwn(target.url) && !client.isLocal;
  await client.deliver(await multipartRequest(client, file, signal, { ...target, publicOnly }));
  return toAttachment(created);
}

/** Uploads directly to the configured URL, whose response is the attachment. */
export async function uploadDirectly(
  client: ServerClient,
  url: string,
  file: AttachmentFile,
  signal: AbortSignal,
): Promise<Attachment> {
  const { json, details } = await client.send(await multipartRequest(client, file, signal, { url }));
  return toAttachment(readWith(attachmentSchema, json, 'an attachment', details));
}

interface Target {
  readonly url: string;
  readonly method?: 'POST' | 'PUT' | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** See `HttpRequest.publicOnly`. */
  readonly publicOnly?: boolean;
}

/**
 * Headers that an upload descriptor cannot set, because the client controls them, as in browsers (Fetch standard,
 * forbidden request-headers).
 */
const ownHeader =
  /^(?:accept-charset|accept-encoding|access-control-.*|connection|content-length|cookie2?|date|dnt|expect|host|keep-alive|origin|proxy-.*|referer|sec-.*|set-cookie|te|trailer|transfer-encoding|upgrade|via)$/;

async function checkTarget(client: ServerClient, url: string, fileName: string, signal: AbortSignal): Promise<void> {
  const target = parsedUrl(url);
  if (client.isOwn(url)) return;
  if (isLocalUrl(target) && !client.isLocal) throw localAddress(target.host);
  if (await client.confirmUpload({ fileName, origin: target.origin })) return signal.throwIfAborted();
  throw new SourceError('withheld', `The file was not sent to ${target.origin}.`, {
    host: target.host,
    mayHaveArrived: false,
    nextStep: 'none',
  });
}

function parsedUrl(url: string): URL {
  if (/^https?:/i.test(url) && URL.canParse(url)) return new URL(url);
  throw new SourceError('invalidResponse', 'The address to upload to is not an http or https URL.', {
    mayHaveArrived: false,
  });
}

function targetOf({ upload_descriptor: descriptor, upload_url: url }: CreatedAttachment): Target | null {
  if (descriptor) {
    return { url: descriptor.url, method: descriptor.method ?? undefined, headers: descriptor.headers ?? undefined };
  }
  return url ? { url } : null;
}

async function multipartRequest(
  client: ServerClient,
  file: AttachmentFile,
  signal: AbortSignal,
  { url, method = 'POST', headers = {}, publicOnly = false }: Target,
) {
  parsedUrl(url);
  const boundary = `----chatkit-inspector-${randomUUID()}`;
  const own = Object.entries(headers)
    .map(([name, value]) => [name.trim().toLowerCase(), value] as const)
    .filter(([name]) => !ownHeader.test(name));
  return {
    method,
    url,
    headers: {
      accept: 'application/json',
      'content-type': `multipart/form-data; boundary=${boundary}`,
      ...client.userFor(url),
    },
    // The headers of a descriptor can contain credentials, so they are sent only to this URL.
    secretHeaders: { ...(await client.secretsFor(url)), ...Object.fromEntries(own) },
    body: multipart(boundary, file),
    retry: 'never' as const,
    signal,
    label: 'upload',
    publicOnly,
  };
}

function multipart(boundary: string, { name, mimeType, bytes }: AttachmentFile): Uint8Array {
  const quoted = name.replace(/["\r\n]/g, (character) => encodeURIComponent(character));
  const type = /^[\w.+-]+\/[\w.+-]+(;[\x20-\x7e]*)?$/.test(mimeType) ? mimeType : 'application/octet-stream';
  const head = [
    `--${boundary}`,
    `content-disposition: form-data; name="file"; filename="${quoted}"`,
    `content-type: ${type}`,
    '',
    '',
  ];
  return Buffer.concat([Buffer.from(head.join('\r\n'), 'utf8'), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]);
}
