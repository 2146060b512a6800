import * as l10n from '@vscode/l10n';
import * as z from 'zod';
import { SourceError } from '../../common/errors.ts';
import { type Json, isJsonObject } from '../../../base/common/json.ts';
import { ruleIds } from '../../common/protocolProblems/catalogue/ruleIds.ts';
import type { ReportHere } from '../../common/protocolProblems/problem.ts';
import { type OtherNames, renamed } from '../../common/wire/fieldNames.ts';
import { withProtocolKeys } from '../../common/wire/protocolNames.ts';
import type { StrayLine } from '../../common/streamEvents/frameReader.ts';
import type { ConversationApi, ConversationFeature, SendContext } from '../../common/stream/conversationApi.ts';
import type { ReceivedEvent } from '../../common/stream/events.ts';
import type { StreamEndKind } from '../../common/streamEvents/streamOrder.ts';
import { StreamReader } from '../../common/streamEvents/streamReader.ts';
import { type WireCommand, toWireAction, toWireCommand } from '../../common/wire/server/command.ts';
import type { ServerReading } from '../../common/wire/reading.ts';
import { toServerItem } from '../../common/wire/server/item.ts';
import { readWith } from '../../common/wire/readWith.ts';
import type { JsonResponse, OpenStream, ServerClient } from './client.ts';
import type { KnownCommands } from './knownCommands.ts';
import { framesOf } from './responseFrames.ts';
import { StreamFailures } from './streamFailures.ts';
import { uploadDirectly, uploadInTwoPhases } from './upload.ts';

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
      const at = reading.at({ command: 'threads.sync_custom_action', threadId: action.threadId });
      const reply = withUpdatedItem(withProtocolKeys(json, at.report), at.report);
      const { updated_item: item } = readWith(syncAnswer, reply, l10n.t('the answer to an action'), details);
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
      const { report } = reading.at({ command: 'input.transcribe' });
      const reply = isJsonObject(json) ? renamed(json, transcriptionNames, '', report) : json;
      return readWith(transcription, reply, l10n.t('a transcription'), details).text;
    },
  };
}

/** The reply to an action with the item where it is itself, or has another name. Reports what has no item. */
function withUpdatedItem(reply: Json, report: ReportHere): Json {
  if (!isJsonObject(reply) || 'updated_item' in reply || Object.keys(reply).length === 0) return reply;
  if ('thread_id' in reply && 'type' in reply) return { updated_item: reply };
  const key = ['item', 'widget_item', 'updated', 'data'].find((name) => isJsonObject(reply[name]));
  const found = key === undefined ? undefined : reply[key];
  if (key === undefined || !isJsonObject(found) || !('type' in found)) {
    report(ruleIds.nonEmptyReply, {}, reply);
    return reply;
  }
  report(ruleIds.otherFieldName, { field: key }, found);
  return { updated_item: found };
}

const syncAnswer = z.object({ updated_item: z.custom<Json>(() => true).nullish() });
const transcriptionNames: OtherNames = { text: ['transcript', 'transcription'] };
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
  const failures = new StreamFailures(response.headers, { details, redact, report });
  const unexpected = (text: string): SourceError => failures.unexpected(text);
  const onStrayLine = (line: StrayLine): void => failures.addStrayLine(line);
  // Leaving the loop early stops the stream.
  let end: StreamEndKind = 'stopped';
  try {
    for await (const frames of framesOf(response, { report, unexpected, onStrayLine })) {
      const at = elapsed();
      const read = frames.map((frame) => ({ frame, ...reader.read(frame), bytes: Buffer.byteLength(frame.data) }));
      for (const { frame, events } of read) failures.addFrame(frame, events);
      const received = read.flatMap(({ events, bytes }) => events.map((event) => ({ at, bytes, ...event })));
      if (received.length > 0) yield received;
      if (read.some(({ isCutOff }) => isCutOff)) {
        throw new SourceError('network', l10n.t('The stream was cut off in the middle of an event.'), details);
      }
    }
    end = 'ended';
    const error = failures.errorAtEnd(reader);
    if (error !== null) throw error;
  } catch (error) {
    if (failures.isRefused) end = 'refused';
    else if (end === 'stopped') end = signal.aborted ? 'stopped' : 'interrupted';
    throw error;
  } finally {
    // Not within the optional call: the end is checked also without a listener.
    const rules = reader.end(end);
    onEnd?.(rules);
  }
}
