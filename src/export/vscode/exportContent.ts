import { posix } from 'node:path';
import * as vscode from 'vscode';
import * as l10n from '@vscode/l10n';
import { fileNameOf } from '../../base/common/fileName.ts';
import { Disposables } from '../../base/vscode/disposables.ts';
import { threadLabel } from '../../threads/common/summary/itemSummary.ts';
import type { ExportView } from '../common/exportView.ts';
import { SourceError, isSourceError } from '../../chatkit/common/errors.ts';
import { Times } from '../../threads/common/summary/times.ts';
import type { ExportHeader } from '../common/format.ts';
import { type ExportProblem, laterVersion } from '../node/exportIndex.ts';
import { createThreadStore } from '../../chatkit/common/store/threadStore.ts';
import type { ThreadStore } from '../../chatkit/common/store/types.ts';
import { type ByteReader, inMemory, openFile } from '../node/byteReader.ts';
import { type OpenedExport, openExport } from '../node/exportSource.ts';
import { firstUserText } from '../../chatkit/common/model/item.ts';

/** Maximum size of a file that is not on a local disk and is read completely (256 MiB). */
const maxInMemoryBytes = 256 * 1024 * 1024;
/** Maximum number of untitled threads whose first user message is read when a file is opened. */
const maxUntitledThreads = 500;
/** Number of items that are searched for the first user message of a thread. */
const maxFirstItems = 5;

/** The content of a file: its threads, or why they cannot be shown. */
type ExportContent =
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
  if (size > maxInMemoryBytes) throw new SourceError('tooLarge', l10n.t('The file is too large to read completely.'));
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

/** Maximum number of problems that are listed. The rest is counted. */
const maxListed = 20;

/** Returns why a file cannot be shown. `error` is a `SourceError`, or an error of the editor or the system. */
function unreadableReason(error: unknown, name: string): string {
  if (isSourceError(error, 'tooLarge')) {
    return l10n.t('“{0}” is too large to open from this location. Copy it to a local disk and open it there.', name);
  }
  if (isSourceError(error)) {
    return error.details.code === laterVersion
      ? l10n.t('“{0}” was created by a later version of ChatKit Inspector. Update the extension to open it.', name)
      : l10n.t('“{0}” is not a ChatKit Inspector export, or the start of the file is damaged.', name);
  }
  const { code } = error as { readonly code?: unknown };
  if (code === 'ENOENT' || code === 'FileNotFound') return l10n.t('“{0}” no longer exists.', name);
  if (code === 'EACCES' || code === 'EPERM' || code === 'NoPermissions') {
    return l10n.t('You do not have permission to read “{0}”.', name);
  }
  return l10n.t('Could not read “{0}”: {1}', name, error instanceof Error ? error.message : String(error));
}

/** Returns a sentence for each part of a file that could not be read. */
function problemMessages(problems: readonly ExportProblem[]): readonly string[] {
  const messages = problems.slice(0, maxListed).map((problem) => {
    switch (problem.type) {
      case 'unreadable':
        return l10n.t('Could not read line {0}.', problem.line);
      case 'orphan':
        return l10n.t('Line {0} belongs to a thread that is not in the file.', problem.line);
      case 'truncated':
        return l10n.t('The file ends unexpectedly at byte {0}. Only the content before it is shown.', problem.at);
    }
  });
  const more = problems.length - messages.length;
  return more > 0 ? [...messages, l10n.t('… and {0} more', more)] : messages;
}

/** Returns the origin of an export: `Acme, exported 25 Nov 2026, 14:03, redacted`. */
export function originOfExport({ connection, exportedAt, redacted }: ExportHeader): string {
  const at = Date.parse(exportedAt);
  const times = new Times(vscode.env.language);
  const from = Number.isNaN(at) ? connection.name : l10n.t('{0}, exported {1}', connection.name, times.dateTime(at));
  return redacted === true ? l10n.t('{0}, redacted', from) : from;
}

/** Maximum length of a user name in the list, in characters. */
const maxUserLength = 200;

/** Returns the view of a file for its webview. Contains the threads only when `choosing` is true. */
export function toExportView(content: ExportContent, name: string, choosing: boolean): ExportView {
  if (content.type === 'invalid') {
    const empty = { connectionName: null, exportedAt: null, redacted: false, count: 0, threads: [], problems: [] };
    return { name, ...empty, error: content.reason };
  }
  const { header, threads, problems } = content.file;
  const exportedAt = Date.parse(header.exportedAt);
  return {
    name,
    connectionName: header.connection.name,
    exportedAt: Number.isNaN(exportedAt) ? null : exportedAt,
    redacted: header.redacted === true,
    count: threads.length,
    threads: !choosing
      ? []
      : threads.map(({ thread, items }) => ({
          id: thread.id,
          label: threadLabel(thread, content.firstUserTexts.get(thread.id)),
          user: thread.user?.slice(0, maxUserLength) ?? null,
          createdAt: thread.createdAt,
          items,
        })),
    error: null,
    problems: problemMessages(problems),
  };
}

/** Delay in ms after the last change of a file before it is reloaded. */
const debounceMs = 300;

/** An export that is open in one or more editors. Reloads the file when it changes. */
export class ExportDocument implements vscode.CustomDocument {
  readonly uri: vscode.Uri;
  readonly #pageSize: () => number;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #disposed = new vscode.EventEmitter<void>();
  readonly #disposables = new Disposables();
  #content: ExportContent;
  #timer: NodeJS.Timeout | undefined;

  /** The content of the file has changed. */
  readonly onDidChange = this.#changed.event;
  readonly onDidDispose = this.#disposed.event;

  private constructor(uri: vscode.Uri, pageSize: () => number, content: ExportContent) {
    this.uri = uri;
    this.#pageSize = pageSize;
    this.#content = content;
    const folder = vscode.Uri.joinPath(uri, '..');
    const name = fileNameOf(uri);
    // Special characters of patterns in the name match any character.
    const pattern = new vscode.RelativePattern(folder, name.replaceAll(/[[\]{}*?]/g, '?'));
    const watcher = vscode.workspace.createFileSystemWatcher(pattern);
    this.#disposables.push(
      this.#changed,
      this.#disposed,
      watcher,
      watcher.onDidChange(() => this.#scheduleReload()),
      watcher.onDidCreate(() => this.#scheduleReload()),
    );
  }

  static async open(uri: vscode.Uri, pageSize: () => number): Promise<ExportDocument> {
    return new ExportDocument(uri, pageSize, await openContent(uri, pageSize));
  }

  get content(): ExportContent {
    return this.#content;
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#disposed.fire();
    this.#disposables.dispose();
    void closeContent(this.#content);
  }

  #scheduleReload(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#reload(), debounceMs);
  }

  async #reload(): Promise<void> {
    const content = await openContent(this.uri, this.#pageSize);
    if (this.#disposables.isDisposed) return void closeContent(content);
    const old = this.#content;
    this.#content = content;
    this.#changed.fire();
    await closeContent(old);
  }
}
