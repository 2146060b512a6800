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

/** Writes one thread at a time. Until `finish`, the target does not contain any of it. */
export interface ThreadWriter {
  item(item: Json): Promise<void>;
  /**
   * Puts the thread into the target and reads it back.
   * @throws SourceError `invalidResponse` when the file does not hold what was written.
   */
  finish(): Promise<WrittenThread>;
  /** Leaves the target as it was. */
  abandon(): Promise<void>;
}

/** A `*.chatkit.json` file of one thread. An existing file is replaced when this one is complete. */
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
      return commitWhole(draft, { path, threadId, items }, 'json');
    },
    abandon: () => draft.abandon(),
  };
}

/** A whole file of one thread from its text. */
export async function writeText(path: string, text: string, threadId: string, items: number): Promise<WrittenThread> {
  const draft = await Draft.create(path);
  await draft.write(text);
  return commitWhole(draft, { path, threadId, items }, 'markdown');
}

/** Appends one thread to the draft of a `*.chatkit.jsonl` file; `finish` returns where it is in `path`, its target. */
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
      await readBack({ ...written, path: draft.path }, 'jsonl');
      return written;
    },
    abandon: () => draft.rewind(start),
  };
}

async function commitWhole(
  draft: Draft,
  { path, threadId, items }: Pick<WrittenThread, 'path' | 'threadId' | 'items'>,
  format: ExportFormat,
): Promise<WrittenThread> {
  const { end, digest } = await draft.endPart();
  await draft.commit();
  const written = { threadId, path, start: 0, size: end, digest, items };
  await readBack(written, format);
  return written;
}

async function readBack(written: WrittenThread, format: ExportFormat): Promise<void> {
  if (await holdsThread(written, format)) return;
  throw new SourceError('invalidResponse', `What was written to ${written.path} could not be read back.`, {
    nextStep: 'retry',
  });
}
