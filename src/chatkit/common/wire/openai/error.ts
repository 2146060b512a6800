import * as z from 'zod';
import { SourceError, type ErrorDetails, type ErrorKind } from '../../errors.ts';
import { looksLikeHtml, responseLines } from '../excerpt.ts';
import { kindOfStatus } from '../statusKind.ts';

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
  try {
    const parsed = errorEnvelopeSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data.error : null;
  } catch {
    return null;
  }
}

/** True for "out of credit", which no retry cures (chatkit-api 4A.1). */
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
): SourceError {
  const wire = parseErrorEnvelope(body);
  const kind: ErrorKind = isInsufficientQuota(wire) ? 'quota' : kindOfStatus(status);
  if (wire === null) {
    const excerpt = redact(responseLines(body));
    const what = looksLikeHtml(body) ? 'a web page' : 'no error message of the API';
    return new SourceError(kind, `The server answered ${status} with ${body.trim() === '' ? 'an empty body' : what}.`, {
      ...details,
      status,
      ...(excerpt === '' ? {} : { excerpt }),
    });
  }
  return new SourceError(kind, redact(wire.message.trim()) || `The server answered ${status}.`, {
    ...details,
    status,
    ...(wire.code ? { code: redact(wire.code) } : {}),
    ...(wire.type ? { type: redact(wire.type) } : {}),
    ...(wire.param ? { param: redact(wire.param) } : {}),
  });
}
