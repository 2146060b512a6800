import { rm } from 'node:fs/promises';
import {
  type ExportHeader,
  threadFileEnd,
  threadFileItem,
  threadFileStart,
  threadsFileItem,
  threadsFileStart,
  threadsFileThread,
} from '../common/format.ts';
import type { Json } from '../../base/common/json.ts';
import { Draft } from '../../base/node/draft.ts';
import { openRegularFile } from '../../chatkit/node/openRegular.ts';
import { SourceError } from '../../chatkit/common/errors.ts';
import { chunksOf, readerOf, sliceOf } from './byteReader.ts';
import type { ExportRecord } from './ledger.ts';
import { type ExportFormat, type WrittenThread, holdsThread } from './verify.ts';

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
  const draft = await Draft.create(path);
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
export async function writeText(path: string, text: string, threadId: string, items: number): Promise<WrittenThread> {
  const draft = await Draft.create(path);
  await draft.write(text);
  return commitFile(draft, { path, threadId, items }, 'markdown');
}

/** Appends a thread to the draft of a `*.chatkit.jsonl` file. `finish` returns its position in `path`, the target. */
async function appendThread(draft: Draft, path: string, thread: Json, threadId: string): Promise<ThreadWriter> {
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
  draft: Draft,
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
  throw new SourceError('invalidResponse', `Could not verify the data written to ${written.path}.`, {
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
  readonly #draft: Draft;
  readonly #record: ExportRecord | null;
  readonly #held: Map<string, WrittenThread>;

  private constructor(path: string, draft: Draft, record: ExportRecord | null, held: Map<string, WrittenThread>) {
    this.#path = path;
    this.#draft = draft;
    this.#record = record;
    this.#held = held;
  }

  static async create(path: string, header: ExportHeader, record: ExportRecord | null): Promise<ThreadsDraft> {
    const draft = await Draft.create(path);
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
async function copy({ path, start, size }: WrittenThread, draft: Draft) {
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
