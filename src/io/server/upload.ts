import { randomUUID } from 'node:crypto';
import { SourceError } from '../../domain/errors.ts';
import type { Attachment } from '../../domain/model/content.ts';
import type { AttachmentFile } from '../../domain/stream/talkSource.ts';
import { attachmentSchema, toAttachment } from '../../domain/wire/openai/userMessage.ts';
import { readWith } from '../../domain/wire/readWith.ts';
import { createdAttachmentSchema, type CreatedAttachment } from '../../domain/wire/server/attachment.ts';
import type { WireCommand } from '../../domain/wire/server/command.ts';
import type { Answer, ServerClient } from './client.ts';

/**
 * Uploads in two phases (chatkit-api 5.8): `create` announces the file, and the answer says where its bytes go to, which
 * may be another origin with headers of its own.
 */
export async function uploadInTwoPhases(
  client: ServerClient,
  create: (command: WireCommand) => Promise<Answer>,
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
  await client.deliver(await multipartRequest(client, file, signal, target));
  return toAttachment(created);
}

/** Uploads straight to an address of the operator's, which answers with the attachment. */
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
  { url, method = 'POST', headers = {} }: Target,
) {
  if (!URL.canParse(url)) {
    throw new SourceError('invalidResponse', 'The address to upload to is not a URL.', { mayHaveArrived: false });
  }
  const boundary = `----chatkit-inspector-${randomUUID()}`;
  const own = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  return {
    method,
    url,
    headers: {
      accept: 'application/json',
      'content-type': `multipart/form-data; boundary=${boundary}`,
      ...client.userFor(url),
    },
    // A descriptor's headers are as good as keys: they are meant for this one place.
    secretHeaders: { ...(await client.secretsFor(url)), ...own },
    body: multipart(boundary, file),
    retry: 'never' as const,
    signal,
    label: 'upload',
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
