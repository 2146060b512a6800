import { append } from '../../../base/common/lists.ts';
import type { Json } from '../../../base/common/json.ts';
import { oneLine } from '../../../base/common/plainText.ts';
import { SourceError, isSourceError } from '../../../chatkit/common/errors.ts';
import type { ThreadItem } from '../../../chatkit/common/model/item.ts';
import type { Thread } from '../../../chatkit/common/model/thread.ts';
import type { ThreadSource } from '../../../chatkit/common/threadSource.ts';
import { pendingActionAt } from '../../../threads/common/summary/waiting.ts';
import { statusText } from '../../../threads/common/summary/itemSummary.ts';
import { type ConnectionFlags, type Context, openConnection } from '../connection.ts';
import { CliError, type ReportedError, exitCodeOf, exitCodes, reportOf } from '../errors.ts';
import { itemPages, threadPages, timeText, toJson, itemRows, itemStyles } from '../reading.ts';

interface ListFlags extends ConnectionFlags {
  readonly limit?: number;
}

export async function listThreads(flags: ListFlags, context: Context): Promise<number> {
  const { out, signal } = context;
  const { source, noteProblems, close } = await openConnection(flags, context);
  const table = out.rows([null, 'dim', null, 'dim']);
  try {
    const found: Thread[] = [];
    let count = 0;
    for await (const threads of threadPages(source, flags, signal)) {
      if (out.isJson) append(found, threads);
      else await table.add([...(count === 0 && threads.length > 0 ? [head] : []), ...threads.map(threadRow)]);
      count += threads.length;
      if (out.isClosed) break;
    }
    if (out.isJson) await out.json(found.map(toJson));
    await table.end();
    if (count === 0) out.note('There are no threads.');
    noteProblems();
    return exitCodes.fine;
  } finally {
    await table.end();
    await close();
  }
}

const head = ['ID', 'CREATED', 'STATUS', 'USER', 'TITLE'];

function threadRow(thread: Thread): readonly string[] {
  const { id, status, user, title } = thread;
  return [oneLine(id, 120), timeText(thread), status.type, oneLine(user ?? '', 40) || '-', oneLine(title ?? '')];
}

export async function showThread(threadId: string, flags: ConnectionFlags, context: Context): Promise<number> {
  const { out, signal } = context;
  const { source, connection, noteProblems, close } = await openConnection(flags, context);
  try {
    const thread = await source.getThread(threadId, signal);
    if (out.isJson) await out.json(toJson(thread));
    else {
      const { id, title, status, user } = thread;
      const rows = [
        ['ID', oneLine(id, 1000)],
        ['Title', oneLine(title ?? '') || '-'],
        ['Status', statusText(status)],
        ['User', oneLine(user ?? '') || '-'],
        ['Created', timeText(thread) || '-'],
        ['Server', connection.name],
      ];
      await out.table(rows, ['dim']);
    }
    noteProblems();
    return exitCodes.fine;
  } finally {
    await close();
  }
}

export async function listItems(threadId: string, flags: ListFlags, context: Context): Promise<number> {
  const { out, signal } = context;
  const { source, noteProblems, close } = await openConnection(flags, context);
  const table = out.rows(itemStyles);
  try {
    const found: ThreadItem[] = [];
    let count = 0;
    /** A tool call that waits, unless the next page continues the conversation without its output. */
    let held: readonly ThreadItem[] = [];
    for await (const items of itemPages(source, threadId, flags, signal)) {
      count += items.length;
      if (out.isJson) append(found, items);
      else {
        const known = [...held, ...items];
        const at = known.findLastIndex((_item, index) => pendingActionAt(known, index)?.type === 'tool');
        const certain = at === -1 ? known.length : at;
        held = known.slice(certain);
        await table.add(itemRows(known.slice(0, certain), known));
      }
      if (out.isClosed) break;
    }
    if (out.isJson) await out.json(found.map(toJson));
    else await table.add(itemRows(held));
    await table.end();
    // Some servers return an empty list for a thread that does not exist.
    if (count === 0) {
      await source.getThread(threadId, signal);
      out.note('The thread has no items.');
    }
    noteProblems();
    return exitCodes.fine;
  } finally {
    await table.end();
    await close();
  }
}

interface Deletion {
  readonly id: string;
  readonly error: ReportedError | null;
}

/** Deletes one after the other. A thread that cannot be deleted does not stop the others; an error of the server does. */
export async function deleteThreads(
  threadIds: readonly string[],
  { yes = false, ...flags }: ConnectionFlags & { readonly yes?: boolean },
  context: Context,
): Promise<number> {
  const { out, signal } = context;
  if (!yes) {
    const what = threadIds.length === 1 ? 'Deleting a thread' : `Deleting ${threadIds.length} threads`;
    throw new CliError('usage', `${what} cannot be undone.`, 'pass --yes to delete');
  }
  const { source, noteProblems, close } = await openConnection(flags, context);
  const done: Deletion[] = [];
  let isVerified = false;
  let code: number = exitCodes.fine;
  try {
    for (const id of new Set(threadIds)) {
      try {
        signal.throwIfAborted();
        await source.deleteThread(id, signal);
        isVerified ||= await isGone(source, id, signal);
        done.push({ id, error: null });
        if (!out.isJson) await out.line(`Deleted ${oneLine(id, 120)}.`);
      } catch (error) {
        code = code === exitCodes.fine || signal.aborted ? exitCodeOf(error) : code;
        if (!signal.aborted) done.push({ id, error: reportOf(error, id) });
        if (!out.isJson && !signal.aborted) out.error(reportOf(error, id));
        if (!isSourceError(error, 'notFound')) break;
      }
    }
  } finally {
    await close();
  }
  const deleted = done.filter(({ error }) => error === null).length;
  if (out.isJson) await out.json(done.map(deletionJson));
  else if (signal.aborted) out.note(`Interrupted: deleted ${deleted} of ${threadIds.length} threads.`);
  const failed = done.find(({ error }) => error !== null);
  if (out.isJson && failed?.error != null) out.error(failed.error);
  if (code === exitCodes.fine) noteProblems();
  return signal.aborted ? exitCodes.interrupted : code;
}

/** Some servers confirm every command. Throws `SourceError` where a thread that was deleted can still be read. */
async function isGone(source: ThreadSource, threadId: string, signal: AbortSignal): Promise<boolean> {
  const found = await source.getThread(threadId, signal).catch(() => null);
  signal.throwIfAborted();
  if (found === null) return true;
  throw new SourceError('server', `The server confirmed the deletion of ${threadId}, but the thread still exists.`);
}

function deletionJson({ id, error }: Deletion): Json {
  return error === null ? { id, deleted: true } : { id, deleted: false, error: { ...error } };
}
