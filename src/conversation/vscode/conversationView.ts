import type { Json } from '../../base/common/json.ts';
import type { DraftView, EffectView, ConversationError, ConversationView } from '../common/protocol.ts';
import type { Draft } from './draft.ts';
import type { MessageOptions } from './messageOptions.ts';
import type { ResponseStream } from './responseStream.ts';

/** Ids of items in the making that the page is shown: the latest. */
const maxOpen = 500;
const maxText = 4_000;

export interface ViewParts {
  readonly run: ResponseStream | null;
  readonly trouble: ConversationError | null;
  /** The latest run's notices, effects and end were read. */
  readonly dismissed: boolean;
  readonly draft: Draft;
  readonly options: MessageOptions;
}

/** What the page is shown of a conversation; bounded, whatever the server says. */
export function toConversationView({ run, trouble, dismissed, draft, options }: ViewParts): ConversationView {
  const state = run?.state;
  const isRunning = run !== null && run.end === null;
  const shown = state !== undefined && (isRunning || !dismissed) ? state : undefined;
  return {
    running: isRunning ? { startedAt: run.startedAt, allowCancel: run.state.allowCancel } : null,
    open: isRunning ? [...run.state.open].slice(-maxOpen) : [],
    unfinished: run?.unfinished ?? [],
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
    error: isRunning || dismissed ? null : trouble,
    ended: dismissed ? null : (run?.end?.reason ?? null),
    draft: toDraftView(draft, options),
  };
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
