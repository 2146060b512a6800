import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { open, rename, rm, stat, truncate } from 'node:fs/promises';
import {
  threadFileEnd,
  threadFileItem,
  threadFileStart,
  threadsFileItem,
  threadsFileStart,
  threadsFileThread,
} from '../../domain/export/format.ts';
import type { ExportHeader } from '../../domain/export/format.ts';
import { SourceError } from '../../domain/errors.ts';
import type { Json } from '../../domain/json.ts';
import { openFile } from './byteReader.ts';
import { indexThreadFile, indexThreadsFile } from './fileIndex.ts';

/** Writes one thread at a time. Until `finish`, nothing of it stands in the target. */
export interface ThreadWriter {
  item(item: Json): Promise<void>;
  /** Puts the thread into the target and reads it back; throws when what stands there is not what was written. */
  finish(): Promise<void>;
  /** Leaves the target as it was. */
  abandon(): Promise<void>;
}

/** Suffix of what is still being written. */
const partial = '.partial';
const newLine = 0x0a;

/** A `*.chatkit.json` file of one thread. An existing file is replaced when it is finished. */
export async function writeThreadFile(
  path: string,
  header: ExportHeader,
  thread: Json,
  threadId: string,
): Promise<ThreadWriter> {
  const draft = await Draft.create(path + partial);
  await draft.write(threadFileStart(header, thread));
  let count = 0;
  return {
    item: (item) => draft.write(threadFileItem(item, count++ === 0)),
    async finish() {
      await draft.write(threadFileEnd);
      await draft.close();
      await rename(draft.path, path);
      await readBack(path, threadId, count, draft.digest, 0, draft.size);
    },
    abandon: () => draft.abandon(),
  };
}

/**
 * Appends one thread to a `*.chatkit.jsonl` file, which is begun where it is not there yet. The thread is written beside
 * the file first, so that a cancelled or broken export leaves only whole threads in it.
 */
export async function appendToThreadsFile(
  path: string,
  header: ExportHeader,
  thread: Json,
  threadId: string,
): Promise<ThreadWriter> {
  const draft = await Draft.create(path + partial);
  await draft.write(threadsFileThread(thread));
  let count = 0;
  return {
    async item(item) {
      count++;
      await draft.write(threadsFileItem(threadId, item));
    },
    async finish() {
      await draft.close();
      const start = await append(path, header, draft);
      await rm(draft.path, { force: true });
      await readBack(path, threadId, count, draft.digest, start, draft.size);
    },
    abandon: () => draft.abandon(),
  };
}

/** Ids of the threads that stand whole in an existing `*.chatkit.jsonl` file. What an interruption left at its end is cut off. */
export async function threadsInFile(path: string): Promise<ReadonlySet<string>> {
  if (!(await exists(path))) return new Set();
  const reader = await openFile(path);
  try {
    const { threads } = await indexThreadsFile(reader);
    const last = threads.at(-1);
    // A draft beside the file means that its thread may have been cut while it was being appended.
    const [end] = await reader.read(reader.size - 1, 1);
    const cutOff = last !== undefined && (end !== newLine || (await exists(path + partial)));
    if (cutOff) await truncate(path, last.span.start);
    return new Set(threads.filter((thread) => !cutOff || thread !== last).map(({ threadId }) => threadId));
  } finally {
    await reader.close();
  }
}

/** True when `path` is a whole `*.chatkit.json` file of this thread. */
export async function isWholeThreadFile(path: string, threadId: string): Promise<boolean> {
  if (!(await exists(path))) return false;
  const reader = await openFile(path);
  try {
    const { threads, problems } = await indexThreadFile(reader);
    return problems.length === 0 && threads[0]?.threadId === threadId;
  } catch {
    return false;
  } finally {
    await reader.close();
  }
}

class Draft {
  readonly path: string;
  readonly #handle: FileHandle;
  readonly #hash = createHash('sha256');
  #buffer: string[] = [];
  #buffered = 0;
  size = 0;
  digest = '';

  private constructor(path: string, handle: FileHandle) {
    this.path = path;
    this.#handle = handle;
  }

  static async create(path: string): Promise<Draft> {
    return new Draft(path, await open(path, 'w'));
  }

  async write(text: string): Promise<void> {
    this.#buffer.push(text);
    this.#buffered += text.length;
    if (this.#buffered >= 1 << 20) await this.#flush();
  }

  async close(): Promise<void> {
    await this.#flush();
    await this.#handle.sync();
    await this.#handle.close();
    this.digest = this.#hash.digest('hex');
  }

  async abandon(): Promise<void> {
    await this.#handle.close();
    await rm(this.path, { force: true });
  }

  async #flush(): Promise<void> {
    const bytes = new TextEncoder().encode(this.#buffer.join(''));
    this.#buffer = [];
    this.#buffered = 0;
    this.#hash.update(bytes);
    this.size += bytes.length;
    await this.#handle.writeFile(bytes);
  }
}

/** Gives the offset at which the draft's bytes begin in the file. */
async function append(path: string, header: ExportHeader, draft: Draft): Promise<number> {
  const target = await open(path, 'a');
  try {
    if ((await target.stat()).size === 0) await target.writeFile(threadsFileStart(header));
    const { size: start } = await target.stat();
    const source = await open(draft.path, 'r');
    try {
      for await (const chunk of source.readableWebStream())
        await target.writeFile(new Uint8Array(chunk as ArrayBuffer));
    } finally {
      await source.close();
    }
    await target.sync();
    return start;
  } finally {
    await target.close();
  }
}

/** Compares the bytes that stand in the file with those written, and that they are read as this thread with these items. */
async function readBack(
  path: string,
  threadId: string,
  count: number,
  digest: string,
  start: number,
  size: number,
): Promise<void> {
  const reader = await openFile(path);
  try {
    const hash = createHash('sha256');
    const step = 1 << 20;
    for (let at = start; at < start + size; at += step)
      hash.update(await reader.read(at, Math.min(step, start + size - at)));
    const index = path.endsWith('.jsonl') ? null : await indexThreadFile(reader);
    const read = index?.threads[0];
    const same =
      hash.digest('hex') === digest &&
      (index === null || (index.problems.length === 0 && read?.threadId === threadId && read.items.length === count));
    if (!same)
      throw new SourceError('invalidResponse', `What was written to ${path} could not be read back.`, {
        nextStep: 'retry',
      });
  } finally {
    await reader.close();
  }
}

export async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
