import * as z from 'zod';
import { parsedOrUndefined } from '../../../base/common/parseJson.ts';
import { type ErrorDetails, type ErrorKind, SourceError, kindOfStatus } from '../errors.ts';
import { ruleIds } from '../protocolProblems/catalogue/ruleIds.ts';
import type { ReportHere } from '../protocolProblems/problem.ts';
import { type ErrorBody, excerptOf, looksLikeHtml, readErrorBody, responseLines } from './errorBody.ts';
import { isRecord } from '../../../base/common/json.ts';

/**
 * Converts a response of a self-hosted server outside 200–299 to an error (chatkit-api 5.1). The protocol defines no
 * envelope, so the message consists of the status and the server's own message, in whatever form it has. A 500 whose
 * text reports a missing thread becomes `notFound`.
 */
export function toServerError(
  status: number,
  body: string,
  details: ErrorDetails,
  redact: (text: string) => string,
  report: ReportHere = () => undefined,
): SourceError {
  const { form, message, code } = readReported(body, report);
  const serverMessage = redact(message ?? (form === 'html' ? '' : excerptOf(body)));
  if (/\bmetadata\b/i.test(serverMessage) && status < 500)
    report(ruleIds.metadataRequired, { field: 'metadata' }, serverMessage);
  const own = textIn(body);
  // One of several texts of a body is not the one that is shown.
  const isShown = own === null || message === null || own.replace(/\s+/g, ' ').includes(message.slice(0, 40).trim());
  const excerpt = redact(responseLines(isShown ? (own ?? (form === 'text' ? body : (message ?? body))) : message));
  const sentence = serverMessage === '' ? '.' : `: ${serverMessage.replace(/[.\s]+$/, '')}.`;
  // The account of the server with its model provider: many servers forward this error.
  const kind = isInsufficientQuota(parseErrorEnvelope(body)) ? 'quota' : kindOf(status, serverMessage);
  return new SourceError(kind, `The server returned ${status}${sentence}`, {
    ...details,
    status,
    ...(excerpt === '' ? {} : { excerpt }),
    ...(serverMessage === '' ? {} : { serverMessage }),
    ...(code === null ? {} : { code: redact(code) }),
  });
}

/** Converts a 2xx response that is a failure (chatkit-api C.5). `message`: the server's own, null where there is none. `isOtherShape`: the reply states nothing about the command. */
export function toReplyError(
  message: string | null,
  code: string | null,
  details: ErrorDetails,
  redact: (text: string) => string,
  isOtherShape = true,
): SourceError {
  const status = details.status ?? 200;
  const serverMessage = message === null ? null : redact(message).replace(/[.\s]+$/, '');
  const sentence =
    serverMessage === null
      ? `The server returned ${status}, but its reply ${isOtherShape ? 'is not the one of this command' : 'reports that the command failed'}.`
      : `The server returned ${status} with an error: ${serverMessage}.`;
  return new SourceError(
    serverMessage === null ? (isOtherShape ? 'invalidResponse' : 'server') : kindOf(500, serverMessage),
    sentence,
    {
      ...details,
      ...(serverMessage === null ? {} : { excerpt: excerptOf(serverMessage), serverMessage }),
      ...(code === null ? {} : { code: redact(code) }),
    },
  );
}

/** Reads an error body and reports its deviations. */
function readReported(body: string, report: ReportHere): ErrorBody {
  const read = readErrorBody(body);
  for (const rule of read.deviations) report(rule, {}, body.slice(0, 2_000));
  return read;
}

function kindOf(status: number, serverMessage: string): ErrorKind {
  return status >= 500 && /\bnot[ _]?found/i.test(serverMessage) ? 'notFound' : kindOfStatus(status);
}

/** The text that an error body consists of, with its line breaks; null where it has none at its top level. */
function textIn(body: string): string | null {
  const json = parsedOrUndefined(body);
  if (!isRecord(json)) return null;
  const texts = [json['detail'], json['error'], json['message']];
  return (texts.find((text) => typeof text === 'string' && text.trim() !== '') as string | undefined) ?? null;
}

const word = z
  .union([z.string(), z.number().transform(String)])
  .nullish()
  .catch(null);

/** The error envelope (chatkit-api 4A.1). Gateways and older servers leave parts of it out. */
const errorEnvelopeSchema = z.object({
  error: z.object({ message: z.string(), type: word, param: word, code: word }),
});
type WireError = z.output<typeof errorEnvelopeSchema>['error'];

/** The envelope in a body, or null where the body is something else. */
export function parseErrorEnvelope(text: string): WireError | null {
  const parsed = errorEnvelopeSchema.safeParse(parsedOrUndefined(text));
  return parsed.success ? parsed.data.error : null;
}

/** Returns whether the account has no credit left, so that a retry cannot succeed (chatkit-api 4A.1). */
export function isInsufficientQuota(error: WireError | null): boolean {
  return error?.code === 'insufficient_quota' || error?.type === 'insufficient_quota';
}

/**
 * Converts a response outside 200–299 to an error (chatkit-api 4A.1). `body`: its text; `details`: details of the
 * exchange; `redact`: removes echoed secrets.
 */
export function toResponseError(
  status: number,
  body: string,
  details: ErrorDetails,
  redact: (text: string) => string,
  report: ReportHere = () => undefined,
): SourceError {
  const wire = parseErrorEnvelope(body);
  reportErrorEnvelope(body, report);
  const kind: ErrorKind = isInsufficientQuota(wire) ? 'quota' : kindOfStatus(status);
  if (wire === null) {
    const { form, message, code } = readReported(body, report);
    const excerpt = redact(responseLines(body));
    const more = {
      ...details,
      status,
      ...(excerpt === '' ? {} : { excerpt }),
      ...(code === null ? {} : { code: redact(code) }),
    };
    // A gateway has errors of its own, with a message elsewhere.
    if (form === 'json' && message !== null) return new SourceError(kind, redact(message), more);
    const what = form === 'html' ? 'a web page' : 'no error message of the API';
    return new SourceError(
      kind,
      `The server returned ${status} with ${form === 'empty' ? 'an empty body' : what}.`,
      more,
    );
  }
  return new SourceError(kind, redact(wire.message.trim()) || `The server returned ${status}.`, {
    ...details,
    status,
    ...(wire.code ? { code: redact(wire.code) } : {}),
    ...(wire.type ? { type: redact(wire.type) } : {}),
    ...(wire.param ? { param: redact(wire.param) } : {}),
  });
}

/**
 * Reports an error body of the REST API that lacks the envelope, or one of its four keys (chatkit-api 4A.1). A web page
 * violates another rule.
 */
export function reportErrorEnvelope(body: string, report: ReportHere): void {
  if (looksLikeHtml(body)) return;
  if (parseErrorEnvelope(body) === null) {
    report(ruleIds.errorEnvelope, { field: 'error' }, body.slice(0, 2_000));
    return;
  }
  const { error } = JSON.parse(body) as { readonly error: object };
  const missing = ['type', 'param', 'code'].find((key) => !(key in error));
  if (missing !== undefined) report(ruleIds.errorEnvelope, { field: `error.${missing}` });
}
