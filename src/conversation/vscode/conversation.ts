import * as l10n from '@vscode/l10n';
import { keepNewest } from '../../base/common/lists.ts';
import { randomUUID } from 'node:crypto';
import type { Json } from '../../base/common/json.ts';
import type { ConversationError, ConversationView, DraftView, EffectView } from '../common/protocol.ts';
import type { StreamCommand } from '../../chatkit/common/stream/conversationApi.ts';
import type { ThreadItems } from '../../chatkit/common/store/types.ts';
import { SourceError } from '../../chatkit/common/errors.ts';
import { Emitter } from '../../base/common/events.ts';
import type { TextDelta } from '../../chatkit/common/stream/applyUpdate.ts';
import { Draft, type MessageOptions, type SentMessage } from './messageDraft.ts';
import type { ResponseStream } from './responseStream.ts';

/** Starts a response. `created` is called with the id of the thread that the command creates. */
export type StartResponse = (
  threadId: string | null,
  command: StreamCommand,
  created: (id: string) => void,
) => ResponseStream;

/** Incomplete items that are remembered: the latest ones. */
const maxUnfinished = 500;

/** The conversation of one thread: its draft and its latest response. Allows one response at a time. */
export class Conversation {
  readonly connectionId: string;
  readonly draft = new Draft();
  readonly #start: StartResponse;
  readonly #changed = new Emitter<void>();
  readonly #textAppended = new Emitter<readonly TextDelta[]>();
  readonly #created = new Emitter<string>();
  #threadId: string | null;
  #last: ResponseStream | null = null;
  #dismissed = false;
  #sendAgain = false;
  readonly #unfinished = new Set<string>();

  /** Emitted when a response started, ended or changed something except items. */
  readonly onDidChange = this.#changed.on;
  readonly onDidAppendText = this.#textAppended.on;
  /** Emits the id of a created thread, before its first item is applied. */
  readonly onDidCreate = this.#created.on;

  /** `threadId`: null for a thread that the first message creates. */
  constructor(connectionId: string, threadId: string | null, start: StartResponse) {
    this.connectionId = connectionId;
    this.#threadId = threadId;
    this.#start = start;
  }

  get threadId(): string | null {
    return this.#threadId;
  }

  /** The response in progress. */
  get running(): ResponseStream | null {
    return this.#last?.end === null ? this.#last : null;
  }

  /** The latest response, in progress or ended; null before the first one. */
  get last(): ResponseStream | null {
    return this.#last;
  }

