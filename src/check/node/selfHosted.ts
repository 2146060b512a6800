import { isRecord } from '../../base/common/json.ts';
import { ruleIds } from '../../chatkit/common/protocolProblems/catalogue/ruleIds.ts';
import { idOf } from '../../chatkit/common/elementId.ts';
import { readPage } from '../../chatkit/common/pageReply.ts';
import type { CheckReport } from '../common/checkReport.ts';
import { type Turn, paceOf } from './run/sendTurn.ts';
import { CheckEnd, type CheckResult, type CheckRun, type ElementChecker } from './run/checkRun.ts';
import {
  addMessage,
  checkExisting,
  checkThread,
  compareStored,
  createThread,
  doneIds,
  itemList,
  textOfItem,
  threadList,
} from './probes/turns.ts';
import { checkReply, commandBody, prepareRequest, record, sendCommand } from './run/sendCommand.ts';
import { checkFeedback, checkInvalidInput, checkRename, checkRetry, checkStop } from './probes/changes.ts';
import {
  checkDirectUpload,
  checkForm,
  checkToolCall,
  checkTranscription,
  checkUpload,
  checkWidget,
} from './probes/features.ts';
import { checkPaging } from './probes/paging.ts';
import { checkPreflight, checkReachability, judgeOrigin } from './probes/connection.ts';

type Earlier = NonNullable<CheckReport['earlier']>;

/** Checks a self-hosted server (chatkit-api 5), and deletes what the check created. */
export async function checkSelfHosted(run: CheckRun, checker: ElementChecker): Promise<CheckResult> {
  let before: ReadonlySet<string> | null = null;
  let end: CheckEnd | null = null;
  let earlier: Earlier = [];
  try {
    const threads = await firstContact(run, checker);
    earlier = await deleteEarlier(run);
    before = new Set(threads.flatMap((thread) => idOf(thread) ?? []));
    const deleted = new Set(earlier.map(({ id }) => id));
    await checkAll(
      run,
      checker,
      threads.filter((thread) => !deleted.has(idOf(thread) ?? '')),
    );
  } catch (error) {
    if (!(error instanceof CheckEnd)) {
      await deleteCreated(run, before);
      throw error;
    }
    end = error;
  }
  run.onStep('delete');
  return { end, leftBehind: [...(await deleteCreated(run, before))], earlier };
}

/** Checks the connection and returns the newest threads. */
async function firstContact(run: CheckRun, checker: ElementChecker): Promise<readonly unknown[]> {
  run.onStep('connection');
  const params = { limit: 100, order: 'desc' };
  const body = commandBody(run, 'threads.list', params);
  const startedAt = run.now();
  const response = await checkReachability(run, async () =>
    run.transport.request(await prepareRequest(run, body, 'application/json')),
  );
  const sent = { input: 'order desc, limit 100', expected: 'success' } as const;
  const answer = checkReply(run, 'threads.list', response, sent, params);
  record(run, 'threads.list', sent, answer, run.now() - startedAt);
  judgeOrigin(run, response.headers, 'threads.list');
  await checkPreflight(run);
  const page = answer.outcome === 'success' ? readPage(answer.body) : null;
  if (page === null)
    throw new CheckEnd('stopped', `threads.list failed: ${answer.status ?? ''} ${answer.message}`.trim());
  for (const thread of page.elements)
    checker.thread(thread, { command: 'threads.list' }, 'list', response.headers['date']);
  return page.elements;
}

async function checkAll(run: CheckRun, checker: ElementChecker, threads: readonly unknown[]): Promise<void> {
  run.onStep('existing');
  // The newest threads may change during the check, so that only the first pages are compared.
  if (threads.length > 2) await checkPaging(run, threadList(run, checker), [2]);
  await checkExisting(run, checker, threads, (query) => checkPaging(run, query, [2, 20]));
  run.onStep('invalid');
  await checkInvalidInput(run, checker);
  run.onStep('create');
  const created = await createThreads(run, checker);
  const threadIds = created.flatMap(({ threadId }) => threadId ?? []);
  const list = await checkPaging(run, threadList(run, checker), [2, 20], threadIds);
  if (!list.failed) compareThreads(run, threadIds, new Set(list.elements.map((thread) => idOf(thread))));
  const [main, second, third] = created;
  if (main?.threadId == null) return;
  run.onStep('messages');
  const turns = await addMessages(run, checker, main);
  const items = await checkPaging(run, itemList(run, checker, main.threadId), [1, 7, 20], doneIds(turns));
  if (!items.failed && items.complete) compareStored(run, main.threadId, turns, items.elements);
  await checkThread(run, checker, main.threadId, items.failed ? null : items.elements);
  run.onStep('changes');
  await checkRename(run, checker, main.threadId);
  await checkFeedback(run, main.threadId, answersOf(main));
  if (second !== undefined) await checkRetry(run, checker, second);
  run.onStep('stop');
  if (third?.threadId != null) await checkStop(run, checker, third.threadId);
  run.onStep('upload');
  await checkUpload(run, checker, main.threadId);
  await checkDirectUpload(run);
  run.onStep('features');
  await checkToolCall(run, checker);
  await checkForm(run, checker, created);
  await checkWidget(run, checker);
  await checkTranscription(run);
}

