import { isRecord } from '../../../base/common/json.ts';
import { ruleIds } from '../../../chatkit/common/protocolProblems/catalogue/ruleIds.ts';
import { type Judge, kindOf } from '../run/judge.ts';
import type { CheckRun } from '../run/checkRun.ts';
import type { Params } from '../run/sendCommand.ts';
import { type Turn, type TurnOptions, sendTurn } from '../run/sendTurn.ts';

type Item = Readonly<Record<string, unknown>>;

/** Parameters of a message. `attachments`: ids of uploaded files. */
export function messageInput(text: string, attachments: readonly string[] = []): Params {
  return { content: [{ type: 'input_text', text }], attachments, quoted_text: null, inference_options: {} };
}

/** Creates a thread with a message. Returns its turn; the thread is deleted at the end of the check. */
export function createThread(
  run: CheckRun,
  judge: Judge,
  text: string,
  options: Partial<TurnOptions> = {},
): Promise<Turn> {
  const sent = { input: 'a text message', expected: 'success', ...options } as const;
  return sendTurn(run, judge, 'threads.create', { input: messageInput(text) }, sent);
}

/** Sends a message to a thread of the check. */
export function addMessage(
  run: CheckRun,
  judge: Judge,
  threadId: string,
  text: string,
  options: Partial<TurnOptions> & { readonly attachments?: readonly string[] } = {},
): Promise<Turn> {
  const { attachments = [], ...sent } = options;
  const params = { thread_id: threadId, input: messageInput(text, attachments) };
  return sendTurn(run, judge, 'threads.add_user_message', params, {
    input: 'a text message',
    expected: 'success',
    ...sent,
    threadId,
  });
}

/** Ids of the items of complete turns, in the order of the streams. */
export function doneIds(turns: readonly Turn[]): readonly string[] {
  return turns.flatMap(({ items, done }) => [...items.keys()].filter((id) => done.has(id)));
}

/** Markers and hidden items need not be in a list. */
const unlisted: ReadonlySet<string> = new Set(['end_of_turn', 'hidden_context_item', 'sdk_hidden_context']);

/** Compares the items of complete turns with those of the thread. `stored`: all items of the thread. */
export function compareStored(
  run: CheckRun,
  threadId: string,
  turns: readonly Turn[],
  stored: readonly unknown[],
): void {
  const byId = new Map(stored.filter(isRecord).map((item) => [textId(item), item]));
  const streamed = new Set(turns.flatMap(({ items }) => [...items.keys()]));
  const others = [...byId.values()].filter((item) => !streamed.has(textId(item)));
  const complete = turns.filter(({ end, hasError }) => end === 'ended' && !hasError);
  for (const { items, done } of complete) {
    for (const [itemId, item] of items) {
      if (!done.has(itemId) || byId.has(itemId) || unlisted.has(kindOf(item['type']))) continue;
      const index = others.findIndex(({ type }) => type === item['type']);
      const location = { command: 'items.list', threadId, itemId };
      if (index < 0) run.verdicts.report(ruleIds.itemNotStored, location, item['type']);
      else run.verdicts.report(ruleIds.storedIdDiffers, location, others.splice(index, 1)[0]?.['id']);
    }
  }
  if (complete.length > 0) run.verdicts.observe('stored');
}

function textId({ id }: Item): string {
  return String(id);
}

/** The text of a message in any form. */
export function textOfItem(item: unknown): string {
  if (!isRecord(item)) return '';
  const { content } = item;
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content.map((part) => (isRecord(part) && typeof part['text'] === 'string' ? part['text'] : '')).join('');
}

/** Reports pending tool calls that can no longer be answered. `items`: all items of a thread, oldest first. */
export function judgeTranscript(run: CheckRun, threadId: string, items: readonly unknown[]): void {
  const records = items.filter(isRecord);
  for (const [index, item] of records.entries()) {
    if (kindOf(item['type']) !== 'client_tool_call') continue;
    run.verdicts.observe('toolLeft');
    const isOpen = item['status'] === 'pending' || item['status'] === 'in_progress';
    const goesOn = records.slice(index + 1).some(({ type }) => !unlisted.has(kindOf(type)));
    if (!isOpen || !goesOn) continue;
    const location = { command: 'items.list', threadId, itemId: textId(item) };
    run.verdicts.report(ruleIds.toolCallLeftBehind, location, item['status']);
  }
}
