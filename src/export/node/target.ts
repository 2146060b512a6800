import * as l10n from '@vscode/l10n';
import { mkdir, rm } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { basename, join } from 'node:path';
import {
  type ExportHeader,
  threadExtension,
  threadFileEnd,
  threadFileItem,
  threadFileStart,
  threadsFileItem,
  threadsFileStart,
  threadsFileThread,
} from '../common/format.ts';
import type { Json } from '../../base/common/json.ts';
import { TemporaryFile } from '../../base/node/temporaryFile.ts';
import { SourceError } from '../../chatkit/common/errors.ts';
import type { Thread } from '../../chatkit/common/model/thread.ts';
import type { ThreadSource } from '../../chatkit/common/threadSource.ts';
import type { Redactor } from '../common/redactor.ts';
import { fileNamePart } from '../../base/common/fileName.ts';
import { type ThreadItem, isMarker } from '../../chatkit/common/model/item.ts';
import { pendingActionOf } from '../../threads/common/summary/waiting.ts';
import { itemTranscript, transcriptHead } from '../../threads/common/transcript.ts';
import { chunksOf, openRegularFile, readerOf, sliceOf } from './byteReader.ts';
import type { ExportLedger, ExportRecord } from './ledger.ts';
import { type ExportFormat, type Replaced, type WrittenThread, findAt, holdsThread } from './verify.ts';
import type { WireReader } from './exportSource.ts';

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
    confirmed ??= mayReplace(path, found);
    if (await confirmed) return;
    const what = found === 'redacted' ? 'a redacted export' : 'not an export of this thread';
    const sentence = `${basename(path)} already exists and is ${what}. It was not replaced.`;
    throw new SourceError('invalidRequest', sentence, { nextStep: 'none' });
  };
}

