import {
  threadFileEnd,
  threadFileItem,
  threadFileStart,
  threadsFileItem,
  threadsFileThread,
} from '../common/format.ts';
import type { ExportHeader } from '../common/format.ts';
import { SourceError } from '../../chatkit/common/errors.ts';
import type { Json } from '../../base/common/json.ts';
import { Draft } from '../../base/node/draft.ts';
import { holdsThread, type ExportFormat, type WrittenThread } from './verify.ts';

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
export async function appendThread(draft: Draft, path: string, thread: Json, threadId: string): Promise<ThreadWriter> {
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
