import { parseJson } from '../../../base/common/parseJson.ts';
import { SourceError, type ErrorDetails } from '../../common/errors.ts';
import type { Json } from '../../../base/common/json.ts';
import { looksLikeHtml, responseLines } from '../../common/wire/excerpt.ts';
import type { HttpResponse } from './types.ts';

/** Returns the text of a body, without a byte order mark. */
export function textOf({ body }: Pick<HttpResponse, 'body'>): string {
  // Several times faster than TextDecoder on what servers send, which is mostly ASCII.
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8');
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

/**
 * Returns the JSON of a body. Throws `SourceError` `invalidResponse`, with a short excerpt, when the body is not JSON
 * (such as a web page or an empty body). `redact` removes echoed secrets from the excerpt.
 */
export function readJson(response: HttpResponse, details: ErrorDetails, redact: (text: string) => string): Json {
  const text = textOf(response);
  try {
    return parseJson(text);
  } catch {
    // The parser's message quotes the body, so it is not used as the cause.
    const excerpt = redact(responseLines(text));
    throw new SourceError('invalidResponse', sentenceFor(text, response, details), {
      ...details,
      ...(excerpt === '' ? {} : { excerpt }),
    });
  }
}

function sentenceFor(text: string, { status, headers }: HttpResponse, { host = 'The server' }: ErrorDetails): string {
  if (text.trim() === '') return `${host} answered ${status} with an empty body.`;
  if (looksLikeHtml(text) || headers['content-type']?.includes('html') === true) {
    return `${host} answered with a web page instead of JSON: the address of the connection may be wrong.`;
  }
  return /^\s*[[{]/.test(text)
    ? `The answer of ${host} is damaged or cut off: it is not complete JSON.`
    : `${host} answered with something that is not JSON: the address of the connection may be wrong.`;
}