function markdownWriter({ redactor, reread }: ExportRequest, thread: Thread, raw: Json, path: string): ThreadWriter {
  const visible = redactor === null ? thread : reread.thread(raw);
  if (visible === null) throw new SourceError('invalidResponse', l10n.t('Could not read the redacted thread.'));
  const parts: string[] = [];
  let previous: ThreadItem | null = null;
  /** Writes the last tool call again, once the conversation continues without its output. */
  let abandonCall: (() => void) | null = null;
  return {
    item(wire) {
      const item = reread.item(redactor === null ? wire : redactor.redact(wire), visible.id);
      const [index, before] = [parts.length, previous];
      if (!isMarker(item)) {
        abandonCall?.();
        abandonCall =
          pendingActionOf(item)?.type === 'tool'
            ? () => void (parts[index] = itemTranscript(item, before, { canWait: false }))
            : null;
      }
      parts.push(itemTranscript(item, before));
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

export interface ExportRequest {
  readonly source: ThreadSource;
  readonly threads: AsyncIterable<Thread> | Iterable<Thread>;
  readonly format: ExportFormat;
  /** `folder`: one file per thread, named after it. `file`: a single file (one thread, or any number as `jsonl`). */
  readonly target: { readonly type: 'folder' | 'file'; readonly path: string };
  readonly header: ExportHeader;
  /** Skips threads that `ledger` records as exported. Has no effect with `redactor`, because each export numbers placeholders from 1. */
  readonly resume: boolean;
  readonly ledger: ExportLedger;
  /**
   * Asks whether files in the folder that are not an export of the thread may be replaced. `path` is the first of them,
   * `found` what it contains.
   * Called at most once per export, and not for a `target` of type `file`, because the user has selected that file.
   */
  readonly mayReplace: (path: string, found: Replaced) => Promise<boolean>;
  /** Replaces personal data; null writes the wire JSON unchanged. */
  readonly redactor: Redactor | null;
  /** Parses redacted wire JSON, so that a redacted transcript contains nothing else. */
  readonly reread: WireReader;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: ExportProgress) => void;
  /** Resolves after `ms`, or rejects when the signal fires. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
}

export interface ExportProgress {
  readonly thread: Thread;
  /** Threads finished before this one. */
  readonly threadsDone: number;
  readonly itemsOfThread: number;
  /** The waiting time that the server asked for, in ms; null while it responds. */
  readonly waitingMs: number | null;
}

/** Writes one thread. The target contains none of it before `finish`. */
export interface ThreadWriter {
  item(item: Json): Promise<void>;
  /**
   * Adds the thread to the target and reads it back.
   * @throws SourceError `invalidResponse` when the file does not contain the written data.
   */
  finish(): Promise<WrittenThread>;
  /** Discards the thread. The target does not change. */
  abandon(): Promise<void>;
}

/** Writes a `*.chatkit.json` file with one thread. It replaces an existing file when it is complete. */
export async function writeThreadFile(
  path: string,
  header: ExportHeader,
  thread: Json,
  threadId: string,
): Promise<ThreadWriter> {
  const draft = await TemporaryFile.create(path);
  await draft.write(threadFileStart(header, thread));
  let items = 0;
  return {
    item: (item) => draft.write(threadFileItem(item, items++ === 0)),
    async finish() {
      await draft.write(threadFileEnd);
      return commitFile(draft, { path, threadId, items }, 'json');
    },
    abandon: () => draft.abandon(),
  };
}

/** Writes a file with the transcript of one thread. */
async function writeText(path: string, text: string, threadId: string, items: number): Promise<WrittenThread> {
  const draft = await TemporaryFile.create(path);
  await draft.write(text);
  return commitFile(draft, { path, threadId, items }, 'markdown');
}

/** Appends a thread to the draft of a `*.chatkit.jsonl` file. `finish` returns its position in `path`, the target. */
async function appendThread(draft: TemporaryFile, path: string, thread: Json, threadId: string): Promise<ThreadWriter> {
  const start = await draft.startPart();
  await draft.write(threadsFileThread(thread));
  let items = 0;
  return {
    item(item) {
      items++;
      return draft.write(threadsFileItem(threadId, item));
    },
    async finish() {
      const { end, digest } = await draft.endPart();
      const written = { threadId, path, start, size: end - start, digest, items };
      await verifyWritten({ ...written, path: draft.path }, 'jsonl');
      return written;
    },
    abandon: () => draft.rewind(start),
  };
}

async function commitFile(
  draft: TemporaryFile,
  { path, threadId, items }: Pick<WrittenThread, 'path' | 'threadId' | 'items'>,
  format: ExportFormat,
): Promise<WrittenThread> {
  const { end, digest } = await draft.endPart();
  await draft.commit();
  const written = { threadId, path, start: 0, size: end, digest, items };
  await verifyWritten(written, format);
  return written;
}

async function verifyWritten(written: WrittenThread, format: ExportFormat): Promise<void> {
  if (await holdsThread(written, format)) return;
  throw new SourceError('invalidResponse', l10n.t('Could not verify the data written to {0}.', written.path), {
    nextStep: 'retry',
  });
}

/**
 * A `*.chatkit.jsonl` file that is being written. Closing it replaces the target, so the target never contains a partial
 * thread and existing files are never appended to. With a record, unchanged threads of earlier exports are copied into the
 * draft; other content is not.
 */
export class ThreadsDraft {
  readonly #path: string;
  readonly #draft: TemporaryFile;
  readonly #record: ExportRecord | null;
  readonly #held: Map<string, WrittenThread>;

  private constructor(
    path: string,
    draft: TemporaryFile,
    record: ExportRecord | null,
    held: Map<string, WrittenThread>,
  ) {
    this.#path = path;
    this.#draft = draft;
    this.#record = record;
    this.#held = held;
  }

  static async create(path: string, header: ExportHeader, record: ExportRecord | null): Promise<ThreadsDraft> {
    const draft = await TemporaryFile.create(path);
    try {
      await draft.write(threadsFileStart(header));
      const held = new Map<string, WrittenThread>();
      for (const earlier of record?.written.values() ?? []) {
        if (!(await holdsThread(earlier, 'jsonl'))) continue;
        const copied = { ...earlier, path, ...(await copy(earlier, draft)) };
        // Compares the digest again, because the file can change while it is copied.
        if (copied.digest === earlier.digest) held.set(earlier.threadId, copied);
        else await draft.rewind(copied.start);
      }
      const interrupted = record?.draft ?? null;
      await record?.set(at(held.values(), draft.path), draft.path);
      if (interrupted !== null) await rm(interrupted, { force: true });
      return new ThreadsDraft(path, draft, record, held);
    } catch (error) {
      await draft.abandon();
      throw error;
    }
  }

  has(threadId: string): boolean {
    return this.#held.has(threadId);
  }

  async write(thread: Json, threadId: string): Promise<ThreadWriter> {
    const writer = await appendThread(this.#draft, this.#path, thread, threadId);
    return {
      ...writer,
      finish: async () => {
        const written = await writer.finish();
        this.#held.set(threadId, written);
        // Until the draft is committed, it is the file that contains the thread.
        await this.#record?.add({ ...written, path: this.#draft.path });
        return written;
      },
    };
  }

  /** Replaces the target, unless no thread was written. */
  async close(): Promise<void> {
    if (this.#held.size === 0) await this.#draft.abandon();
    else await this.#draft.commit();
    await this.#record?.set(this.#held.values(), null);
  }
}

/** Appends the data of a thread in a file to a draft. */
async function copy({ path, start, size }: WrittenThread, draft: TemporaryFile) {
  const reader = await readerOf(await openRegularFile(path));
  try {
    const from = await draft.startPart();
    for await (const { chunk } of chunksOf(sliceOf(reader, start, size))) await draft.writeBytes(chunk);
    return { start: from, digest: (await draft.endPart()).digest };
  } finally {
    await reader.close();
  }
}

function at(threads: Iterable<WrittenThread>, path: string): readonly WrittenThread[] {
  return [...threads].map((thread) => ({ ...thread, path }));
}
