import { posix } from 'node:path';
import * as vscode from 'vscode';
import { SourceError } from '../../../chatkit/common/errors.ts';
import { createThreadStore } from '../../../chatkit/common/store/threadStore.ts';
import type { ThreadStore } from '../../../chatkit/common/store/types.ts';
import { firstUserText } from '../../../chatkit/common/model/item.ts';
import { type ByteReader, inMemory, openFile } from '../../node/byteReader.ts';
import { type OpenedExport, openExport } from '../../node/exportSource.ts';
import { unreadableReason } from './exportMessages.ts';

/** Maximum size of a file that is not on a local disk and is read completely (256 MiB). */
const maxInMemoryBytes = 256 * 1024 * 1024;
/** Maximum number of untitled threads whose first user message is read when a file is opened. */
const maxUntitledThreads = 500;
/** Number of items that are searched for the first user message of a thread. */
const maxFirstItems = 5;

/** The content of a file: its threads, or why they cannot be shown. */
export type ExportContent =
  | {
      readonly type: 'open';
      readonly file: OpenedExport;
      readonly store: ThreadStore;
      /** The first user message of untitled threads, for their labels. */
      readonly firstUserTexts: ReadonlyMap<string, string | null>;
    }
  | { readonly type: 'invalid'; readonly reason: string };

export function nameOf(uri: vscode.Uri): string {
  return posix.basename(uri.path);
}

/** Opens a file and finds its threads. Items are read on demand. Never throws. */
export async function openContent(uri: vscode.Uri, pageSize: () => number): Promise<ExportContent> {
  const name = nameOf(uri);
  let reader: ByteReader | undefined;
  try {
    reader = await readerOf(uri);
    const file = await openExport(reader, name);
    const exportedAt = Date.parse(file.header.exportedAt);
    // The data is as of the time of the export.
    const now = Number.isNaN(exportedAt) ? Date.now : () => exportedAt;
    const store = createThreadStore(file.source, { pageSize, now });
    for (const { thread } of file.threads) store.putThread(thread);
    return { type: 'open', file, store, firstUserTexts: await firstUserTextsOf(file) };
  } catch (error) {
    await reader?.close();
    return { type: 'invalid', reason: unreadableReason(error, name) };
  }
}

export async function closeContent(content: ExportContent): Promise<void> {
  if (content.type !== 'open') return;
  content.store.dispose();
  await content.file.close();
}

async function readerOf(uri: vscode.Uri): Promise<ByteReader> {
  if (uri.scheme === 'file') return openFile(uri.fsPath);
  const { size } = await vscode.workspace.fs.stat(uri);
  if (size > maxInMemoryBytes) throw new SourceError('tooLarge', 'The file is too large to read completely.');
  return inMemory(await vscode.workspace.fs.readFile(uri));
}

async function firstUserTextsOf({ source, threads }: OpenedExport): Promise<ReadonlyMap<string, string | null>> {
  const untitled = threads.filter(({ thread }) => (thread.title ?? '').trim() === '').slice(0, maxUntitledThreads);
  const texts = new Map<string, string | null>();
  const { signal } = new AbortController();
  for (const { thread } of untitled) {
    const { data } = await source.listItems(thread.id, { limit: maxFirstItems, order: 'asc' }, signal);
    texts.set(thread.id, firstUserText(data));
  }
  return texts;
}