  /** Sends a command. Throws `SourceError` `conflict` during another response. */
  sendCommand(command: StreamCommand): ResponseStream {
    if (this.running !== null) {
      throw new SourceError('conflict', l10n.t('A response is still in progress.'), {
        mayHaveArrived: false,
        nextStep: 'none',
      });
    }
    const response = this.#start(this.#threadId, command, (threadId) => {
      this.#threadId = threadId;
      this.#created.fire(threadId);
    });
    this.#last = response;
    this.#dismissed = false;
    response.onDidAppendText((deltas) => this.#textAppended.fire(deltas));
    response.onDidChange(() => this.#changed.fire());
    response.onDidEnd(() => this.#noteUnfinished(response));
    this.#changed.fire();
    return response;
  }

  /** Sends a command that contains a message; restores the message in the draft if the server did not accept it. */
  sendMessage(command: StreamCommand, message: SentMessage): ResponseStream {
    const response = this.sendCommand(command);
    response.onDidEnd(() => {
      if (!hasArrived(response)) this.draft.restore(message);
    });
    return response;
  }

  /** Ids of items that were incomplete when their response ended, in any response of this conversation. */
  get unfinished(): readonly string[] {
    return [...this.#unfinished];
  }

  /** The user has dismissed the notices, effects and end of the latest response. */
  get dismissed(): boolean {
    return this.#dismissed;
  }

  dismiss(): void {
    this.#dismissed = true;
    this.#changed.fire();
  }

  /** Whether the last message is sent to a new thread after a file was saved. */
  get sendAgain(): boolean {
    return this.#sendAgain;
  }

  setSendAgain(on: boolean): void {
    this.#sendAgain = on;
    this.#changed.fire();
  }

  /** Stops the response in progress. The partial response remains in the thread. */
  stop(): void {
    this.running?.stop();
  }

  /** Stops the response on the user's behalf. Returns false, without stopping it, if the server does not allow it. */
  stopForUser(): boolean {
    if (this.running?.state.allowCancel === false) return false;
    this.stop();
    return true;
  }

  #noteUnfinished({ state, unfinished }: ResponseStream): void {
    for (const { id } of state.items) this.#unfinished.delete(id);
    for (const id of state.removed) this.#unfinished.delete(id);
    for (const id of unfinished) this.#unfinished.add(id);
    keepNewest(this.#unfinished, maxUnfinished);
  }
}

/** Whether the server has the message. Some servers answer without repeating it. */
function hasArrived({ state, accepted, end }: ResponseStream): boolean {
  if (state.items.some(({ kind }) => kind === 'user_message')) return true;
  return accepted && (end?.reason === 'done' || state.items.length > 0);
}

/**
 * Returns the command that repeats a failed one; null if there is none. A message that the server may have accepted is
 * never sent twice: instead, the command requests a new response to the last user message.
 */
export function retryCommand(
  { command, state, eventCount, threadId }: Pick<ResponseStream, 'command' | 'state' | 'eventCount' | 'threadId'>,
  { windows }: Pick<ThreadItems, 'windows'>,
): StreamCommand | null {
  if (command.type === 'retryAfter' || command.type === 'customAction') return command;
  const sent = state.items.find(({ kind }) => kind === 'user_message');
  const isMessage = command.type === 'createThread' || command.type === 'addUserMessage';
  // A message that did not arrive was restored in the composer, where the user can edit and send it again.
  if (isMessage && sent === undefined) return null;
  if (!isMessage && eventCount === 0) return command;
  const lastUserMessage = sent ?? windows.at(-1)?.items.findLast(({ kind }) => kind === 'user_message');
  if (threadId === null || lastUserMessage === undefined) return null;
  return { type: 'retryAfter', threadId, itemId: lastUserMessage.id };
}

/** Prefix of the placeholder id of a thread that the server has not created yet. Servers never use such ids. */
const prefix = 'new:';

export function newThreadId(): string {
  return `${prefix}${randomUUID()}`;
}

export function isNewThread(threadId: string): boolean {
  return threadId.startsWith(prefix);
}

/** Maximum number of streaming items that the webview receives: the latest ones. */
const maxOpen = 500;
const maxText = 4_000;

interface ConversationViewOptions {
  readonly response: ResponseStream | null;
  /** See `Conversation.unfinished`. */
  readonly unfinished: readonly string[];
  readonly error: ConversationError | null;
  /** See `Conversation.dismissed`. */
  readonly dismissed: boolean;
  readonly draft: Draft;
  readonly options: MessageOptions;
  /** See `Conversation.sendAgain`. */
  readonly sendAgain: boolean;
}

/** Returns the state of a conversation for the webview. Its size is bounded for any server response. */
export function toConversationView({
  response,
  unfinished,
  error,
  dismissed,
  draft,
  options,
  sendAgain,
}: ConversationViewOptions): ConversationView {
  const state = response?.state;
  const isRunning = response !== null && response.end === null;
  const shown = state !== undefined && (isRunning || !dismissed) ? state : undefined;
  return {
    running: isRunning ? { startedAt: response.startedAt, allowCancel: response.state.allowCancel } : null,
    open: isRunning ? [...response.state.open].slice(-maxOpen) : [],
    unfinished,
    progress: state?.progress ? { ...state.progress, text: state.progress.text.slice(0, maxText) } : null,
    notices: (shown?.notices ?? []).map((notice) => ({
      ...notice,
      title: notice.title?.slice(0, maxText) ?? null,
      message: notice.message.slice(0, maxText),
    })),
    effects: (shown?.effects ?? []).map(({ name, data }): EffectView => ({
      name: name.slice(0, 200),
      data: dataText(data),
    })),
    error: isRunning || dismissed ? null : error,
    ended: dismissed || response === null ? null : endOf(response),
    draft: toDraftView(draft, options),
    sendAgain,
  };
}

function endOf({ end, unfinished }: ResponseStream): ConversationView['ended'] {
  if (end === null) return null;
  return end.reason === 'done' && unfinished.length > 0 ? 'incomplete' : end.reason;
}

function toDraftView({ text, quote, serial, files }: Draft, { model, tool }: MessageOptions): DraftView {
  return {
    text,
    quote,
    serial,
    model,
    tool,
    files: files.map(({ key, name, size, attachmentId, error }) => ({
      key,
      name,
      size,
      state: error !== null ? 'failed' : attachmentId === null ? 'uploading' : 'ready',
      message: error?.message ?? null,
    })),
  };
}

function dataText(data: Json): string {
  return JSON.stringify(data).slice(0, maxText);
}
