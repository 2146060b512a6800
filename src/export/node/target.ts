import { createHash } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileNamePart } from '../../base/common/fileName.ts';
import { SourceError } from '../../chatkit/common/errors.ts';
import { threadExtension } from '../common/format.ts';
import type { Json } from '../../base/common/json.ts';
import type { ThreadItem } from '../../chatkit/common/model/item.ts';
import type { Thread } from '../../chatkit/common/model/thread.ts';
import { itemTranscript, transcriptHead } from '../../threads/common/transcript/transcript.ts';
import type { ExportRequest } from './exportRequest.ts';
import type { ExportRecord } from './ledger.ts';
import { type ThreadWriter, ThreadsDraft, writeText, writeThreadFile } from './writer.ts';
import { findAt, holdsThread } from './verify.ts';

/** The target of an export. */
export interface ExportTarget {
  /** True when an earlier export has written this thread and its file still contains it. */
  isDone(thread: Thread): Promise<boolean>;
  write(thread: Thread): Promise<ThreadWriter>;
  /** Ends the export. The target then contains all written threads. */
  close(): Promise<void>;
}

/** The data of a thread to write. */
interface ThreadOutput {
  readonly raw: Json;
  readonly id: string;
}

export async function openTarget(request: ExportRequest): Promise<ExportTarget> {
  const { target, format, header, ledger, redactor } = request;
  const earlier = await ledger.open({ path: target.path, format, connectionUrl: header.connection.url });
  if (target.type === 'folder') await mkdir(target.path, { recursive: true });
  if (!request.resume) {
    if (earlier.draft !== null) await rm(earlier.draft, { force: true });
    await earlier.set([], null);
  }
  // Placeholders differ between exports, so a redacted export cannot be continued.
  const record = redactor === null ? earlier : null;
  return format === 'jsonl' ? linesTarget(request, record) : filesTarget(request, record);
}

async function linesTarget({ target, header, redactor }: ExportRequest, record: ExportRecord | null) {
  const draft = await ThreadsDraft.create(target.path, header, record);
  return {
    isDone: (thread: Thread) => Promise.resolve(draft.has(thread.id)),
    write: async (thread: Thread) => {
      const { raw, id } = outputOf(redactor, thread);
      return withRedaction(redactor, await draft.write(raw, id));
    },
    close: () => draft.close(),
  };
}

function filesTarget(request: ExportRequest, record: ExportRecord | null): ExportTarget {
  const { format, header, redactor } = request;
  const checkReplace = createReplaceCheck(request);
  return {
    async isDone(thread) {
      const earlier = record?.written.get(thread.id);
      return earlier?.path === pathFor(request, thread) && (await holdsThread(earlier, format));
    },
    async write(thread) {
      const path = pathFor(request, thread);
      await checkReplace(path, thread);
      const { raw, id } = outputOf(redactor, thread);
      const writer =
        format === 'markdown'
          ? markdownWriter(request, thread, raw, path)
          : withRedaction(redactor, await writeThreadFile(path, header, raw, id));
      return {
        ...writer,
        async finish() {
          // The file can have changed while the items were loaded.
          await checkReplace(path, thread);
          const written = await writer.finish();
          await record?.add(written);
          return written;
        },
      };
    },
    close: () => Promise.resolve(),
  };
}

/** Returns a function that throws when a file must not be replaced. Asks the user at most once. */
function createReplaceCheck({ target, format, header, redactor, mayReplace }: ExportRequest) {
  let confirmed: Promise<boolean> | undefined;
  return async (path: string, thread: Thread): Promise<void> => {
    if (target.type === 'file') return;
    const found = await findAt(path, thread, format, header.connection.url);
    // A redacted file has no data that identifies its thread.
    if (found === 'nothing' || (found === 'ours' && redactor === null)) return;
    confirmed ??= mayReplace(path);
    if (await confirmed) return;
    const sentence = `${basename(path)} already exists and is not an export of this thread. It was not replaced.`;
    throw new SourceError('invalidRequest', sentence, { nextStep: 'none' });
  };
}

function markdownWriter({ redactor, reread }: ExportRequest, thread: Thread, raw: Json, path: string): ThreadWriter {
  const visible = redactor === null ? thread : reread.thread(raw);
  if (visible === null) throw new SourceError('invalidResponse', 'Could not read the redacted thread.');
  const parts: string[] = [];
  let previous: ThreadItem | null = null;
  return {
    item(wire) {
      const item = reread.item(redactor === null ? wire : redactor.redact(wire), visible.id);
      parts.push(itemTranscript(item, previous));
      previous = item;
      return Promise.resolve();
    },
    finish: () => writeText(path, [transcriptHead(visible, parts.length), ...parts].join(''), visible.id, parts.length),
    abandon: () => Promise.resolve(),
  };
}

function withRedaction(redactor: ExportRequest['redactor'], writer: ThreadWriter): ThreadWriter {
  return redactor === null ? writer : { ...writer, item: (item) => writer.item(redactor.redact(item)) };
}

function pathFor({ target, format, redactor }: ExportRequest, thread: Thread): string {
  if (target.type === 'file') return target.path;
  // The name of a redacted export must not contain the title or a hash of the ID.
  const name = exportFileName(redactor === null ? thread : { id: outputOf(redactor, thread).id, title: null });
  return join(target.path, name + (format === 'markdown' ? '.md' : threadExtension));
}

function outputOf(redactor: ExportRequest['redactor'], thread: Thread): ThreadOutput {
  if (redactor === null) return { raw: thread.raw, id: thread.id };
  const raw = redactor.redact(thread.raw);
  const id = typeof raw === 'object' && raw !== null && 'id' in raw ? raw.id : undefined;
  return { raw, id: typeof id === 'string' ? id : 'thread' };
}

/** Leaves space for the hash and the extension within the limit of 255 bytes of most file systems. */
const maxTitleBytes = 120;

/**
 * Returns the file name of a thread's export, without extension: its title, then 10 hexadecimal digits of the SHA-256 of
 * its ID. Threads with the same title, or with IDs that differ only in case, get different names, also on file systems
 * that ignore case.
 */
export function exportFileName({ id, title }: { readonly id: string; readonly title: string | null }): string {
  const name = fileNamePart(title ?? '', maxTitleBytes).toLowerCase();
  const hash = createHash('sha256').update(id).digest('hex').slice(0, 10);
  return `${name === '' ? 'thread' : name}-${hash}`;
}
