import * as z from 'zod';
import type { Notice, ProgressLine } from '../../chatkit/common/stream/events.ts';

// Talking to a server from the inspector's page: what the page is shown of it, and what it may ask.

/** A file that goes along with the next message. */
export interface DraftFile {
  /** Names it to the host; not the server's id. */
  readonly key: string;
  readonly name: string;
  /** Bytes; null before it was read. */
  readonly size: number | null;
  readonly state: 'uploading' | 'ready' | 'failed';
  /** Why it failed, in words. */
  readonly message: string | null;
}

/** What is written and not sent. */
export interface DraftView {
  readonly text: string;
  readonly quote: string | null;
  /** Grows when the host put the text back, because it could not be sent: the page takes it over then. */
  readonly serial: number;
  readonly files: readonly DraftFile[];
  /** Empty: the server's own choice. */
  readonly model: string;
  readonly tool: string;
}

/** How the last stream ended, where it did not end well. */
export interface ConversationError {
  readonly message: string;
  /** More of it, on demand; may be empty. */
  readonly detail: string;
  readonly retry: boolean;
  /** Title of a command that cures it. */
  readonly action: string | null;
}

/** Something the embedding app was asked to do. */
export interface EffectView {
  readonly name: string;
  /** JSON, cut off. */
  readonly data: string;
}

/** What is said to a server and what comes back, apart from the items themselves. */
export interface ConversationView {
  /** An answer is coming; `allowCancel` false: the server asks not to be stopped. */
  readonly running: { readonly startedAt: number; readonly allowCancel: boolean } | null;
  /** Items that are being made. */
  readonly open: readonly string[];
  /** Items that a stream left unfinished. */
  readonly unfinished: readonly string[];
  readonly progress: ProgressLine | null;
  readonly notices: readonly Notice[];
  readonly effects: readonly EffectView[];
  readonly error: ConversationError | null;
  /** How the latest stream ended; null while one runs, before the first, and once that was read. */
  readonly ended: 'done' | 'stopped' | 'fault' | 'failed' | null;
  readonly draft: DraftView;
}

/** Characters of a message; a page posts no more. */
export const maxMessage = 1_000_000;

const id = z.string().min(1).max(1024);
const inThread = { threadId: id };
const onItem = { ...inThread, itemId: id };
/** Characters of one answer by hand. */
const maxAnswer = 1_000_000;
const written = { text: z.string().max(maxMessage), quote: z.string().max(100_000).nullable() };

/** What the page may ask about talking; parsed by the host like all that a page says. */
export const conversationRequests = {
  sendMessage: z.strictObject({ ...inThread, ...written }),
  stop: z.strictObject(inThread),
  /** Tries again what did not end well. */
  retry: z.strictObject(inThread),
  /** Runs the command that the trouble offers. */
  resolveConversationError: z.strictObject(inThread),
  /** Deletes all that follows a user message and asks for another answer. */
  retryFrom: z.strictObject({ ...inThread, itemId: id }),
  /** Notices, effects and trouble were read. */
  dismiss: z.strictObject(inThread),
  /** What is written so far: the page may be thrown away at any time. */
  draft: z.strictObject({ ...inThread, ...written }),
  attach: z.strictObject(inThread),
  detach: z.strictObject({ ...inThread, key: z.string().max(100) }),
  options: z.strictObject({ ...inThread, model: z.string().max(300), tool: z.string().max(300) }),
  /** The JSON that this tool was last answered with by hand; null before. */
  lastOutput: z.strictObject({ ...inThread, tool: z.string().max(1024) }),
  /** Completes an open client tool call. Answers once the server took it or refused it, which the talk tells. */
  answerTool: z.strictObject({ ...onItem, json: z.string().max(maxAnswer) }),
  /** Answers a pending structured input, likewise. */
  answerForm: z.strictObject({
    ...onItem,
    status: z.enum(['answered', 'skipped']),
    answers: z.record(
      z.string().max(1024),
      z.strictObject({ values: z.array(z.string().max(maxAnswer)).max(500), skipped: z.boolean() }),
    ),
  }),
};

type Ask<K extends keyof typeof conversationRequests> = z.infer<(typeof conversationRequests)[K]>;

/** What the host offers the page about talking. */
export interface ConversationHost {
  sendMessage(params: Ask<'sendMessage'>): void;
  stop(params: Ask<'stop'>): void;
  retry(params: Ask<'retry'>): void;
  resolveConversationError(params: Ask<'resolveConversationError'>): void;
  retryFrom(params: Ask<'retryFrom'>): void;
  dismiss(params: Ask<'dismiss'>): void;
  draft(params: Ask<'draft'>): void;
  attach(params: Ask<'attach'>): void;
  detach(params: Ask<'detach'>): void;
  options(params: Ask<'options'>): void;
  lastOutput(params: Ask<'lastOutput'>): { readonly json: string | null };
  answerTool(params: Ask<'answerTool'>): { readonly sent: boolean };
  answerForm(params: Ask<'answerForm'>): { readonly sent: boolean };
}
