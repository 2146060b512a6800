import * as z from 'zod';
import { request, type RequestMethods } from '../../base/common/rpc.ts';
import type { Mention } from './mentions.ts';
import type { Notice, ProgressLine } from '../../chatkit/common/stream/events.ts';

// The conversation with a server in the inspector's webview: the state that the host sends and the requests that the
// webview sends.

/** An attachment of the next message. */
export interface DraftFile {
  /** Identifies the file to the host; not the server's id. */
  readonly key: string;
  readonly name: string;
  /** Bytes; null until the file has been read. */
  readonly size: number | null;
  readonly state: 'uploading' | 'ready' | 'failed';
  /** Error message of a failed upload. */
  readonly message: string | null;
}

/** The unsent message. */
export interface DraftView {
  readonly text: string;
  readonly quote: string | null;
  /** Incremented when the host restores a message that could not be sent; the webview then replaces its text. */
  readonly serial: number;
  readonly files: readonly DraftFile[];
  /** Empty: server default. */
  readonly model: string;
  readonly tool: string;
}

/** The error that ended the last stream. */
export interface ConversationError {
  readonly message: string;
  /** Further details, shown on demand; may be empty. */
  readonly detail: string;
  readonly retry: boolean;
  /** Title of a command that resolves the error. */
  readonly action: string | null;
}

/** A client effect that the server requested from the embedding app. */
export interface EffectView {
  readonly name: string;
  /** JSON, truncated. */
  readonly data: string;
}

/** The state of a conversation except its items. */
export interface ConversationView {
  /** The response in progress. `allowCancel` false: the server does not allow stopping it. */
  readonly running: { readonly startedAt: number; readonly allowCancel: boolean } | null;
  /** Ids of items that are still streaming. */
  readonly open: readonly string[];
  /** Ids of items that were incomplete when their stream ended. */
  readonly unfinished: readonly string[];
  readonly progress: ProgressLine | null;
  readonly notices: readonly Notice[];
  readonly effects: readonly EffectView[];
  readonly error: ConversationError | null;
  /** How the latest stream ended (`incomplete`: the server closed it before an item was finished); null during a stream, before the first one and after the user dismissed it. */
  readonly ended: 'done' | 'incomplete' | 'stopped' | 'fault' | 'failed' | null;
  readonly draft: DraftView;
  /** *Send Again on Save* is on. */
  readonly sendAgain: boolean;
}

/** Maximum length of a message in characters. */
export const maxMessage = 1_000_000;

/** `sent`: the server accepted it. A failure is reported by the conversation. */
export interface SendResult {
  readonly sent: boolean;
}

const id = z.string().min(1).max(1024);
const inThread = { threadId: id };
const onItem = { ...inThread, itemId: id };
/** Maximum length of a tool output or of a form value, in characters. */
const maxAnswer = 1_000_000;
const written = { text: z.string().max(maxMessage), quote: z.string().max(100_000).nullable() };

const mention: z.ZodType<Mention> = z.strictObject({
  id: z.string().min(1).max(1024),
  text: z.string().min(1).max(200),
  group: z.string().max(200),
  data: z.string().max(100_000),
});

/** The conversation requests with the schemas of their parameters. The host validates them: a webview is untrusted. */
export const conversationRequests = {
  /** `mentions`: tags that the text contains. */
  sendMessage: z.strictObject({ ...inThread, ...written, mentions: z.array(mention).max(100).optional() }),
  /** Asks for an audio file, or takes a recording, and returns its text; null if the user cancels. */
  transcribe: request(
    z.strictObject({
      ...inThread,
      recording: z.strictObject({ mimeType: z.string().max(200), base64: z.string().max(40_000_000) }).nullable(),
    }),
  ).returns<{ readonly text: string | null }>(),
  stop: z.strictObject(inThread),
  /** Repeats the failed command. */
  retry: z.strictObject(inThread),
  /** Runs the command that resolves the conversation's error. */
  resolveConversationError: z.strictObject(inThread),
  /** Deletes everything after a user message and requests a new response. */
  retryFrom: z.strictObject({ ...inThread, itemId: id }),
  /** Compares the states of a widget before and after its latest change. */
  compareWidget: z.strictObject(onItem),
  /** Repeats the user's side up to an item in a new thread. */
  forkFrom: z.strictObject({ ...inThread, itemId: id }),
  /** After a file was saved, sends the last message to a new thread. */
  sendAgain: z.strictObject({ ...inThread, on: z.boolean() }),
  /** Hides notices, effects and the error. */
  dismiss: z.strictObject(inThread),
  /** Saves the unsent message: the editor may dispose the webview at any time. */
  draft: z.strictObject({ ...inThread, ...written }),
  /** Returns the texts of the thread's loaded user messages, newest first. */
  messageHistory: request(z.strictObject(inThread)).returns<{ readonly texts: readonly string[] }>(),
  attach: z.strictObject(inThread),
  detach: z.strictObject({ ...inThread, key: z.string().max(100) }),
  options: z.strictObject({ ...inThread, model: z.string().max(300), tool: z.string().max(300) }),
  /** Returns the JSON that the user last sent as output of this tool; null if none. */
  lastOutput: request(z.strictObject({ ...inThread, tool: z.string().max(1024) })).returns<{
    readonly json: string | null;
  }>(),
  /** Completes an open client tool call. Resolves when the server has accepted or rejected it. */
  answerTool: request(z.strictObject({ ...onItem, json: z.string().max(maxAnswer) })).returns<SendResult>(),
  /** Answers a pending structured input. Resolves when the server has accepted or rejected it. */
  answerForm: request(
    z.strictObject({
      ...onItem,
      status: z.enum(['answered', 'skipped']),
      answers: z.record(
        z.string().max(1024),
        z.strictObject({ values: z.array(z.string().max(maxAnswer)).max(500), skipped: z.boolean() }),
      ),
    }),
  ).returns<SendResult>(),
};

/** The requests that the webview sends to the host about the conversation. */
export type ConversationHost = RequestMethods<typeof conversationRequests>;
