import * as l10n from '@vscode/l10n';
import { Readable, type Transform, pipeline } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { parseJson, parsedOrUndefined } from '../../../base/common/parseJson.ts';
import { type ErrorDetails, SourceError } from '../../common/errors.ts';
import type { Json } from '../../../base/common/json.ts';
import { type RuleId, ruleIds } from '../../common/protocolProblems/catalogue/ruleIds.ts';
import { looksLikeHtml, responseLines } from '../../common/responses/errorBody.ts';
import { decodeText } from './charset.ts';
import type { HttpResponse } from './types.ts';
import type { Incoming } from './exchange.ts';

/** Returns the text of a body, without a byte order mark. */
export function textOf({ body, headers }: Pick<HttpResponse, 'body' | 'headers'>): string {
  return withoutMark(decodeText(body, headers).text);
}

function withoutMark(text: string): string {
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

/** What a body is, where it is not JSON. */
type NotJson = 'empty' | 'compressed' | 'html' | 'truncated' | 'invalid' | 'other';

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
  const decodedText = decodeText(response.body, response.headers);
  const text = withoutMark(decodedText.text);
  if (!decodedText.isUtf8) report(ruleIds.otherCharset, redact(text.slice(0, 1_000)));
  if (startsWith(response.body, byteOrderMark)) report(ruleIds.invalidJson, 'a byte order mark before the JSON');
  try {
    return parseJson(text);
  } catch {
    const withoutNaN = parsedOrUndefined(text.replace(notNumber, 'null'));
    if (withoutNaN !== undefined) {
      report(ruleIds.invalidJson, redact(text.slice(0, 1_000)).slice(0, 200));
      return withoutNaN;
    }
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

/** What Python writes for numbers that JSON does not have. */
const notNumber = /(?<=[:,[]\s{0,3})(?:NaN|-?Infinity)(?=\s{0,3}[,}\]])/g;

const rules: Readonly<Record<NotJson, RuleId>> = {
  empty: ruleIds.emptyResponse,
  compressed: ruleIds.invalidJson,
  html: ruleIds.htmlResponse,
  truncated: ruleIds.truncatedResponse,
  invalid: ruleIds.invalidJson,
  other: ruleIds.invalidJson,
};

const byteOrderMark = [0xef, 0xbb, 0xbf];
const gzip = [0x1f, 0x8b];

function startsWith(body: Uint8Array, bytes: readonly number[]): boolean {
  return bytes.every((byte, index) => body[index] === byte);
}

function whatIs(text: string, { headers, body }: HttpResponse): NotJson {
  if (startsWith(body, gzip)) return 'compressed';
  if (text.trim() === '') return 'empty';
  if (looksLikeHtml(text) || headers['content-type']?.includes('html') === true) return 'html';
  if (/^\s*[[{]/.test(text)) return isOpen(text) ? 'truncated' : 'invalid';
  return /[[{]\s{0,20}"/.test(text.slice(0, 5_000)) ? 'invalid' : 'other';
}

/** Levels whose brackets are compared; deeper ones are only counted. */
const maxLevels = 1_000;

/** Whether a text ends inside a string, an array or an object of JSON. A bracket of the wrong kind is another fault. */
function isOpen(text: string): boolean {
  const closing: string[] = [];
  let depth = 0;
  let inText = false;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (inText) {
      if (character === '\\') index += 1;
      else if (character === '"') inText = false;
    } else if (character === '"') inText = true;
    else if (character === '[' || character === '{') {
      if (depth < maxLevels) closing.push(character === '[' ? ']' : '}');
      depth += 1;
    } else if (character === ']' || character === '}') {
      depth -= 1;
      if (depth === 0 || (depth < maxLevels && closing.pop() !== character)) return false;
    }
  }
  return inText || depth > 0;
}

function sentenceFor(what: NotJson, { status }: HttpResponse, { host = 'The server' }: ErrorDetails): string {
  switch (what) {
    case 'empty':
      return `The response of ${host} (${status}) has an empty body.`;
    case 'compressed':
      return `The response of ${host} is compressed, but has no content-encoding header.`;
    case 'html':
      return `The response of ${host} is a web page, not JSON.`;
    case 'truncated':
      return `The response of ${host} is cut off: it is not complete JSON.`;
    case 'invalid':
      return `The response of ${host} is not valid JSON.`;
    case 'other':
      return `The response of ${host} is not JSON.`;
  }
}

/** The encodings that `decoded` supports, for the `accept-encoding` header. */
export const acceptedEncodings = 'gzip, br';

const decoders: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};
/** Maximum number of encodings. More are treated as an attack. */
const maxEncodings = 4;

/**
 * Returns the decompressed body of a response. Throws `SourceError` `invalidResponse` when it cannot be decompressed.
 */
export function decoded({ headers, chunks }: Pick<Incoming, 'headers' | 'chunks'>): AsyncIterable<Uint8Array> {
  const names = (headers['content-encoding'] ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '' && name !== 'identity');
  if (names.length === 0) return chunks;
  const makers = names.toReversed().map((name) => decoders[name]);
  if (names.length > maxEncodings || makers.includes(undefined)) {
    throw new SourceError(
      'invalidResponse',
      `The response has an encoding that is not supported: ${names.join(', ')}.`,
    );
  }
  return decompress(
    chunks,
    makers.flatMap((make) => (make === undefined ? [] : [make()])),
  );
}

async function* decompress(
  chunks: AsyncIterable<Uint8Array>,
  decoders: readonly Transform[],
): AsyncGenerator<Uint8Array, void, void> {
  const iterator = chunks[Symbol.asyncIterator]();
  const first = await iterator.next();
  // A response without a body can still have an encoding, and an empty body is not valid gzip.
  if (first.done === true) return;
  const source = Readable.from(startingWith(first.value, iterator));
  let sourceError: Error | undefined;
  source.once('error', (error: Error) => (sourceError = error));
  const last = decoders.at(-1);
  if (last === undefined) return;
  pipeline([source, ...decoders], () => {}); // errors are thrown when `last` is read below
  try {
    yield* last as AsyncIterable<Uint8Array>;
  } catch (error) {
    if (sourceError !== undefined) throw sourceError;
    throw new SourceError('invalidResponse', l10n.t('The response cannot be decompressed: it is damaged or cut off.'), {
      cause: error,
    });
  }
}

async function* startingWith(
  first: Uint8Array,
  rest: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array, void, void> {
  try {
    yield first;
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}

/**
 * Reads a whole body. Throws `SourceError` `tooLarge` as soon as more than `maxBytes` are decompressed, so that a small
 * compressed response cannot exhaust the memory.
 */
export async function readBody(body: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > maxBytes) throw tooLarge(maxBytes);
    chunks.push(chunk);
  }
  const [only] = chunks;
  return chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks, size);
}

/** Returns the `tooLarge` error for a body over the limit, in bytes. */
export function tooLarge(maxBytes: number): SourceError {
  const size = maxBytes >= 1024 * 1024 ? `${Math.round(maxBytes / 1024 / 1024)} MiB` : `${maxBytes} bytes`;
  return new SourceError('tooLarge', l10n.t('The response is larger than {0}.', size));
}
