import { parseJson } from '../../../base/common/parseJson.ts';
import { SourceError, type ErrorDetails } from '../../common/errors.ts';
import type { Json } from '../../../base/common/json.ts';
import { ruleIds, type RuleId } from '../../common/protocolProblems/catalogue/ruleIds.ts';
import { responseLines, looksLikeHtml } from '../../common/wire/excerpt.ts';
import type { HttpResponse } from './types.ts';

/** Returns the text of a body, without a byte order mark. */
export function textOf({ body }: Pick<HttpResponse, 'body'>): string {
  // Several times faster than TextDecoder on what servers send, which is mostly ASCII.
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8');
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

/** What a body is, where it is not JSON. */
type NotJson = 'empty' | 'html' | 'truncated' | 'other';

/**
 * Returns the JSON of a body. Throws `SourceError` `invalidResponse`, with a short excerpt, when the body is not JSON
 * (such as a web page or an empty body). `redact` removes echoed secrets from the excerpt. `report`: receives the rule
 * that the body violates, and its start.
 */
export function readJson(
  response: HttpResponse,
  details: ErrorDetails,
  redact: (text: string) => string,
  report: (rule: RuleId, start: string) => void = () => undefined,
): Json {
  const text = textOf(response);
  try {
    return parseJson(text);
  } catch {
    // The parser's message quotes the body, so it is not used as the cause.
    const excerpt = redact(responseLines(text));
    const what = whatIs(text, response);
    report(rules[what], what === 'truncated' ? redact(text).slice(-100) : redact(text.slice(0, 1_000)).slice(0, 200));
    throw new SourceError('invalidResponse', sentenceFor(what, response, details), {
      ...details,
      ...(excerpt === '' ? {} : { excerpt }),
      // The address is right: an answer of the server itself was lost on its way.
      ...(what === 'truncated' ? { nextStep: 'retry' as const } : {}),
    });
  }
}

const rules: Readonly<Record<NotJson, RuleId>> = {
  empty: ruleIds.emptyResponse,
  html: ruleIds.htmlResponse,
  truncated: ruleIds.truncatedResponse,
  other: ruleIds.invalidJson,
};

function whatIs(text: string, { headers }: HttpResponse): NotJson {
  if (text.trim() === '') return 'empty';
  if (looksLikeHtml(text) || headers['content-type']?.includes('html') === true) return 'html';
  return /^\s*[[{]/.test(text) && isOpen(text) ? 'truncated' : 'other';
}

/** Whether a text ends inside a string, an array or an object of JSON. */
function isOpen(text: string): boolean {
  let depth = 0;
  let inText = false;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (inText) {
      if (character === '\\') index += 1;
      else if (character === '"') inText = false;
    } else if (character === '"') inText = true;
    else if (character === '[' || character === '{') depth += 1;
    else if (character === ']' || character === '}') {
      depth -= 1;
      if (depth === 0) return false;
    }
  }
  return inText || depth > 0;
}

function sentenceFor(what: NotJson, { status }: HttpResponse, { host = 'The server' }: ErrorDetails): string {
  switch (what) {
    case 'empty':
      return `${host} answered ${status} with an empty body.`;
    case 'html':
      return `${host} answered with a web page instead of JSON: the address of the connection may be wrong.`;
    case 'truncated':
      return `The answer of ${host} is cut off: it is not complete JSON.`;
    case 'other':
      return `${host} answered with something that is not JSON: the address of the connection may be wrong.`;
  }
}
