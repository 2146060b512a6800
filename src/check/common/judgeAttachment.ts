import { isRecord } from '../../chatkit/common/isRecord.ts';
import { ruleIds } from '../../chatkit/common/protocolProblems/catalogue/ruleIds.ts';
import type { ReportHere } from '../../chatkit/common/protocolProblems/problem.ts';

/** Where the bytes of an announced file are sent to. */
export interface UploadTarget {
  readonly url: string;
  readonly method: 'POST' | 'PUT';
  readonly headers: Readonly<Record<string, string>>;
}

/** Reports what an attachment violates (chatkit-api 5.5). */
export function judgeAttachment(attachment: unknown, report: ReportHere): void {
  if (!isRecord(attachment)) return report(ruleIds.wrongFieldType, {}, attachment);
  const { id, name, mime_type: mimeType, type, preview_url: preview, metadata } = attachment;
  if (id === undefined || id === null || id === '') report(ruleIds.missingId, { field: 'id' }, id);
  else if (typeof id === 'number') report(ruleIds.numericId, { field: 'id' }, id);
  if ('mimeType' in attachment || 'previewUrl' in attachment || 'uploadUrl' in attachment)
    report(ruleIds.camelCaseAttachment, {}, Object.keys(attachment));
  else if (typeof mimeType !== 'string') report(ruleIds.missingField, { field: 'mime_type' }, mimeType);
  if (typeof name !== 'string') report(ruleIds.missingField, { field: 'name' }, name);
  if (type !== 'file' && type !== 'image') report(ruleIds.attachmentType, { field: 'type' }, type);
  if (type === 'image' && typeof preview !== 'string')
    report(ruleIds.imageWithoutPreview, { field: 'preview_url' }, preview);
  if (isRecord(metadata) && Object.keys(metadata).length > 0)
    report(ruleIds.attachmentMetadata, { field: 'metadata' }, metadata);
}

/** The address in the reply of `attachments.create` (chatkit-api 5.8); null where there is none. Reports what differs. */
export function judgeUploadTarget(attachment: unknown, report: ReportHere): UploadTarget | null {
  if (!isRecord(attachment)) return null;
  const { upload_descriptor: descriptor, upload_url: oldUrl } = attachment;
  if (isRecord(descriptor)) {
    const url = validUrl(descriptor['url'], 'upload_descriptor.url', report);
    const method = methodOf(descriptor['method'], report);
    return url === null || method === null ? null : { url, method, headers: headersOf(descriptor['headers'], report) };
  }
  if (oldUrl === undefined || oldUrl === null) {
    report(ruleIds.uploadTargetMissing, { field: 'upload_descriptor' }, descriptor);
    return null;
  }
  report(ruleIds.uploadUrlOldForm, { field: 'upload_url' }, oldUrl);
  const url = validUrl(oldUrl, 'upload_url', report);
  return url === null ? null : { url, method: 'POST', headers: {} };
}

function validUrl(url: unknown, field: string, report: ReportHere): string | null {
  if (typeof url === 'string' && /^https?:/i.test(url) && URL.canParse(url)) return url;
  report(ruleIds.uploadUrlInvalid, { field }, url);
  return null;
}

function methodOf(method: unknown, report: ReportHere): UploadTarget['method'] | null {
  if (method === 'POST' || method === 'PUT') return method;
  const upper = typeof method === 'string' ? method.toUpperCase() : '';
  if (upper === 'POST' || upper === 'PUT') {
    report(ruleIds.uploadMethodCase, { field: 'upload_descriptor.method' }, method);
    return upper;
  }
  report(ruleIds.uploadMethodUnknown, { field: 'upload_descriptor.method' }, method);
  return null;
}

/** The client controls these headers, as in browsers (Fetch standard, forbidden request-headers). */
const ownHeader =
  /^(?:accept-charset|accept-encoding|connection|content-length|cookie2?|date|expect|host|keep-alive|origin|proxy-.*|referer|sec-.*|te|trailer|transfer-encoding|upgrade|via)$/i;

function headersOf(headers: unknown, report: ReportHere): Readonly<Record<string, string>> {
  if (!isRecord(headers)) return {};
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => {
      if (ownHeader.test(name)) return [];
      if (typeof value !== 'string')
        report(ruleIds.uploadHeaderValue, { field: `upload_descriptor.headers.${name}` }, value);
      return [[name.toLowerCase(), String(value)] as const];
    }),
  );
}
