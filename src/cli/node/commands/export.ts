import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Json } from '../../../base/common/json.ts';
import { oneLine } from '../../../base/common/plainText.ts';
import { toSourceError, type SourceError } from '../../../chatkit/common/errors.ts';
import type { Thread } from '../../../chatkit/common/model/thread.ts';
import type { ThreadSource } from '../../../chatkit/common/threadSource.ts';
import { threadsExtension } from '../../../export/common/format.ts';
import { Redactor } from '../../../export/common/redactor.ts';
import { openFile } from '../../../export/node/byteReader.ts';
import { openExport, wireReaderOf } from '../../../export/node/exportSource.ts';
import { exportThreads, type ExportReport } from '../../../export/node/exportThreads.ts';
import type { ExportRequest } from '../../../export/node/target.ts';
import { ExportLedger } from '../../../export/node/ledger.ts';
import { openConnection, type ConnectionFlags, type Context } from '../connection.ts';
import { CliError, exitCodeOf, exitCodes, reportOf } from '../errors.ts';
import { shownPath } from '../files.ts';
import { threadPages } from '../reading.ts';

interface ExportFlags extends ConnectionFlags {
  readonly all?: boolean;
  readonly format?: string;
  readonly out?: string;
  readonly redacted?: boolean;
  readonly force?: boolean;
}

const formats = { json: 'json', jsonl: 'jsonl', md: 'markdown' } as const;
/** Name of the one file of a JSON Lines export. */
const linesName = `threads${threadsExtension}`;

/** A thread that was not exported; `id` is null when the list of threads could not be read. */
interface Failure {
  readonly id: string | null;
  readonly error: SourceError;
}

/** Writes threads to a folder, with the checks of the editor: every file is complete and read back, or it is not there. */
export async function exportToFolder(ids: readonly string[], flags: ExportFlags, context: Context): Promise<number> {
  const { signal, cwd } = context;
  const { format = 'json', redacted = false, force = false } = flags;
  if (format !== 'json' && format !== 'jsonl' && format !== 'md') {
    throw new CliError('usage', `--format must be json, jsonl or md, not "${format}".`, 'pass --format json');
  }
  if (flags.out === undefined) throw new CliError('usage', 'There is no folder to write to.', 'pass --out DIR');
  if (ids.length > 0 === (flags.all === true)) {
    throw new CliError('usage', 'Name the threads, or export all of them.', 'pass thread IDs, or --all');
  }
  const folder = resolve(cwd, flags.out);
  const path = format === 'jsonl' ? join(folder, linesName) : folder;
  const { source, connection, noteProblems, close } = await openConnection(flags, context);
  const records = await mkdtemp(join(tmpdir(), 'chatkit-export-'));
  const missing: Failure[] = [];
  try {
    const target = await folderFor(format === 'jsonl' ? { path, url: connection.url, force } : null, folder);
    const { kind } = connection;
    const report = await exportThreads({
      source,
      threads: threadsOf(source, ids, flags.user, signal, missing),
      format: formats[format],
      target: { type: format === 'jsonl' ? 'file' : 'folder', path: format === 'jsonl' ? target : folder },
      resume: false,
      ledger: new ExportLedger(records, silent),
      mayReplace: async () => force,
      header: {
        version: 1,
        exportedAt: new Date().toISOString(),
        connection: redacted
          ? { name: 'redacted', kind, url: 'https://redacted.example' }
          : { name: connection.name, kind, url: connection.url },
        ...(redacted ? { redacted: true as const } : {}),
      },
      redactor: redacted ? new Redactor() : null,
      reread: wireReaderOf(kind),
      signal,
      onProgress: progressOf(context),
      sleep: (ms, stop) => delay(ms, undefined, { signal: stop }),
    });
    const code = await summarise(report, missing, context);
    if (code === exitCodes.fine) noteProblems();
    return code;
  } finally {
    await Promise.all([close(), rm(records, { recursive: true, force: true })]);
  }
}

const silent = {
  request: () => undefined,
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

/** Creates the folder. Throws `CliError` when an export of one file would replace what is not an export of this server. */
async function folderFor(
  file: { readonly path: string; readonly url: string; readonly force: boolean } | null,
  folder: string,
): Promise<string> {
  await mkdir(folder, { recursive: true });
  if (file === null || file.force || (await stat(file.path).catch(() => null)) === null) return file?.path ?? folder;
  const isOurs = await isExportOf(file.path, file.url);
  if (isOurs) return file.path;
  throw new CliError(
    'file',
    `${basename(file.path)} already exists and is not an export of this server. It was not replaced.`,
    'pass --force to replace it, or another --out',
  );
}

async function isExportOf(path: string, url: string): Promise<boolean> {
  try {
    const opened = await openExport(await openFile(path), path);
    await opened.close();
    return opened.header.redacted !== true && opened.header.connection.url === url;
  } catch {
    return false;
  }
}

/** The threads to export. One that cannot be read is added to `missing`, and the others follow. */
async function* threadsOf(
  source: ThreadSource,
  ids: readonly string[],
  user: string | undefined,
  signal: AbortSignal,
  missing: Failure[],
): AsyncGenerator<Thread> {
  if (ids.length === 0) {
    for await (const threads of threadPages(source, { user }, signal)) yield* threads;
    return;
  }
  for (const id of new Set(ids)) {
    try {
      yield await source.getThread(id, signal);
    } catch (thrown) {
      const error = toSourceError(thrown);
      if (error.kind !== 'notFound') throw error;
      missing.push({ id, error });
    }
  }
}

function progressOf({ out }: Context): ExportRequest['onProgress'] {
  let waiting = false;
  return ({ waitingMs }) => {
    if (waitingMs !== null && !waiting) {
      out.note(`The server limits the rate of requests: waiting ${Math.ceil(waitingMs / 1000)} s.`);
    }
    waiting = waitingMs !== null;
  };
}

async function summarise(report: ExportReport, missing: readonly Failure[], context: Context): Promise<number> {
  const { out, cwd } = context;
  const { written, files, cancelled, listError } = report;
  const fromServer = report.failed.map(({ thread, error }): Failure => ({ id: thread.id, error }));
  const isListed = listError !== null && !fromServer.some(({ error }) => error === listError);
  const failed = [...missing, ...fromServer, ...(isListed ? [{ id: null, error: listError }] : [])];
  const entries = written.map(({ id, title }) => {
    const file = files.get(id);
    return { id, title, file: shownPath(file?.path ?? '', cwd), items: file?.items ?? 0 };
  });
  if (out.isJson) {
    const failures = failed.map(({ id, error }): Json => ({ id, error: { ...reportOf(error, id) } }));
    await out.json({ written: entries, failed: failures, cancelled });
  } else {
    for (const { id, file, items } of entries) await out.line(`${oneLine(id, 120)} → ${file} (${counted(items)})`);
    const what = entries.length === 1 ? '1 thread' : `${entries.length} threads`;
    out.note(`${cancelled ? 'Interrupted: exported' : 'Exported'} ${what}.`);
  }
  const [first] = failed;
  if (!out.isJson) for (const { id, error } of failed) out.error(reportOf(error, id));
  else if (first !== undefined) out.error(reportOf(first.error, first.id));
  if (cancelled) return exitCodes.interrupted;
  return first === undefined ? exitCodes.fine : exitCodeOf(first.error);
}

function counted(items: number): string {
  return items === 1 ? '1 item' : `${items} items`;
}
