import type { Json } from '../../base/common/json.ts';
import type { ConversationError, ConversationView, DraftView, EffectView } from '../common/protocol.ts';
import type { Draft, MessageOptions } from './draft.ts';
import type { ResponseStream } from './responseStream.ts';

/** Maximum number of streaming items that the page receives: the latest ones. */
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

/** Returns the state of a conversation for the page. Its size is bounded for any server response. */
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
