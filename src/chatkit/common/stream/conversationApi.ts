import type { Json } from '../../../base/common/json.ts';
import type { Attachment } from '../model/content.ts';
import type { ThreadItem } from '../model/item.ts';
import type { RuleId } from '../protocolProblems/catalogue/ruleIds.ts';
import type { ReceivedEvent } from './events.ts';

/** What a user writes (chatkit-api 5.3). */
export interface UserInput {
  readonly content: readonly UserInputPart[];
  /** Ids of attachments that were uploaded before. */
  readonly attachments: readonly string[];
  readonly quotedText: string | null;
  readonly model: string | null;
  readonly toolChoice: string | null;
}

type UserInputPart =
  | { readonly type: 'text'; readonly text: string }
  | {
      readonly type: 'tag';
      readonly id: string;
      readonly text: string;
      readonly data: Readonly<Record<string, Json>>;
      readonly group?: string;
    };

/** Something that a widget, or the embedding app, does. */
export interface WidgetAction {
  readonly threadId: string;
  /** The widget's item; null for an action of the app. */
  readonly itemId: string | null;
  readonly type: string;
  readonly payload: Json;
}

/** The server may work on an action without a stream for this long, in ms: it is answered when it is complete. */
export const syncActionTimeoutMs = 120_000;

/** An action of the app, without a widget. */
export interface AppAction {
  readonly type: string;
  readonly payload?: Json;
  /** False: the reply is one item (`threads.sync_custom_action`). By default, it is a response (`threads.custom_action`). */
  readonly streaming?: boolean;
}

export interface FormAnswer {
  readonly values: readonly string[];
  readonly skipped: boolean;
}

/** The commands that are answered with a stream (chatkit-api 5.3). */
export type StreamCommand =
  | { readonly type: 'createThread'; readonly input: UserInput }
  | { readonly type: 'addUserMessage'; readonly threadId: string; readonly input: UserInput }
  /** Completes the thread's last item, which has to be an open client tool call. */
  | { readonly type: 'addToolOutput'; readonly threadId: string; readonly result: Json }
  | {
      readonly type: 'answerForm';
      readonly threadId: string;
      readonly itemId: string;
      readonly status: 'answered' | 'skipped';
      /** By the id of the field. */
      readonly answers: Readonly<Record<string, FormAnswer>>;
    }
  /** `itemId`: a user message. All later items are deleted, and a new response is generated. */
  | { readonly type: 'retryAfter'; readonly threadId: string; readonly itemId: string }
  | ({ readonly type: 'customAction' } & { readonly action: WidgetAction });

/** Sends a message to a thread, or to a new one for null. */
export function messageCommand(threadId: string | null, input: UserInput): StreamCommand {
  return threadId === null ? { type: 'createThread', input } : { type: 'addUserMessage', threadId, input };
}

export interface AttachmentFile {
  readonly name: string;
  readonly mimeType: string;
  readonly bytes: Uint8Array;
}

/** Features that not every server supports; detected on first use. */
export type ConversationFeature = 'feedback' | 'syncAction' | 'answerForm' | 'attachments' | 'transcribe';

/** What a caller knows about the thread, and wants to know about the stream. */
export interface SendContext {
  /** Whether the thread contained an item before the command. */
  readonly isKnownItem?: (itemId: string) => boolean;
  /** Called at the end of the stream with the rules of the protocol that it violates as a whole. */
  readonly onEnd?: (rules: readonly RuleId[]) => void;
}

/**
 * The conversation API of a self-hosted server (chatkit-api 5.3–5.8). Every method throws `SourceError`, kind `cancelled` when its
 * signal fires. Requests are never repeated automatically.
 */
export interface ConversationApi {
  /** Returns false after the server rejected the feature as unknown. */
  supports(feature: ConversationFeature): boolean;
  /**
   * Sends a command and yields its events as they are received, in non-empty batches. Ends when the server closes the
   * stream. Throws before the first event if the command is rejected, and after the last valid event if the stream ends
   * unexpectedly. Leaving the loop closes the connection and stops the response.
   */
  send(command: StreamCommand, signal: AbortSignal, context?: SendContext): AsyncIterable<readonly ReceivedEvent[]>;
  /** Sends an action that is configured with `streaming: false`. Returns the item that it changed, if any. */
  syncAction(action: WidgetAction, signal: AbortSignal): Promise<ThreadItem | null>;
  sendFeedback(
    threadId: string,
    itemIds: readonly string[],
    kind: 'positive' | 'negative',
    signal: AbortSignal,
  ): Promise<void>;
  /** Uploads a file in two phases, or to `directUrl` (chatkit-api 5.8). Credentials are sent to the own origin only. */
  upload(file: AttachmentFile, signal: AbortSignal, directUrl?: string): Promise<Attachment>;
  deleteAttachment(attachmentId: string, signal: AbortSignal): Promise<void>;
  /** Speech as text. */
  transcribe(audio: AttachmentFile, signal: AbortSignal): Promise<string>;
}
