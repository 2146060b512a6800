import { mkdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { SourceError } from '../../chatkit/common/errors.ts';
import { threadExtension } from '../common/format.ts';
import type { Json } from '../../base/common/json.ts';
import type { ThreadItem } from '../../chatkit/common/model/item.ts';
import type { Thread } from '../../chatkit/common/model/thread.ts';
import { itemTranscript, transcriptHead } from '../../threads/common/transcript/transcript.ts';
import type { ExportRequest } from './exportThreads.ts';
import { exportFileName } from './exportFileName.ts';
import type { ExportRecord } from './ledger.ts';
import { ThreadsDraft } from './threadsDraft.ts';
import { findAt, holdsThread } from './verify.ts';
import { writeText, writeThreadFile, type ThreadWriter } from './writer.ts';

/** Where an export goes. */
export interface ExportTarget {
  /** True when an earlier run has written this thread and its file still holds it. */
  isDone(thread: Thread): Promise<boolean>;
  write(thread: Thread): Promise<ThreadWriter>;
  /** Ends the export. What was written until then is in the target afterwards. */
  close(): Promise<void>;
}

/** A thread as it is to be written. */
interface ThreadOutput {
  readonly raw: Json;
  readonly id: string;
}

export async function openTarget(request: ExportRequest): Promise<ExportTarget> {
  const { target, format, header, ledger, redactor } = request;
  const page = await ledger.open({ path: target.path, format, connectionUrl: header.connection.url });
  if (target.type === 'folder') await mkdir(target.path, { recursive: true });
  if (!request.resume) {
    if (page.draft !== null) await rm(page.draft, { force: true });
    await page.set([], null);
  }
  // Stand-ins mean something else in each run: a redacted export is never continued.
  const record = redactor === null ? page : null;
  return format === 'jsonl' ? linesTarget(request, record) : filesTarget(request, record);
}

async function linesTarget({ target, header, redactor }: ExportRequest, page: ExportRecord | null) {
  const draft = await ThreadsDraft.create(target.path, header, page);
  return {
    isDone: (thread: Thread) => Promise.resolve(draft.holds(thread.id)),
    write: async (thread: Thread) => {
      const { raw, id } = outputOf(redactor, thread);
      return redacting(redactor, await draft.write(raw, id));
    },
    close: () => draft.close(),
  };
}

function filesTarget(request: ExportRequest, page: ExportRecord | null): ExportTarget {
  const { format, header, redactor } = request;
  const mayReplace = replacing(request);
  return {
    async isDone(thread) {
      const earlier = page?.written.get(thread.id);
      return earlier?.path === pathFor(request, thread) && (await holdsThread(earlier, format));
    },
    async write(thread) {
      const path = pathFor(request, thread);
      await mayReplace(path, thread);
      const { raw, id } = outputOf(redactor, thread);
      const writer =
        format === 'markdown'
          ? markdownWriter(request, thread, raw, path)
          : redacting(redactor, await writeThreadFile(path, header, raw, id));
      return {
        ...writer,
        async finish() {
          // Fetching the items may have taken long.
          await mayReplace(path, thread);
          const written = await writer.finish();
          await page?.add(written);
          return written;
        },
      };
    },
    close: () => Promise.resolve(),
  };
}

/** Throws when a file is not to be replaced. Asks at most once. */
function replacing({ target, format, header, redactor, mayReplace }: ExportRequest) {
  let answer: Promise<boolean> | undefined;
  return async (path: string, thread: Thread): Promise<void> => {
    if (target.type === 'file') return;
    const found = await findAt(path, thread, format, header.connection.url);
    // By its stand-ins, no redacted file can be told to be of the same thread.
    if (found === 'nothing' || (found === 'ours' && redactor === null)) return;
    answer ??= mayReplace(path);
    if (await answer) return;
    const sentence = `${basename(path)} already exists and is not an export of this thread. It was not replaced.`;
    throw new SourceError('invalidRequest', sentence, { nextStep: 'none' });
  };
}

function markdownWriter({ redactor, reread }: ExportRequest, thread: Thread, raw: Json, path: string): ThreadWriter {
  const shown = redactor === null ? thread : reread.thread(raw);
  if (shown === null) throw new SourceError('invalidResponse', 'The redacted thread cannot be read.');
  const parts: string[] = [];
  let before: ThreadItem | null = null;
  return {
    item(wire) {
      const item = reread.item(redactor === null ? wire : redactor.redact(wire), shown.id);
      parts.push(itemTranscript(item, before));
      before = item;
      return Promise.resolve();
    },
    finish: () => writeText(path, [transcriptHead(shown, parts.length), ...parts].join(''), shown.id, parts.length),
    abandon: () => Promise.resolve(),
  };
}

function redacting(redactor: ExportRequest['redactor'], writer: ThreadWriter): ThreadWriter {
  return redactor === null ? writer : { ...writer, item: (item) => writer.item(redactor.redact(item)) };
}

function pathFor({ target, format, redactor }: ExportRequest, thread: Thread): string {
  if (target.type === 'file') return target.path;
  // The name of a redacted export must not contain the title or a hash of the id.
  const name = exportFileName(redactor === null ? thread : { id: outputOf(redactor, thread).id, title: null });
  return join(target.path, name + (format === 'markdown' ? '.md' : threadExtension));
}

function outputOf(redactor: ExportRequest['redactor'], thread: Thread): ThreadOutput {
  if (redactor === null) return { raw: thread.raw, id: thread.id };
  const raw = redactor.redact(thread.raw);
  const id = typeof raw === 'object' && raw !== null && 'id' in raw ? raw.id : undefined;
  return { raw, id: typeof id === 'string' ? id : 'thread' };
}
