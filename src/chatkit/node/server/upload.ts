import * as l10n from '@vscode/l10n';
import { randomUUID } from 'node:crypto';
import { SourceError, isSourceError } from '../../common/errors.ts';
import type { Attachment } from '../../common/model/content.ts';
import type { AttachmentFile } from '../../common/stream/conversationApi.ts';
import { ruleIds } from '../../common/protocolProblems/catalogue/ruleIds.ts';
import { type UploadTarget, readAttachment, readCreatedAttachment } from '../../common/wire/server/attachment.ts';
import type { WireCommand } from '../../common/wire/server/command.ts';
import { isLocalUrl, localAddress } from '../transport/localAddress.ts';
import type { HttpRequest } from '../transport/types.ts';
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
  const command = { type: 'attachments.create', params };
  const { json, details } = await create(command);
  const report = client.reportFor(command);
  const { attachment, target } = readCreatedAttachment(json, details, report);
  if (parsedUrl(target.url) === null) {
    report(ruleIds.uploadUrlInvalid, { field: 'upload_descriptor.url' }, target.url);
    throw notUrl();
  }
  await checkTarget(client, target.url, file.name, signal);
  const publicOnly = !client.isOwn(target.url) && !client.isLocal;
  try {
    await client.deliver(await uploadRequest(client, file, signal, { ...target, publicOnly }), report);
  } catch (error) {
    if (isSourceError(error) && error.details.status !== undefined) {
      report(ruleIds.uploadRefused, { field: 'upload_descriptor' }, error.message);
    }
    throw error;
  }
  return attachment;
}

/** Uploads directly to the configured URL, whose response is the attachment. */
export async function uploadDirectly(
  client: ServerClient,
  url: string,
  file: AttachmentFile,
  signal: AbortSignal,
): Promise<Attachment> {
  if (parsedUrl(url) === null) throw notUrl();
  const report = client.reportFor({ type: 'upload', params: {} });
  const { json, details } = await client.send(await formRequest(client, file, signal, { url, headers: {} }), report);
  try {
    return readAttachment(json, details, report);
  } catch (error) {
    report(ruleIds.directUploadReply, {}, json);
    throw error;
  }
}

/** The headers of a connection for a URL; none for another origin. */
type HeaderSource = Pick<ServerClient, 'userFor' | 'secretsFor'>;

/** Returns the request that sends the bytes of a file to its target, as the target's method requires. */
export function uploadRequest(
  from: HeaderSource,
  file: AttachmentFile,
  signal: AbortSignal,
  target: Target & Pick<UploadTarget, 'method'>,
): Promise<HttpRequest> {
  return (target.method === 'PUT' ? putRequest : formRequest)(from, file, signal, target);
}

interface Target extends Pick<UploadTarget, 'url' | 'headers'> {
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
  const target = new URL(url);
  if (client.isOwn(url)) return;
  if (isLocalUrl(target) && !client.isLocal) throw localAddress(target.host);
  if (await client.confirmUpload({ fileName, origin: target.origin })) return signal.throwIfAborted();
  throw new SourceError('withheld', l10n.t('The file was not sent to {0}.', target.origin), {
    host: target.host,
    mayHaveArrived: false,
    nextStep: 'none',
  });
}

function parsedUrl(url: string): URL | null {
  return /^https?:/i.test(url) && URL.canParse(url) ? new URL(url) : null;
}

function notUrl(): SourceError {
  return new SourceError('invalidResponse', l10n.t('The address to upload to is not an http or https URL.'), {
    mayHaveArrived: false,
  });
}

/** The headers of a descriptor can contain credentials, so they are sent only to its URL. */
function ownHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  const own = Object.entries(headers)
    .map(([name, value]) => [name.trim().toLowerCase(), value] as const)
    .filter(([name]) => !ownHeader.test(name));
  return Object.fromEntries(own);
}

/** Storage refuses a signed URL with another authorization beside it. */
function isSigned(url: string): boolean {
  return /[?&](?:x-amz-|x-goog-|sig=|sign=|signature=|se=|googleaccessid=)/i.test(url);
}

/**
 * The bytes as the body, with exactly the headers of the descriptor: storage compares them with those that were signed
 * (chatkit-api C.7). Credentials of the connection are added on its own origin only, where the URL has no signature.
 */
async function putRequest(
  from: HeaderSource,
  file: AttachmentFile,
  signal: AbortSignal,
  { url, headers, publicOnly = false }: Target,
): Promise<HttpRequest> {
  return {
    method: 'PUT',
    url,
    headers: {},
    secretHeaders: {
      ...(isSigned(url) ? {} : { ...from.userFor(url), ...(await from.secretsFor(url)) }),
      ...ownHeaders(headers),
    },
    body: file.bytes,
    retry: 'never',
    signal,
    label: 'upload',
    publicOnly,
  };
}

async function formRequest(
  from: HeaderSource,
  file: AttachmentFile,
  signal: AbortSignal,
  { url, headers, publicOnly = false }: Target,
): Promise<HttpRequest> {
  const boundary = `----chatkit-inspector-${randomUUID()}`;
  return {
    method: 'POST',
    url,
    headers: {
      accept: 'application/json',
      'content-type': `multipart/form-data; boundary=${boundary}`,
      ...from.userFor(url),
    },
    secretHeaders: { ...(await from.secretsFor(url)), ...ownHeaders(headers) },
    body: multipart(boundary, file),
    retry: 'never',
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
