import { isRecord } from '../../../base/common/json.ts';
import { idOf } from '../../../chatkit/common/elementId.ts';
import { ruleIds } from '../../../chatkit/common/protocolProblems/catalogue/ruleIds.ts';
import { type CheckRun, type ElementChecker, kindOf } from '../run/checkRun.ts';
import { type Params, sendCommand } from '../run/sendCommand.ts';
import { type Turn, type TurnOptions, sendTurn } from '../run/sendTurn.ts';
import { type ListQuery, serverList } from './paging.ts';

type Item = Readonly<Record<string, unknown>>;

/** Parameters of a message. `attachments`: ids of uploaded files. */
export function messageInput(text: string, attachments: readonly string[] = []): Params {
  return { content: [{ type: 'input_text', text }], attachments, quoted_text: null, inference_options: {} };
}

/** Creates a thread with a message. Returns its turn; the thread is deleted at the end of the check. */
export function createThread(
  run: CheckRun,
  checker: ElementChecker,
  text: string,
  options: Partial<TurnOptions> = {},
): Promise<Turn> {
  const sent = { input: 'a text message', expected: 'success', ...options } as const;
  return sendTurn(run, checker, 'threads.create', { input: messageInput(text) }, sent);
}

/** Sends a message to a thread of the check. */
export function addMessage(
  run: CheckRun,
  checker: ElementChecker,
  threadId: string,
  text: string,
  options: Partial<TurnOptions> & { readonly attachments?: readonly string[] } = {},
): Promise<Turn> {
  const { attachments = [], ...sent } = options;
  const params = { thread_id: threadId, input: messageInput(text, attachments) };
  return sendTurn(run, checker, 'threads.add_user_message', params, {
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

function textId(item: Item): string {
  return idOf(item) ?? '';
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

/** The list of threads. */
export function threadList(run: CheckRun, checker: ElementChecker): ListQuery {
  const judgeThread: ListQuery['checker'] = (thread, date) =>
    checker.thread(thread, { command: 'threads.list' }, 'list', date);
  return serverList(run, 'threads.list', {}, { checker: judgeThread, times: checker.times });
}

/** The items of a thread. */
export function itemList(run: CheckRun, checker: ElementChecker, threadId: string): ListQuery {
  const judgeItem: ListQuery['checker'] = (item, date) => checker.item(item, threadId, { command: 'items.list' }, date);
  return serverList(run, 'items.list', { thread_id: threadId }, { threadId, checker: judgeItem, times: checker.times });
}

/** Reads a thread and its first items. `all`: the items of the thread, oldest first; null where they are not known. */
export async function checkThread(
  run: CheckRun,
  checker: ElementChecker,
  threadId: string,
  all: readonly unknown[] | null,
): Promise<void> {
  const sent = { input: 'an existing thread', expected: 'success', threadId } as const;
  const { outcome, body, headers } = await sendCommand(run, 'threads.get_by_id', { thread_id: threadId }, sent);
  if (outcome !== 'success' || !isRecord(body)) return;
  const date = headers['date'];
  checker.thread(body, { command: 'threads.get_by_id', threadId }, 'single', date);
  const { items } = body;
  const data = isRecord(items) && Array.isArray(items['data']) ? items['data'] : null;
  const location = { command: 'threads.get_by_id', threadId, field: 'items' };
  for (const item of data ?? []) checker.item(item, threadId, { command: 'threads.get_by_id' }, date);
  const expected = (all ?? []).slice(0, 20).map((item) => idOf(item));
  if (data === null) return;
  if (all !== null && data.length === 0 && expected.length > 0) {
    run.verdicts.report(ruleIds.missingFirstItems, location, 'no items, although the thread has items');
  } else if (all !== null && data.slice(0, expected.length).some((item, index) => idOf(item) !== expected[index])) {
    const found = `starts with ${idOf(data[0]) ?? ''}, the oldest item is ${expected[0] ?? ''}`;
    if (expected.length > 1) run.verdicts.report(ruleIds.firstItemsOrder, { ...location, field: 'items.data' }, found);
  }
  if (all !== null && expected.length > 0) run.verdicts.observe('firstItems');
}

/** Maximum number of existing threads that are read. */
const maxExisting = 3;

/** Reads the newest threads of the user that existed before the check. Changes nothing. */
export async function checkExisting(
  run: CheckRun,
  checker: ElementChecker,
  threads: readonly unknown[],
  check: (
    query: ListQuery,
  ) => Promise<{ readonly elements: readonly unknown[]; readonly failed: boolean; readonly complete: boolean }>,
): Promise<void> {
  for (const thread of threads.slice(0, maxExisting)) {
    const threadId = idOf(thread);
    if (threadId === null) continue;
    const { elements, failed, complete } = await check(itemList(run, checker, threadId));
    if (failed) continue;
    if (complete) judgeTranscript(run, threadId, elements);
    await checkThread(run, checker, threadId, elements);
  }
}
