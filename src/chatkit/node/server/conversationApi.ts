import * as l10n from '@vscode/l10n';
import * as z from 'zod';
import { exactJson, parsedOrUndefined } from '../../../base/common/parseJson.ts';
import { SourceError, emptyStream } from '../../common/errors.ts';
import { type Json, isRecord } from '../../../base/common/json.ts';
import { ruleIds } from '../../common/protocolProblems/catalogue/ruleIds.ts';
import type { ReportHere } from '../../common/protocolProblems/problem.ts';
import {
  FrameReader,
  type FrameReaderOptions,
  type StrayLine,
  type StreamFrame,
} from '../../common/streamEvents/frameReader.ts';
import { isUntypedError } from '../../common/streamEvents/eventForms.ts';
import { eventsInBody, objectsIn } from '../../common/streamEvents/foreignForms.ts';
import type { StreamResponse } from '../transport/types.ts';
import type { ConversationApi, ConversationFeature, SendContext } from '../../common/stream/conversationApi.ts';
import { type ReceivedEvent, notJson } from '../../common/stream/events.ts';
import type { StreamEndKind } from '../../common/streamEvents/streamOrder.ts';
import { StreamReader } from '../../common/streamEvents/streamReader.ts';
import { excerptOf, looksLikeHtml, responseLines } from '../../common/responses/errorBody.ts';
import { isEventStreamType, reportCompression, reportStreamType } from '../../common/responses/mediaTypes.ts';
import { type WireCommand, toWireAction, toWireCommand } from '../../common/wire/server/command.ts';
import type { ServerReading } from '../../common/wire/reading.ts';
import { toServerItem } from '../../common/wire/server/item.ts';
import { readWith } from '../../common/wire/readWith.ts';
import type { JsonResponse, OpenStream, ServerClient } from './client.ts';
import type { KnownCommands } from './knownCommands.ts';
import { uploadDirectly, uploadInTwoPhases } from './upload.ts';

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
  options: FrameReaderOptions = {},
): AsyncGenerator<readonly StreamFrame[], void, void> {
  const reader = new FrameReader({ maxEventLength, ...options });
  const decoder = new TextDecoder();
  for await (const chunk of chunks) {
    const frames = reader.push(decoder.decode(chunk, { stream: true }));
    if (frames.length > 0) yield frames;
    if (reader.overflow)
      throw new SourceError('tooLarge', l10n.t('A single event of the stream is too large to be read.'));
  }
  const last = [...reader.push(decoder.decode()), ...reader.end()];
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
async function* framesOf(
  { headers, chunks }: Pick<StreamResponse, 'headers' | 'chunks'>,
  { report, unexpected, ...options }: ResponseOptions,
): AsyncGenerator<readonly StreamFrame[], void, void> {
  const { 'content-type': contentType = '' } = headers;
  reportCompression(headers, report);
  if (isEventStreamType(headers)) return yield* readFrames(chunks, options);
  const body = new Peeked(chunks);
  const start = await body.peekUntil((text) => /\S/.test(text));
  if (/^\uFEFF?\s*(?::|(?:data|event|id|retry)\s*:)/.test(start)) {
    reportStreamType(headers, report);
    return yield* readFrames(body, options);
  }
  if (!/^\uFEFF?\s*[{[]/.test(start)) {
    if (start.trim() === '') return;
    throw unexpected(start);
  }
  const firstLine = await body.peekUntil((text) => /\n/.test(text.trimStart()));
  if (isJson(/^\s*([^\n]*)\n/.exec(firstLine)?.[1])) {
    if (!/ndjson|json-?l|json-?seq|json-stream/i.test(contentType)) reportStreamType(headers, report);
    return yield* readFrames(body, options);
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

const commandOf: Readonly<Record<ConversationFeature, string>> = {
  feedback: 'items.feedback',
  syncAction: 'threads.sync_custom_action',
  answerForm: 'threads.add_structured_input',
  attachments: 'attachments.create',
  transcribe: 'input.transcribe',
};

interface ConversationApiOptions {
  readonly known: KnownCommands;
  readonly reading: ServerReading;
  /** Clock for event times, in ms. */
  readonly now: () => number;
}

/** Creates the conversation API of a self-hosted server (chatkit-api 5.3–5.8). */
export function createConversationApi(
  client: ServerClient,
  { known, reading, now }: ConversationApiOptions,
): ConversationApi {
  /** Sends a command with side effects, once. Records when the server does not support it. */
  async function call(command: WireCommand, signal: AbortSignal): Promise<JsonResponse> {
    return known.watch(command.type, () => client.call(command, 'onlyIfNotArrived', signal));
  }

  return {
    supports: (feature) => known.knows(commandOf[feature]),

    async *send(command, signal, context = {}) {
      const startedAt = now();
      const wire = toWireCommand(command);
      const threadId =
        'threadId' in command ? command.threadId : command.type === 'customAction' ? command.action.threadId : null;
      const open = await known.watch(wire.type, () => client.open(wire, signal));
      const about = { command: wire.type, threadId, reading, ...context };
      yield* receive(open, about, () => now() - startedAt, signal);
    },

    async syncAction(action, signal) {
      const { json, details } = await call(
        { type: 'threads.sync_custom_action', params: toWireAction(action) },
        signal,
      );
      const { updated_item: item } = readWith(syncAnswer, json, l10n.t('the answer to an action'), details);
      const at = reading.at({ command: 'threads.sync_custom_action', threadId: action.threadId });
      return item ? toServerItem(item, action.threadId, at) : null;
    },

    async sendFeedback(threadId, itemIds, kind, signal) {
      await call({ type: 'items.feedback', params: { thread_id: threadId, item_ids: itemIds, kind } }, signal);
    },

    upload: (file, signal, directUrl) =>
      directUrl === undefined
        ? uploadInTwoPhases(client, (command) => call(command, signal), file, signal)
        : uploadDirectly(client, directUrl, file, signal),

    async deleteAttachment(attachmentId, signal) {
      await call({ type: 'attachments.delete', params: { attachment_id: attachmentId } }, signal);
    },

    async transcribe({ bytes, mimeType }, signal) {
      const params = { audio_base64: Buffer.from(bytes).toString('base64'), mime_type: mimeType };
      const { json, details } = await call({ type: 'input.transcribe', params }, signal);
      return readWith(transcription, json, l10n.t('a transcription'), details).text;
    },
  };
}

const syncAnswer = z.object({ updated_item: z.custom<Json>(() => true).nullish() });
const transcription = z.object({ text: z.string() });

interface StreamAbout extends SendContext {
  readonly command: string;
  readonly threadId: string | null;
  readonly reading: ServerReading;
}

/**
 * Yields the events of an open stream as they are received. Throws after the last valid event when the stream fails or
 * the response is not a stream.
 */
async function* receive(
  { response, details, redact }: OpenStream,
  { onEnd, ...about }: StreamAbout,
  elapsed: () => number,
  signal: AbortSignal,
): AsyncGenerator<readonly ReceivedEvent[], void, void> {
  const { command, threadId, reading } = about;
  const { report } = reading.at({ command, ...(threadId === null ? {} : { threadId }) });
  const reader = new StreamReader({
    ...about,
    onCreated: (createdAt) => reading.noteCreated(createdAt, response.headers['date']),
  });
  // Leaving the loop early stops the stream.
  let end: StreamEndKind = 'stopped';
  const stray: StrayLine[] = [];
  /** Number of events that are no JSON, and the first of them. */
  const readable = { unread: 0, text: '' };
  const trailing = new TrailingText();
  const unexpected = (text: string): SourceError => {
    const what = response.headers['content-type']?.split(';')[0] ?? 'something else';
    const isStream = isEventStreamType(response.headers);
    const message = isStream
      ? 'The stream of the server contains no event that can be read.'
      : `The server returned ${what} where a stream of events was expected.`;
    end = 'refused';
    const isJson = /^\uFEFF?\s*[{[]/.test(text);
    if (looksLikeHtml(text)) report(ruleIds.htmlResponse, {}, text);
    else if (isStream) report(ruleIds.emptyStream, {}, text);
    else if (!isJson) report(ruleIds.streamContentType, { field: 'content-type' }, what);
    return new SourceError('invalidResponse', message, { ...details, excerpt: redact(excerptOf(text)) });
  };
  const onStrayLine = (line: StrayLine): void => {
    if (line.text.trim() === '') return;
    report(ruleIds.lineWithoutField, {}, line.text);
    if (stray.length < 5) stray.push(line);
    trailing.take(line);
  };
  try {
    for await (const frames of framesOf(response, { report, unexpected, onStrayLine })) {
      const at = elapsed();
      const read = frames.map((frame) => ({ ...reader.read(frame), bytes: Buffer.byteLength(frame.data) }));
      for (const [index, { events }] of read.entries()) {
        const { line = 0, data = '' } = frames[index] ?? {};
        const isText = events.some(({ event }) => event.type === 'unknown' && event.problem === notJson);
        if (isText) {
          trailing.take({ line, text: data });
          if (readable.unread === 0) readable.text = data;
          readable.unread += 1;
        } else if (events.some(({ raw }) => typeof raw === 'string')) trailing.take({ line, text: data });
        else if (events.length > 0) trailing.reach(line);
      }
      const received = read.flatMap(({ events, bytes }) => events.map((event) => ({ at, bytes, ...event })));
      if (received.length > 0) yield received;
      if (read.some(({ isCutOff }) => isCutOff)) {
        throw new SourceError('network', l10n.t('The stream was cut off in the middle of an event.'), details);
      }
    }
    end = 'ended';
    const failure = trailing.failure();
    if (reader.count > 0 && failure !== null && !(reader.isComplete && !isCrash(failure))) {
      const message = redact(excerptOf(failure));
      throw new SourceError(
        'server',
        l10n.t('The server ended the stream with a text that is not an event: {0}', message),
        {
          ...details,
          excerpt: redact(responseLines(failure)),
          nextStep: 'retry',
        },
      );
    }
    if (reader.count > readable.unread) return;
    if (readable.unread > 0) throw unexpected(readable.text);
    if (stray.length > 0) throw unexpected(stray.map(({ text }) => text).join(' '));
    throw new SourceError('invalidResponse', l10n.t('The server ended the stream without any event.'), {
      ...details,
      code: emptyStream,
      nextStep: 'retry',
    });
  } catch (error) {
    if (end === 'stopped') end = signal.aborted ? 'stopped' : 'interrupted';
    throw error;
  } finally {
    // Not within the optional call: the end is checked also without a listener.
    const rules = reader.end(end);
    onEnd?.(rules);
  }
}

/** Words of the text of an exception or of an error page. */
const failureWords =
  /\b(?:\w*error|\w*exception|traceback|fatal|panic|failed|failure|denied|refused|timed? ?out|time-?out|bad gateway|(?:service |temporarily )unavailable)\b/i;
/** A server that fails after its answer; a line of a log can contain any word. */
const crashWords = /\btraceback \(most recent call|\binternal server error\b|\bunhandled\b|^\s+at \S+ \(.*:\d+:\d+\)/im;
const maxTrailingLines = 200;

function isCrash(text: string): boolean {
  return crashWords.test(text);
}

/** Text after the last event of a stream: a server that fails in the middle of a response writes its reason there. */
class TrailingText {
  readonly #lines: StrayLine[] = [];
  #lastEvent = 0;

  take(line: StrayLine): void {
    if (this.#lines.length >= maxTrailingLines) this.#lines.shift();
    this.#lines.push(line);
  }

  /** An event starts at a line. */
  reach(line: number): void {
    this.#lastEvent = Math.max(this.#lastEvent, line);
  }

  /** The text, if it is one of a failure; else null. */
  failure(): string | null {
    const after = this.#lines.filter(({ line }) => line > this.#lastEvent);
    const text = after.map(({ text: line }) => line).join('\n');
    return failureWords.test(text) ? text : null;
  }
}
