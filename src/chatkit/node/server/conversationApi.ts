import { parseJson } from '../../../base/common/parseJson.ts';
import * as z from 'zod';
import { SourceError } from '../../common/errors.ts';
import type { Json } from '../../../base/common/json.ts';
import { notJson, type ReceivedEvent } from '../../common/stream/events.ts';
import type { ConversationFeature, ConversationApi } from '../../common/stream/conversationApi.ts';
import { excerptOf } from '../../common/wire/excerpt.ts';
import { toWireAction, toWireCommand, type WireCommand } from '../../common/wire/server/command.ts';
import { toStreamEvent } from '../../common/wire/server/event.ts';
import type { ServerReading, Reading } from '../../common/wire/reading.ts';
import { toServerItem } from '../../common/wire/server/item.ts';
import { readWith } from '../../common/wire/readWith.ts';
import type { JsonResponse, OpenStream, ServerClient } from './client.ts';
import type { KnownCommands } from './knownCommands.ts';
import { readEvents, type SseMessage } from './sse.ts';
import { uploadDirectly, uploadInTwoPhases } from './upload.ts';

const commandOf: Readonly<Record<ConversationFeature, string>> = {
  feedback: 'items.feedback',
  syncAction: 'threads.sync_custom_action',
  answerForm: 'threads.add_structured_input',
  attachments: 'attachments.create',
  transcribe: 'input.transcribe',
};

interface ConversationApiParts {
  readonly known: KnownCommands;
  readonly reading: ServerReading;
  /** Clock for event times, in ms. */
  readonly now: () => number;
}

/** Creates the conversation API of a self-hosted server (chatkit-api 5.3–5.8). */
export function createConversationApi(
  client: ServerClient,
  { known, reading, now }: ConversationApiParts,
): ConversationApi {
  /** Sends a command with side effects, once. Records when the server does not support it. */
  async function call(command: WireCommand, signal: AbortSignal): Promise<JsonResponse> {
    return known.watch(command.type, () => client.call(command, 'onlyIfNotArrived', signal));
  }

  return {
    supports: (feature) => known.knows(commandOf[feature]),

    async *send(command, signal) {
      const begun = now();
      const wire = toWireCommand(command);
      const threadId =
        'threadId' in command ? command.threadId : command.type === 'customAction' ? command.action.threadId : '';
      const open = await known.watch(wire.type, () => client.open(wire, signal));
      const at = reading.at({ command: wire.type, ...(threadId === '' ? {} : { threadId }) });
      yield* receive(open, threadId, at, () => now() - begun);
    },

    async syncAction(action, signal) {
      const { json, details } = await call(
        { type: 'threads.sync_custom_action', params: toWireAction(action) },
        signal,
      );
      const { updated_item: item } = readWith(syncAnswer, json, 'the answer to an action', details);
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
      return readWith(transcription, json, 'a transcription', details).text;
    },
  };
}

const syncAnswer = z.object({ updated_item: z.custom<Json>(() => true).nullish() });
const transcription = z.object({ text: z.string() });

/**
 * Yields the events of an open stream as they are received. Throws after the last valid event when the stream fails or
 * the response is not a stream.
 */
async function* receive(
  { response, details, redact }: OpenStream,
  threadId: string,
  reading: Reading,
  elapsed: () => number,
): AsyncGenerator<readonly ReceivedEvent[], void, void> {
  const declared = (response.headers['content-type'] ?? '').includes('text/event-stream');
  let events = 0;
  for await (const messages of readEvents(declared ? response.chunks : sniffed(response, details, redact))) {
    const at = elapsed();
    const received = messages.flatMap((message) => toReceived(message, threadId, reading, at) ?? []);
    events += received.length;
    if (received.length > 0) yield received;
    if (received.length < messages.length) {
      throw new SourceError('network', 'The stream was cut off in the middle of an event.', details);
    }
  }
  if (events === 0) throw new SourceError('invalidResponse', 'The server ended the stream without any event.', details);
}

/** Returns null for an incomplete event. */
function toReceived(
  { data, complete }: SseMessage,
  threadId: string,
  reading: Reading,
  at: number,
): ReceivedEvent | null {
  const raw = parse(data);
  const bytes = Buffer.byteLength(data);
  if (raw !== undefined) return { at, bytes, raw, event: toStreamEvent(raw, threadId, reading) };
  return complete ? { at, bytes, raw: data, event: { type: 'unknown', wireType: null, problem: notJson } } : null;
}

function parse(data: string): Json | undefined {
  try {
    return parseJson(data);
  } catch {
    return undefined;
  }
}

/**
 * Passes on a response without a stream content type if its body looks like a stream. Otherwise throws with an excerpt.
 */
async function* sniffed(
  { chunks, headers }: OpenStream['response'],
  details: OpenStream['details'],
  redact: (text: string) => string,
): AsyncGenerator<Uint8Array, void, void> {
  let begun = false;
  for await (const chunk of chunks) {
    if (!begun && chunk.byteLength > 0) {
      const text = Buffer.from(chunk).toString('utf8');
      if (!/^\uFEFF?\s*(:|(data|event|id|retry)\s*:)/.test(text)) {
        const what = headers['content-type']?.split(';')[0] ?? 'something else';
        const message = `The server answered with ${what} where a stream of events was expected.`;
        throw new SourceError('invalidResponse', message, { ...details, excerpt: redact(excerptOf(text)) });
      }
      begun = true;
    }
    yield chunk;
  }
}