/** Threads for the list; the first is filled with items. Ends the check where none can be created. */
async function createThreads(run: CheckRun, checker: ElementChecker): Promise<readonly Turn[]> {
  const created: Turn[] = [];
  const count = run.scope === 'full' ? 5 : 3;
  while (created.length < count) {
    const turn = await createThread(run, checker, run.messages.text, { compression: created.length === 0 });
    judgePace(run, turn);
    if (turn.outcome !== 'success' && (turn.threadId === null || turn.refused)) {
      if (created.length > 0) return created;
      const reason = `threads.create failed: ${turn.status ?? ''} ${turn.message}`.trim();
      throw new CheckEnd('stopped', reason);
    }
    created.push(turn);
  }
  return created;
}

/** Sends messages until the thread has enough items for the pages. Returns all turns of the thread. */
async function addMessages(run: CheckRun, checker: ElementChecker, first: Turn): Promise<readonly Turn[]> {
  const turns = [first];
  const wanted = run.scope === 'full' ? 120 : 12;
  const { threadId } = first;
  if (threadId === null) return turns;
  if (first.outcome !== 'success') return turns;
  // A turn adds at least the message of the user.
  for (let sent = 1; sent < wanted && doneIds(turns).length < wanted; sent += 1) {
    const turn = await addMessage(run, checker, threadId, run.messages.text);
    judgePace(run, turn);
    turns.push(turn);
    if (turn.outcome !== 'success') break;
    run.onStep('messages', { items: Math.min(doneIds(turns).length, wanted), wanted });
  }
  return turns;
}

function judgePace({ verdicts }: CheckRun, { arrivals, end }: Turn): void {
  const pace = end === 'ended' ? paceOf(arrivals) : 'tooShort';
  if (pace === 'tooShort') return;
  verdicts.observe('pace');
  if (pace !== 'buffered') return;
  const waited = Math.round(arrivals[0]?.at ?? 0);
  verdicts.report(ruleIds.bufferedStream, { command: 'threads.create' }, `no event for ${waited} ms, then all at once`);
}

function compareThreads({ verdicts }: CheckRun, created: readonly string[], listed: ReadonlySet<string | null>): void {
  for (const threadId of created) {
    if (!listed.has(threadId)) verdicts.report(ruleIds.threadNotStored, { command: 'threads.list', threadId });
  }
  if (created.length > 0) verdicts.observe('stored');
}

function answersOf({ items, done }: Turn): readonly string[] {
  return [...items].flatMap(([id, { type }]) => (type === 'assistant_message' && done.has(id) ? [id] : []));
}

type LeftBehind = CheckReport['leftBehind'][number];

/** Maximum time of one request of the deletion, and of the whole deletion, in ms. */
const requestTimeoutMs = 10_000;
const totalTimeoutMs = 60_000;

/**
 * Deletes everything that the check created, also after a cancelled check. `before`: the threads that existed before;
 * null where they are not known. Returns what could not be deleted.
 */
export async function deleteCreated(run: CheckRun, before: ReadonlySet<string> | null): Promise<readonly LeftBehind[]> {
  const total = AbortSignal.timeout(totalTimeoutMs);
  const signal = (): AbortSignal => AbortSignal.any([total, AbortSignal.timeout(requestTimeoutMs)]);
  const { threads, attachments } = run.created;
  if (before !== null) for (const id of await unnamedThreads(run, before, signal)) threads.add(id);
  const left: LeftBehind[] = [];
  for (const id of attachments) {
    const sent = {
      input: 'an attachment of the check',
      expected: 'success',
      optional: true,
      signal: signal(),
    } as const;
    const { outcome, message } = await sendCommand(run, 'attachments.delete', { attachment_id: id }, sent);
    if (outcome === 'success') run.verdicts.observe('emptyReply');
    else left.push({ kind: 'attachment', id, reason: message || outcome });
  }
  const deleted: string[] = [];
  for (const id of threads) {
    const sent = { input: 'a thread of the check', expected: 'success', threadId: id, signal: signal() } as const;
    const { outcome, message } = await sendCommand(run, 'threads.delete', { thread_id: id }, sent);
    if (outcome === 'success') {
      deleted.push(id);
      run.verdicts.observe('delete', 'emptyReply');
    } else left.push({ kind: 'thread', id, reason: message || outcome });
  }
  if (deleted.length > 0) left.push(...(await stillListed(run, deleted, signal())));
  return left;
}

