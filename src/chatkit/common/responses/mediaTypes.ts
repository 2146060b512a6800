import type { ReportHere } from '../protocolProblems/problem.ts';
import { ruleIds } from '../protocolProblems/catalogue/ruleIds.ts';

/** Headers of a response, with names in lower case. */
type Headers = Readonly<Record<string, string>>;

/** Whether the content type is JSON, also with a structured suffix: `application/problem+json`. */
export function isJsonType(headers: Headers): boolean {
  return /^\s*application\/(?:[\w.+-]*\+)?json(?![\w.+-])/i.test(typeOf(headers));
}

/** Whether the content type is the one of server-sent events. */
export function isEventStreamType(headers: Headers): boolean {
  return /^\s*text\/event-stream(?![\w.+-])/i.test(typeOf(headers));
}

/** Reports JSON with another content type (chatkit-api 5.1). */
export function reportJsonType(headers: Headers, report: ReportHere): void {
  if (!isJsonType(headers)) report(ruleIds.jsonContentType, { field: 'content-type' }, typeOf(headers));
}

/** Reports events with another content type (chatkit-api 5.1). */
export function reportStreamType(headers: Headers, report: ReportHere): void {
  if (!isEventStreamType(headers)) report(ruleIds.streamContentType, { field: 'content-type' }, typeOf(headers));
}

/** Reports a compressed stream (chatkit-api C.4). */
export function reportCompression(headers: Headers, report: ReportHere): void {
  const encoding = headers['content-encoding']?.trim() ?? '';
  if (encoding === '' || /^identity$/i.test(encoding)) return;
  report(ruleIds.compressedStream, { field: 'content-encoding' }, encoding);
}

function typeOf(headers: Headers): string {
  return headers['content-type'] ?? '';
}
