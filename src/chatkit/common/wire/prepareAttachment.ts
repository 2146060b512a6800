import { ruleIds } from '../protocolProblems/catalogue/ruleIds.ts';
import type { ReportHere } from '../protocolProblems/problem.ts';
import { type Json, type JsonObject, isJsonObject } from '../../../base/common/json.ts';
import { type OtherNames, isList, mapped, renamed } from './fieldNames.ts';

const camelCase: Readonly<Record<string, string>> = {
  mimeType: 'mime_type',
  previewUrl: 'preview_url',
  uploadUrl: 'upload_url',
  uploadDescriptor: 'upload_descriptor',
};
const otherNames: OtherNames = {
  id: ['file_id', 'fileId', 'attachment_id'],
  name: ['filename', 'file_name', 'fileName', 'title'],
  mime_type: ['content_type', 'contentType', 'media_type', 'mimetype'],
};
const imageNames: OtherNames = { preview_url: ['url', 'thumbnail_url', 'image_url', 'src'] };

/** The attachments of a message in the form of the protocol. An attachment that is only an id keeps it as its name. */
export function prepareAttachments(raw: JsonObject, report: ReportHere): JsonObject {
  const { attachments } = raw;
  if (!isList(attachments)) return raw;
  const prepared = mapped(attachments, (attachment, index) => {
    const path = `attachments[${index}]`;
    if (typeof attachment !== 'string' || attachment === '') return prepareAttachment(attachment, path, report);
    report(ruleIds.invalidElement, { field: path }, attachment);
    return { id: attachment, name: attachment, mime_type: '', type: 'file' };
  });
  return prepared === attachments ? raw : { ...raw, attachments: prepared };
}

/** An attachment with the keys of the protocol, also where they are in camel case (chatkit-api 4.5) or of another API. */
export function prepareAttachment(received: Json, path: string, report: ReportHere): Json {
  if (!isJsonObject(received)) return received;
  const keys = Object.keys(camelCase).filter((key) => key in received && !((camelCase[key] as string) in received));
  if (keys.length > 0) {
    report(ruleIds.camelCaseAttachment, { field: path === '' ? (keys[0] as string) : `${path}.${keys[0]}` });
  }
  const own = Object.fromEntries(keys.map((key) => [camelCase[key], received[key] as Json]));
  const attachment = keys.length === 0 ? received : { ...received, ...own };
  const named = renamed(attachment, otherNames, path, report);
  return named['type'] === 'image' ? renamed(named, imageNames, path, report) : named;
}
