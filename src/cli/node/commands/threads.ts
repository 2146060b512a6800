import { append } from '../../../base/common/lists.ts';
import type { Json } from '../../../base/common/json.ts';
import { oneLine } from '../../../base/common/plainText.ts';
import { isSourceError } from '../../../chatkit/common/errors.ts';
import type { ThreadItem } from '../../../chatkit/common/model/item.ts';
import type { Thread } from '../../../chatkit/common/model/thread.ts';
import { statusText } from '../../../threads/common/summary/itemSummary.ts';
import { type ConnectionFlags, type Context, openConnection } from '../connection.ts';
import { CliError, type ReportedError, exitCodeOf, exitCodes, reportOf } from '../errors.ts';
import { itemPages, localTime, threadPages, toJson, writeItems } from '../reading.ts';

interface ListFlags extends ConnectionFlags {
  readonly limit?: number;
}

export async function listThreads(flags: ListFlags, context: Context): Promise<number> {
  const { out, signal } = context;
  const { source, close } = await openConnection(flags, context);
  try {
    const found: Thread[] = [];
    let widths: readonly number[] = [];
    for await (const threads of threadPages(source, flags, signal)) {
      append(found, threads);
      if (out.isJson) continue;
      const isFirst = widths.length === 0;
      if (isFirst && threads.length === 0) out.note('There are no threads.');
      const rows = [...(isFirst && threads.length > 0 ? [head] : []), ...threads.map(threadRow)];
      if (rows.length > 0) widths = await out.table(rows, [null, 'dim', null, 'dim'], widths);
      if (out.isClosed) break;
    }
    if (out.isJson) await out.json(found.map(toJson));
    return exitCodes.fine;
  } finally {
    await close();
  }
}

const head = ['ID', 'CREATED', 'STATUS', 'USER', 'TITLE'];

function threadRow({ id, createdAt, status, user, title }: Thread): readonly string[] {
  return [oneLine(id, 120), localTime(createdAt), status.type, oneLine(user ?? '', 40) || '-', oneLine(title ?? '')];
}

export async function showThread(threadId: string, flags: ConnectionFlags, context: Context): Promise<number> {
  const { out, signal } = context;
  const { source, connection, close } = await openConnection(flags, context);
  try {
    const thread = await source.getThread(threadId, signal);
    if (out.isJson) await out.json(toJson(thread));
    else {
      const { id, title, createdAt, status, user } = thread;
      const rows = [
        ['ID', oneLine(id, 1000)],
        ['Title', oneLine(title ?? '') || '-'],
        ['Status', statusText(status)],
        ['User', oneLine(user ?? '') || '-'],
        ['Created', localTime(createdAt) || '-'],
        ['Server', connection.name],
      ];
      await out.table(rows, ['dim']);
    }
    return exitCodes.fine;
  } finally {
    await close();
  }
}

export async function listItems(threadId: string, flags: ListFlags, context: Context): Promise<number> {
  const { out, signal } = context;
  const { source, close } = await openConnection(flags, context);
  try {
    const found: ThreadItem[] = [];
    let widths: readonly number[] = [];
    let count = 0;
    for await (const items of itemPages(source, threadId, flags, signal)) {
      count += items.length;
      if (out.isJson) append(found, items);
      else widths = await writeItems(out, items, widths);
      if (out.isClosed) break;
    }
    if (out.isJson) await out.json(found.map(toJson));
    else if (count === 0) out.note('The thread has no items.');
    return exitCodes.fine;
  } finally {
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
  const { source, close } = await openConnection(flags, context);
  const done: Deletion[] = [];
  let code: number = exitCodes.fine;
  try {
    for (const id of new Set(threadIds)) {
      try {
        signal.throwIfAborted();
        await source.deleteThread(id, signal);
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
  return signal.aborted ? exitCodes.interrupted : code;
}

function deletionJson({ id, error }: Deletion): Json {
  return error === null ? { id, deleted: true } : { id, deleted: false, error: { ...error } };
}
