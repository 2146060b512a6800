import * as l10n from '@vscode/l10n';
import * as z from 'zod';
import { type Json, isJsonObject } from '../../../../base/common/json.ts';
import { type ErrorDetails, SourceError } from '../../errors.ts';
import type { Attachment } from '../../model/content.ts';
import { ruleIds } from '../../protocolProblems/catalogue/ruleIds.ts';
import type { ReportHere } from '../../protocolProblems/problem.ts';
import { attachmentSchema, toAttachment } from '../sharedItems.ts';
import { prepareAttachment } from '../prepareAttachment.ts';
import { repair } from '../itemReader.ts';
import { checkAttachment } from './checkItem.ts';

/** Where and how to send a file (chatkit-api 5.5, 5.8). */
export interface UploadTarget {
  readonly url: string;
  /** `POST`: a form with the field `file`; `PUT`: the bytes as the body. */
  readonly method: 'POST' | 'PUT';
  readonly headers: Readonly<Record<string, string>>;
}

/** Answer of `attachments.create` (chatkit-api 5.5, 5.8). Older servers give only the address. */
const createdSchema = z.object({
  ...attachmentSchema.shape,
  upload_descriptor: z
    .object({
      url: z.string(),
      method: z.unknown().optional(),
      headers: z.record(z.string(), z.unknown()).nullish().catch(null),
    })
    .nullish()
    .catch(null),
  upload_url: z.string().nullish().catch(null),
});

/**
 * Reads an attachment. Throws `SourceError` `invalidResponse` when the reply is not one, and reports what is wrong with
 * it.
 */
export function readAttachment(raw: Json, details: ErrorDetails, report: ReportHere): Attachment {
  const prepared = prepareAttachment(raw, '', report);
  const parsed = attachmentSchema.safeParse(prepared);
  if (isJsonObject(prepared)) checkAttachment(prepared, '', report);
  const wire = parsed.success ? parsed.data : repair(attachmentSchema, prepared, report)?.wire;
  if (wire === undefined || wire.id === '') {
    throw new SourceError('invalidResponse', l10n.t('The response is not an attachment.'), details);
  }
  return toAttachment(wire);
}

/** Reads the reply of `attachments.create`. Throws as `readAttachment`, and where the target cannot be used. */
export function readCreatedAttachment(
  raw: Json,
  details: ErrorDetails,
  report: ReportHere,
): { readonly attachment: Attachment; readonly target: UploadTarget } {
  const attachment = readAttachment(raw, details, report);
  const prepared = prepareAttachment(raw, '', () => undefined);
  const { upload_descriptor: descriptor, upload_url: url } = createdSchema
    .pick({ upload_descriptor: true, upload_url: true })
    .parse(prepared);
  if (descriptor) {
    const method = readMethod(descriptor.method, details, report);
    return {
      attachment,
      target: { url: descriptor.url, method, headers: readHeaders(descriptor.headers ?? {}, report) },
    };
  }
  if (url) {
    report(ruleIds.uploadUrlOldForm, { field: 'upload_url' });
    return { attachment, target: { url, method: 'POST', headers: {} } };
  }
  report(ruleIds.uploadTargetMissing, { field: 'upload_descriptor' });
  throw new SourceError(
    'invalidResponse',
    l10n.t('The server returned no address for the upload of the file.'),
    details,
  );
}

function readMethod(method: unknown, details: ErrorDetails, report: ReportHere): UploadTarget['method'] {
  const field = 'upload_descriptor.method';
  if (method === 'POST' || method === 'PUT') return method;
  if (method === undefined || method === null) {
    report(ruleIds.missingField, { field });
    return 'POST';
  }
  const name = typeof method === 'string' ? method.trim().toUpperCase() : '';
  if (name === 'POST' || name === 'PUT') {
    report(ruleIds.uploadMethodCase, { field }, method);
    return name;
  }
  report(ruleIds.uploadMethodUnknown, { field }, method);
  throw new SourceError('invalidResponse', l10n.t('The method of the upload is neither POST nor PUT.'), details);
}

function readHeaders(headers: Readonly<Record<string, unknown>>, report: ReportHere): Record<string, string> {
  const read: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    const field = `upload_descriptor.headers.${name}`;
    if (typeof value !== 'string') report(ruleIds.uploadHeaderValue, { field }, typeof value);
    if (typeof value === 'string') read[name] = value;
    else if (typeof value === 'number' || typeof value === 'boolean') read[name] = String(value);
  }
  return read;
}
