import * as l10n from '@vscode/l10n';
import { exactJson, parsedOrUndefined } from '../../../base/common/parseJson.ts';
import { type Json, isRecord } from '../../../base/common/json.ts';
import { SourceError } from '../../common/errors.ts';
import { ruleIds } from '../../common/protocolProblems/catalogue/ruleIds.ts';
import type { ReportHere } from '../../common/protocolProblems/problem.ts';
import { isEventStreamType, reportCompression, reportStreamType } from '../../common/responses/mediaTypes.ts';
import { isUntypedError } from '../../common/streamEvents/eventForms.ts';
import { eventsInBody, objectsIn } from '../../common/streamEvents/foreignForms.ts';
import { FrameReader, type FrameReaderOptions, type StreamFrame } from '../../common/streamEvents/frameReader.ts';
import { ChunkDecoder } from '../transport/charset.ts';
import type { StreamResponse } from '../transport/types.ts';

/** Maximum length of one event, in characters. */
const maxEventLength = 64 * 1024 * 1024;
/** Maximum length of a JSON body in place of a stream, in characters. */
const maxJsonBody = 1024 * 1024;

/**
 * Yields the frames of a byte stream, regardless of chunk boundaries. Frames that one chunk completes are yielded
 * together. Rethrows an error of reading the chunks, after the frames before it. Throws `SourceError` `tooLarge` for an
 * event above the limit.
 */
export async function* readFrames(
  chunks: AsyncIterable<Uint8Array>,
  options: FrameReaderOptions & { readonly decoder?: ChunkDecoder } = {},
): AsyncGenerator<readonly StreamFrame[], void, void> {
  const reader = new FrameReader({ maxEventLength, ...options });
  const { decoder = new ChunkDecoder({}, () => undefined) } = options;
  for await (const chunk of chunks) {
    const frames = reader.push(decoder.decode(chunk));
    if (frames.length > 0) yield frames;
    if (reader.overflow)
      throw new SourceError('tooLarge', l10n.t('A single event of the stream is too large to be read.'));
  }
  const last = [...reader.push(decoder.end()), ...reader.end()];
  if (last.length > 0) yield last;
}

interface ResponseOptions extends FrameReaderOptions {
  readonly report: ReportHere;
  /** Returns the error for a body that is no stream, by its start. */
  readonly unexpected: (text: string) => SourceError;
}

/**
 * Yields the frames of a response in any form that servers use: server-sent events, lines of JSON (NDJSON), or one JSON
 * body with an event or an error. Reports what differs from the protocol; throws `unexpected` for any other body.
 */
export async function* framesOf(
  { headers, chunks }: Pick<StreamResponse, 'headers' | 'chunks'>,
  { report, unexpected, ...options }: ResponseOptions,
): AsyncGenerator<readonly StreamFrame[], void, void> {
  const { 'content-type': contentType = '' } = headers;
  reportCompression(headers, report);
  const decoder = new ChunkDecoder(headers, () => report(ruleIds.otherCharset, { field: 'content-type' }, contentType));
  if (isEventStreamType(headers)) return yield* readFrames(chunks, { ...options, decoder });
  const body = new Peeked(chunks);
  const start = await body.peekUntil((text) => /\S/.test(text));
  if (/^\uFEFF?\s*(?::|(?:data|event|id|retry)\s*:)/.test(start)) {
    reportStreamType(headers, report);
    return yield* readFrames(body, { ...options, decoder });
  }
  if (!/^\uFEFF?\s*[{[]/.test(start)) {
    if (start.trim() === '') return;
    throw unexpected(start);
  }
  const firstLine = await body.peekUntil((text) => /\n/.test(text.trimStart()));
  if (isJson(/^\s*([^\n]*)\n/.exec(firstLine)?.[1])) {
    if (!/ndjson|json-?l|json-?seq|json-stream/i.test(contentType)) reportStreamType(headers, report);
    return yield* readFrames(body, { ...options, decoder });
  }
  const text = await body.peekUntil(() => false);
  const json = parsedOrUndefined(text);
  const events = json === undefined ? objectsIn(text) : isError(json) ? [json] : eventsInBody(json);
  report(ruleIds.jsonInsteadOfStream, { field: 'content-type' }, contentType);
  if (events === null) throw unexpected(text);
  const frame = { event: null, id: null, dataLines: 1, line: 1, complete: true, strayLine: null };
  yield events.map((event) => ({ ...frame, data: exactJson(event as Json), parsed: event, form: 'sse' }));
}

function isError(json: unknown): boolean {
  return isRecord(json) && (json['type'] === undefined || json['type'] === 'error') && isUntypedError(json);
}

/** Chunks whose start can be looked at before they are read. */
class Peeked implements AsyncIterable<Uint8Array> {
  readonly #iterator: AsyncIterator<Uint8Array>;
  readonly #taken: Uint8Array[] = [];
  readonly #decoder = new TextDecoder();
  #text = '';
  #isEnd = false;

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#iterator = chunks[Symbol.asyncIterator]();
  }

  /** Returns the text up to the chunk with which `isEnough`, at most `maxJsonBody` characters and one chunk. */
  async peekUntil(isEnough: (text: string) => boolean): Promise<string> {
    while (!this.#isEnd && this.#text.length < maxJsonBody && !isEnough(this.#text)) {
      const next = await this.#iterator.next();
      if (next.done === true) {
        this.#isEnd = true;
        this.#text += this.#decoder.decode();
      } else {
        this.#taken.push(next.value);
        this.#text += this.#decoder.decode(next.value, { stream: true });
      }
    }
    return this.#text;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, void> {
    try {
      yield* this.#taken.splice(0);
      while (!this.#isEnd) {
        const next = await this.#iterator.next();
        if (next.done === true) return;
        yield next.value;
      }
    } finally {
      await this.#iterator.return?.();
    }
  }
}

function isJson(text: string | undefined): boolean {
  return text !== undefined && parsedOrUndefined(text) !== undefined;
}
