import { rm } from 'node:fs/promises';
import { threadsFileStart } from '../common/format.ts';
import type { ExportHeader } from '../common/format.ts';
import type { Json } from '../../base/common/json.ts';
import { Draft } from '../../base/node/draft.ts';
import { openRegularFile } from '../../chatkit/node/openRegular.ts';
import { chunksOf, readerOf, sliceOf } from './byteReader.ts';
import type { ExportRecord } from './ledger.ts';
import { holdsThread, type WrittenThread } from './verify.ts';
import { appendThread, type ThreadWriter } from './writer.ts';

/**
 * A `*.chatkit.jsonl` file that is being written. It becomes the target when it is closed, so the target never holds half a
 * thread, and nothing is ever appended to a file that was there before. With a ledger, threads of earlier runs are copied
 * into it as far as they are unchanged; everything else in that file is not taken over.
 */
export class ThreadsDraft {
  readonly #path: string;
  readonly #draft: Draft;
  readonly #page: ExportRecord | null;
  readonly #held: Map<string, WrittenThread>;

  private constructor(path: string, draft: Draft, page: ExportRecord | null, held: Map<string, WrittenThread>) {
    this.#path = path;
    this.#draft = draft;
    this.#page = page;
    this.#held = held;
  }

  static async create(path: string, header: ExportHeader, page: ExportRecord | null): Promise<ThreadsDraft> {
    const draft = await Draft.create(path);
    try {
      await draft.write(threadsFileStart(header));
      const held = new Map<string, WrittenThread>();
      for (const earlier of page?.written.values() ?? []) {
        if (!(await holdsThread(earlier, 'jsonl'))) continue;
        const copied = { ...earlier, path, ...(await copy(earlier, draft)) };
        // Read again: the file may have changed while it was copied.
        if (copied.digest === earlier.digest) held.set(earlier.threadId, copied);
        else await draft.rewind(copied.start);
      }
      const interrupted = page?.draft ?? null;
      await page?.set(at(held.values(), draft.path), draft.path);
      if (interrupted !== null) await rm(interrupted, { force: true });
      return new ThreadsDraft(path, draft, page, held);
    } catch (error) {
      await draft.abandon();
      throw error;
    }
  }

  holds(threadId: string): boolean {
    return this.#held.has(threadId);
  }

  async write(thread: Json, threadId: string): Promise<ThreadWriter> {
    const writer = await appendThread(this.#draft, this.#path, thread, threadId);
    return {
      ...writer,
      finish: async () => {
        const written = await writer.finish();
        this.#held.set(threadId, written);
        // Should the window close now, the draft is where the thread is.
        await this.#page?.add({ ...written, path: this.#draft.path });
        return written;
      },
    };
  }

  /** Replaces the target, unless there is nothing to replace it with. */
  async close(): Promise<void> {
    if (this.#held.size === 0) await this.#draft.abandon();
    else await this.#draft.commit();
    await this.#page?.set(this.#held.values(), null);
  }
}

/** Appends what a file holds of a thread. */
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
