import { isRecord } from '../../../base/common/json.ts';
import { idOf } from '../../../chatkit/common/paging/readPage.ts';
import { ruleIds } from '../../../chatkit/common/protocolProblems/catalogue/ruleIds.ts';
import type { CheckRun } from '../run/checkRun.ts';
import type { Judge } from '../run/judge.ts';
import { sendCommand } from '../run/sendCommand.ts';
import { type ListQuery, serverList } from './paging.ts';
import { judgeTranscript } from './turns.ts';

/** The list of threads. */
export function threadList(run: CheckRun, judge: Judge): ListQuery {
  const judgeThread: ListQuery['judge'] = (thread, date) =>
    judge.thread(thread, { command: 'threads.list' }, 'list', date);
  return serverList(run, 'threads.list', {}, { judge: judgeThread, times: judge.times });
}

/** The items of a thread. */
export function itemList(run: CheckRun, judge: Judge, threadId: string): ListQuery {
  const judgeItem: ListQuery['judge'] = (item, date) => judge.item(item, threadId, { command: 'items.list' }, date);
  return serverList(run, 'items.list', { thread_id: threadId }, { threadId, judge: judgeItem, times: judge.times });
}

/** Reads a thread and its first items. `all`: the items of the thread, oldest first; null where they are not known. */
export async function checkThread(
  run: CheckRun,
  judge: Judge,
  threadId: string,
  all: readonly unknown[] | null,
): Promise<void> {
  const sent = { input: 'an existing thread', expected: 'success', threadId } as const;
  const { outcome, body, headers } = await sendCommand(run, 'threads.get_by_id', { thread_id: threadId }, sent);
  if (outcome !== 'success' || !isRecord(body)) return;
  const date = headers['date'];
  judge.thread(body, { command: 'threads.get_by_id', threadId }, 'single', date);
  const { items } = body;
  const data = isRecord(items) && Array.isArray(items['data']) ? items['data'] : null;
  const location = { command: 'threads.get_by_id', threadId, field: 'items' };
  for (const item of data ?? []) judge.item(item, threadId, { command: 'threads.get_by_id' }, date);
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

/** Most existing threads that are read. */
const maxExisting = 3;

/** Reads the newest threads of the user that existed before the check. Changes nothing. */
export async function checkExisting(
  run: CheckRun,
  judge: Judge,
  threads: readonly unknown[],
  check: (
    query: ListQuery,
  ) => Promise<{ readonly elements: readonly unknown[]; readonly failed: boolean; readonly complete: boolean }>,
): Promise<void> {
  for (const thread of threads.slice(0, maxExisting)) {
    const threadId = idOf(thread);
    if (threadId === null) continue;
    const { elements, failed, complete } = await check(itemList(run, judge, threadId));
    if (failed) continue;
    if (complete) judgeTranscript(run, threadId, elements);
    await checkThread(run, judge, threadId, elements);
  }
}
