import type { ProblemReporter } from '../../../../src/chatkit/common/protocolProblems/problem.ts';
import {
  type RuleId,
  type RuleName,
  ruleIds,
} from '../../../../src/chatkit/common/protocolProblems/catalogue/ruleIds.ts';
import { FrameReader } from '../../../../src/chatkit/common/streamEvents/frameReader.ts';
import { StreamNormaliser, type StreamOutcome } from '../../../../src/chatkit/common/streamEvents/streamNormaliser.ts';
import { type StreamEndKind, StreamOrderChecker } from '../../../../src/chatkit/common/streamEvents/streamOrder.ts';

export interface ReadStream {
  readonly outcomes: readonly StreamOutcome[];
  /** The canonical events. */
  readonly events: readonly unknown[];
  /** Names of the reported rules, sorted, each once. */
  readonly rules: readonly RuleName[];
}

export interface ReadOptions {
  readonly command?: string;
  readonly threadId?: string | null;
  readonly end?: StreamEndKind;
  readonly isKnownItem?: (itemId: string) => boolean;
}

const names = new Map<RuleId, RuleName>(Object.entries(ruleIds).map(([name, id]) => [id, name as RuleName]));

/** Reads the text of a stream through all stages, as a source does. */
export function readStream(text: string, options: ReadOptions = {}): ReadStream {
  const { command = 'threads.create', threadId = null, end = 'ended', isKnownItem } = options;
  const found = new Set<RuleId>();
  const reporter: ProblemReporter = { report: (rule) => void found.add(rule) };
  const normaliser = new StreamNormaliser({ command, threadId, reporter });
  const order = new StreamOrderChecker({
    command,
    threadId,
    reporter,
    ...(isKnownItem === undefined ? {} : { isKnownItem }),
  });
  const frames = new FrameReader();
  const outcomes = [...frames.push(text), ...frames.end()].flatMap((frame) => {
    const taken = normaliser.read(frame);
    for (const outcome of taken) order.check(outcome);
    return taken;
  });
  order.end(end);
  return {
    outcomes,
    events: outcomes.flatMap((outcome) => (outcome.kind === 'event' ? [outcome.event] : [])),
    rules: [...found].map((id) => names.get(id) as RuleName).sort(),
  };
}

export type Event = Readonly<Record<string, unknown>>;

export const sse = (events: readonly unknown[]): string =>
  events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('');

const at = '2026-01-05T10:00:00Z';
export const item = (id: string, type: string, more: object = {}): Event => ({
  id,
  thread_id: 'thr_1',
  created_at: at,
  type,
  ...more,
});
export const thread = (more: object = {}): Event => ({
  id: 'thr_1',
  created_at: at,
  status: { type: 'active' },
  metadata: {},
  items: { data: [], has_more: false },
  ...more,
});
export const message = (id: string, text: string): Event =>
  item(id, 'assistant_message', { content: [{ type: 'output_text', text, annotations: [] }] });
export const created = (): Event => ({ type: 'thread.created', thread: thread() });
export const echo = (): Event => ({
  type: 'thread.item.done',
  item: item('msg_u', 'user_message', {
    content: [{ type: 'input_text', text: 'Hi' }],
    attachments: [],
    inference_options: {},
  }),
});
export const allowCancel = (): Event => ({ type: 'stream_options', stream_options: { allow_cancel: true } });
export const added = (id: string, type = 'assistant_message'): Event => ({
  type: 'thread.item.added',
  item: item(id, type, { content: [] }),
});
export const delta = (id: string, text: string): Event => ({
  type: 'thread.item.updated',
  item_id: id,
  update: { type: 'assistant_message.content_part.text_delta', content_index: 0, delta: text },
});
export const done = (id: string, text = 'Hello'): Event => ({ type: 'thread.item.done', item: message(id, text) });

/** A stream of `threads.create` as the reference library sends it. */
export const correct = (): readonly Event[] => [
  created(),
  echo(),
  allowCancel(),
  added('msg_a'),
  delta('msg_a', 'Hello'),
  done('msg_a'),
];
