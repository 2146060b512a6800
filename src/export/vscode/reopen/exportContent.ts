import { posix } from 'node:path';
import * as vscode from 'vscode';
import { SourceError } from '../../../chatkit/common/errors.ts';
import { createThreadStore } from '../../../chatkit/common/store/threadStore.ts';
import type { ThreadStore } from '../../../chatkit/common/store/types.ts';
import { firstUserText } from '../../../chatkit/common/model/userText.ts';
import { inMemory, openFile, type ByteReader } from '../../node/byteReader.ts';
import { openExport, type OpenedExport } from '../../node/exportSource.ts';
import { whyUnreadable } from './exportMessages.ts';

/** 256 MiB: a file that does not lie on this machine's disk is read whole. */
const maxInMemoryBytes = 256 * 1024 * 1024;
/** Threads without a title whose first words are looked up when a file is opened. */
const maxUntitledThreads = 500;
/** Items among which the first words of a thread are looked for. */
const maxFirstItems = 5;

/** What stands in a file: its threads, or why they cannot be shown. */
export type ExportContent =
  | {
      readonly type: 'open';
      readonly file: OpenedExport;
      readonly store: ThreadStore;
      /** What a thread without a title is called by: its user's first words. */
      readonly firstWords: ReadonlyMap<string, string | null>;
    }
  | { readonly type: 'refused'; readonly why: string };

export function nameOf(uri: vscode.Uri): string {
  return posix.basename(uri.path);
}

/** Opens a file and finds its threads; their items are read when somebody looks at them. Never throws. */
export async function openContent(uri: vscode.Uri, pageSize: () => number): Promise<ExportContent> {
  const name = nameOf(uri);
  let reader: ByteReader | undefined;
  try {
    reader = await readerOf(uri);
    const file = await openExport(reader, name);
    const exportedAt = Date.parse(file.header.exportedAt);
    // What it shows is as of when it was exported.
    const now = Number.isNaN(exportedAt) ? Date.now : () => exportedAt;
    const store = createThreadStore(file.source, { pageSize, now });
    for (const { thread } of file.threads) store.putThread(thread);
    return { type: 'open', file, store, firstWords: await firstWordsOf(file) };
  } catch (error) {
    await reader?.close();
    return { type: 'refused', why: whyUnreadable(error, name) };
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
  if (size > maxInMemoryBytes) throw new SourceError('tooLarge', 'The file is too large to be read at once.');
  return inMemory(await vscode.workspace.fs.readFile(uri));
}

async function firstWordsOf({ source, threads }: OpenedExport): Promise<ReadonlyMap<string, string | null>> {
  const untitled = threads.filter(({ thread }) => (thread.title ?? '').trim() === '').slice(0, maxUntitledThreads);
  const words = new Map<string, string | null>();
  const { signal } = new AbortController();
  for (const { thread } of untitled) {
    const { data } = await source.listItems(thread.id, { limit: maxFirstItems, order: 'asc' }, signal);
    words.set(thread.id, firstUserText(data));
  }
  return words;
}
