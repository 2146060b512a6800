import * as z from 'zod';
import { SourceError, type ErrorDetails, type ErrorKind } from '../../errors.ts';
import { excerptOf, looksLikeHtml, responseLines } from '../excerpt.ts';
import { kindOfStatus } from '../statusKind.ts';

/** The error bodies of web frameworks. They are not part of the protocol (chatkit-api 5.1). */
const detailSchema = z.union([
  z.object({ detail: z.string() }).transform(({ detail }) => detail),
  z
    .object({
      detail: z.array(z.object({ msg: z.string(), loc: z.array(z.union([z.string(), z.number()])).nullish() })),
    })
    .transform(({ detail }) => detail.map(({ msg, loc }) => `${loc?.join('.') ?? 'body'}: ${msg}`).join('; ')),
  z.object({ error: z.object({ message: z.string() }) }).transform(({ error }) => error.message),
  z.object({ error: z.string() }).transform(({ error }) => error),
  z.object({ message: z.string() }).transform(({ message }) => message),
]);

/**
 * Converts a response of a self-hosted server outside 200–299 to an error. The protocol defines no envelope, so the
 * message consists of the status and the start of the body. A 500 whose text reports a missing thread becomes
 * `notFound`.
 */
export function toServerError(
  status: number,
  body: string,
  details: ErrorDetails,
  redact: (text: string) => string,
): SourceError {
  const text = detailOf(body) ?? body;
  const excerpt = redact(excerptOf(text));
  const said = excerpt === '' || looksLikeHtml(body) ? '.' : `: ${excerpt.replace(/[.\s]+$/, '')}.`;
  return new SourceError(kindOf(status, excerpt), `The server answered ${status}${said}`, {
    ...details,
    status,
    ...(excerpt === '' ? {} : { excerpt: redact(responseLines(text)) }),
  });
}

function kindOf(status: number, excerpt: string): ErrorKind {
  return status >= 500 && /\bnot[ _]?found/i.test(excerpt) ? 'notFound' : kindOfStatus(status);
}

function detailOf(body: string): string | null {
  try {
    const parsed = detailSchema.safeParse(JSON.parse(body));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