async function stillListed(
  run: CheckRun,
  deleted: readonly string[],
  signal: AbortSignal,
): Promise<readonly LeftBehind[]> {
  const sent = { input: 'after the deletion', expected: 'success', signal } as const;
  const { outcome, body } = await sendCommand(run, 'threads.list', { limit: 100, order: 'desc' }, sent);
  const page = outcome === 'success' ? readPage(body) : null;
  const ids = new Set(page?.elements.map((thread) => idOf(thread)));
  return deleted
    .filter((id) => ids.has(id))
    .map((id) => {
      run.verdicts.report(ruleIds.deletedStillListed, { command: 'threads.list', threadId: id });
      return {
        kind: 'thread',
        id,
        reason: 'The server confirmed the deletion, but lists the thread.',
      };
    });
}

/** Threads of the check that no stream named: new ones that start with one of its messages. */
async function unnamedThreads(
  run: CheckRun,
  before: ReadonlySet<string>,
  signal: () => AbortSignal,
): Promise<readonly string[]> {
  if (run.created.attempts <= run.created.threads.size) return [];
  const list = { input: 'threads of the check', expected: 'any', signal: signal() } as const;
  const { outcome, body } = await sendCommand(run, 'threads.list', { limit: 100, order: 'desc' }, list);
  const page = outcome === 'success' ? readPage(body) : null;
  const candidates = (page?.elements ?? [])
    .flatMap((thread) => idOf(thread) ?? [])
    .filter((id) => !before.has(id) && !run.created.threads.has(id))
    .slice(0, 20);
  // `threads.create` without input makes an empty thread on a server that accepts it.
  const acceptsEmpty = run.commands.some(
    ({ command, expected, outcome: result }) =>
      command === 'threads.create' && expected === 'failure' && result === 'success',
  );
  const found: string[] = [];
  for (const id of candidates) {
    const items = await firstItems(run, id, 'a new thread', signal());
    // Nothing is deleted whose content is not known.
    if (items === null) continue;
    // Another client of the same user may create threads meanwhile: only those with a message of the check are deleted.
    const isEmpty = acceptsEmpty && items.length === 0;
    if (isEmpty || hasMessage(run, items)) found.push(id);
  }
  return found;
}

/** Null where they cannot be read. */
async function firstItems(
  run: CheckRun,
  threadId: string,
  thread: string,
  signal: AbortSignal,
): Promise<readonly unknown[] | null> {
  const sent = { input: `the first items of ${thread}`, expected: 'any', threadId, signal } as const;
  const reply = await sendCommand(run, 'items.list', { thread_id: threadId, limit: 5, order: 'asc' }, sent);
  return (reply.outcome === 'success' ? readPage(reply.body)?.elements : null) ?? null;
}

function hasMessage(run: CheckRun, items: readonly unknown[]): boolean {
  const texts = new Set(Object.values(run.messages) as readonly string[]);
  return items.some((item) => isRecord(item) && texts.has(textOfItem(item)));
}

/**
 * Deletes the threads of an earlier check whose editor was ended. A server that was restarted may have given an id to
 * another thread: only threads that contain a message of a check are deleted.
 */
async function deleteEarlier(run: CheckRun): Promise<Earlier> {
  const results: { readonly id: string; readonly result: string }[] = [];
  for (const id of run.earlier) {
    const items = await firstItems(run, id, 'a thread of an earlier check', run.signal);
    if (items === null || !hasMessage(run, items)) {
      results.push({ id, result: 'not deleted: it does not exist, or has no message of a check' });
      continue;
    }
    const sent = { input: 'a thread of an earlier check', expected: 'any', threadId: id, signal: run.signal } as const;
    const { outcome, message } = await sendCommand(run, 'threads.delete', { thread_id: id }, sent);
    results.push({ id, result: outcome === 'success' ? 'deleted' : `not deleted: ${message || outcome}` });
  }
  return results;
}
