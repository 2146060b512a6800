import { isRecord } from '../../base/common/json.ts';
import { ruleIds } from '../../chatkit/common/protocolProblems/catalogue/ruleIds.ts';
import { idOf, readPage } from '../../chatkit/common/paging/readPage.ts';
import type { CheckReport } from '../common/checkReport.ts';
import type { CheckRun } from './run/checkRun.ts';
import { textOfItem } from './probes/turns.ts';
import { sendCommand } from './run/sendCommand.ts';

type LeftBehind = CheckReport['leftBehind'][number];

/** Most time for one request of the deletion, and for all of it; ms. */
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
  const texts = new Set(Object.values(run.messages) as readonly string[]);
  const found: string[] = [];
  for (const id of candidates) {
    const sent = { input: 'the first items of a new thread', expected: 'any', threadId: id, signal: signal() } as const;
    const reply = await sendCommand(run, 'items.list', { thread_id: id, limit: 5, order: 'asc' }, sent);
    const items = reply.outcome === 'success' ? readPage(reply.body)?.elements : undefined;
    // Nothing is deleted whose content is not known.
    if (items === undefined) continue;
    // Another client of the same user may create threads meanwhile: only those with a message of the check are deleted.
    const isEmpty = acceptsEmpty && items.length === 0;
    if (isEmpty || items.some((item) => isRecord(item) && texts.has(textOfItem(item)))) found.push(id);
  }
  return found;
}
