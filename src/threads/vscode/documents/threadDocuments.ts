import * as vscode from 'vscode';
import * as l10n from '@vscode/l10n';
import { showProgress } from '../../../base/vscode/messages/notifications.ts';
import { isSourceError, toSourceError } from '../../../chatkit/common/errors.ts';
import type { StoreEvent, ThreadStore } from '../../../chatkit/common/store/types.ts';
import { isCancellation } from '../../../chatkit/vscode/notify.ts';
import { Disposables, onDispose } from '../../../base/vscode/disposables.ts';
import type { ReadOnlyFiles } from '../../../base/vscode/lazyProviders.ts';
import { documentScheme } from '../../../chatkit/vscode/ids.ts';
import { presentError } from '../../../chatkit/vscode/present.ts';
import type { Connections } from '../../../connections/vscode/types.ts';
import { type DocumentRef, documentPath, parseDocumentPath } from './documentRef.ts';
import { documentText, loadDocument } from './content.ts';

/** Files with threads (exports, replayed event logs) that documents can read like a connection. */
export interface ThreadFiles {
  /** True when the value in place of a connection ID identifies such a file. */
  isFile(connectionId: string): boolean;
  /** Runs `action` with the threads of a file. Throws `SourceError` when the file cannot be read. */
  withStore<T>(connectionId: string, action: (store: ThreadStore) => Promise<T>): Promise<T>;
}

/** Delay in ms in which changes of a thread are collected before its open documents are reloaded. */
const debounceMs = 300;

/**
 * The read-only documents of scheme `chatkit`. They are a file system, not a content provider, so that the editor reopens
 * them after a reload. Their paths contain IDs, and their content is loaded on demand.
 */
export class ThreadDocuments implements ReadOnlyFiles, vscode.Disposable {
  readonly #connections: Connections;
  readonly #files: readonly ThreadFiles[];
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly #disposables = new Disposables();
  readonly #watched = new Map<string, { readonly store: ThreadStore; readonly stop: vscode.Disposable }>();
  readonly #pending = new Map<string, NodeJS.Timeout>();
  /** Modification times. The editor reloads a file only when its modification time has increased. */
  readonly #versions = new Map<string, number>();

  readonly onDidChangeFile = this.#changed.event;

  constructor(connections: Connections, files: readonly ThreadFiles[]) {
    this.#connections = connections;
    this.#files = files;
    this.#disposables.push(
      this.#changed,
      connections.onDidChange(({ connectionIds }) => this.#unwatch(connectionIds)),
      onDispose(() => {
        this.#unwatch([...this.#watched.keys()]);
        for (const timer of this.#pending.values()) clearTimeout(timer);
      }),
    );
  }

  uri(ref: DocumentRef): vscode.Uri {
    return vscode.Uri.from({ scheme: documentScheme, path: documentPath(ref) });
  }

  /**
   * Loads the content of a document, with cancellable progress.
   * @throws `SourceError`, kind `cancelled` when the user cancels
   */
  async load(ref: DocumentRef, location: vscode.ProgressLocation): Promise<void> {
    await this.#withStore(ref.connectionId, (store) => load(store, ref, location));
  }

  /** Reloads the content of a document from the server. */
  async refresh(uri: vscode.Uri): Promise<void> {
    const ref = parseDocumentPath(uri.path);
    if (ref === null) return;
    const { signal } = new AbortController();
    await this.#withStore(ref.connectionId, (store) =>
      Promise.all([store.refreshThread(ref.threadId, signal), store.refreshItems(ref.threadId, signal)]),
    );
    this.#notifyChanged(uri);
  }

  stat(uri: vscode.Uri): vscode.FileStat {
    if (parseDocumentPath(uri.path) === null) throw vscode.FileSystemError.FileNotFound(uri);
    const mtime = this.#versions.get(uri.toString()) ?? 1;
    return { type: vscode.FileType.File, ctime: 1, mtime, size: 0, permissions: vscode.FilePermission.Readonly };
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    const ref = parseDocumentPath(uri.path);
    if (ref === null || (this.#connections.get(ref.connectionId) === undefined && !this.#fileOf(ref.connectionId))) {
      throw vscode.FileSystemError.FileNotFound(l10n.t('This document’s connection no longer exists.'));
    }
    try {
      return await this.#withStore(ref.connectionId, async (store) => {
        await load(store, ref, vscode.ProgressLocation.Window);
        if (!this.#fileOf(ref.connectionId)) this.#watch(ref.connectionId, store);
        return new TextEncoder().encode(byteOrderMark(uri) + (await documentText(store, ref)));
      });
    } catch (error) {
      throw this.#toFileSystemError(error, ref);
    }
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #fileOf(connectionId: string): ThreadFiles | undefined {
    if (this.#connections.get(connectionId) !== undefined) return undefined;
    return this.#files.find((files) => files.isFile(connectionId));
  }

  async #withStore<T>(connectionId: string, action: (store: ThreadStore) => Promise<T>): Promise<T> {
    const file = this.#fileOf(connectionId);
    return file ? file.withStore(connectionId, action) : action(this.#connections.store(connectionId));
  }

  #watch(connectionId: string, store: ThreadStore): void {
    if (this.#watched.get(connectionId)?.store === store) return;
    this.#unwatch([connectionId]);
    const stop = onDispose(store.on((event) => this.#onStore(connectionId, event)));
    this.#watched.set(connectionId, { store, stop });
  }

  #unwatch(connectionIds: readonly string[]): void {
    for (const id of connectionIds) {
      this.#watched.get(id)?.stop.dispose();
      this.#watched.delete(id);
    }
  }

  #onStore(connectionId: string, event: StoreEvent): void {
    // A deleted thread can still be read in its open document.
    if (event.type === 'list' || event.type === 'capabilities' || event.type === 'deleted') return;
    const key = `${connectionId}\n${event.threadId}`;
    if (this.#pending.has(key)) return;
    const timer = setTimeout(() => {
      this.#pending.delete(key);
      for (const { uri } of vscode.workspace.textDocuments) {
        const ref = uri.scheme === documentScheme ? parseDocumentPath(uri.path) : null;
        if (ref?.connectionId === connectionId && ref.threadId === event.threadId) this.#notifyChanged(uri);
      }
    }, debounceMs);
    this.#pending.set(key, timer);
  }

  #notifyChanged(uri: vscode.Uri): void {
    this.#versions.set(uri.toString(), (this.#versions.get(uri.toString()) ?? 1) + 1);
    this.#changed.fire([{ type: vscode.FileChangeType.Changed, uri }]);
  }

  /** Converts an error, because the editor shows the message of the error that a file system throws. */
  #toFileSystemError(error: unknown, ref: DocumentRef): Error {
    if (isCancellation(error)) return vscode.FileSystemError.Unavailable(l10n.t('Loading was cancelled.'));
    const connection = this.#connections.get(ref.connectionId);
    const subject = 'itemId' in ref && ref.itemId !== undefined ? 'item' : 'thread';
    const { message } = presentError(toSourceError(error), {
      subject,
      ...(connection === undefined ? {} : { connection }),
    });
    return isSourceError(error, 'notFound')
      ? vscode.FileSystemError.FileNotFound(message)
      : vscode.FileSystemError.Unavailable(message);
  }
}

async function load(store: ThreadStore, ref: DocumentRef, location: vscode.ProgressLocation): Promise<void> {
  await showProgressIfSlow({ location, title: l10n.t('Loading thread') }, (signal, report) =>
    loadDocument(store, ref, signal, (count) => report(count === 1 ? l10n.t('1 item') : l10n.t('{0} items', count))),
  );
}

/** Returns a byte order mark when the user's default encoding is not UTF-8, so that the editor decodes the text as UTF-8. */
function byteOrderMark(uri: vscode.Uri): string {
  const encoding = vscode.workspace.getConfiguration('files', uri).get<string>('encoding', 'utf8');
  return encoding.startsWith('utf8') ? '' : '\ufeff';
}

/** Delay in ms before progress is shown. */
const progressDelayMs = 400;

/** Runs `task` and shows cancellable progress if it is slow. `report` sets the message of the progress. */
async function showProgressIfSlow<T>(
  options: { readonly title: string; readonly location: vscode.ProgressLocation },
  task: (signal: AbortSignal, report: (message: string) => void) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  let show: (message: string) => void = () => undefined;
  const work = task(controller.signal, (message) => show(message));
  let timer: NodeJS.Timeout | undefined;
  const slow = new Promise<'slow'>((resolve) => {
    timer = setTimeout(() => resolve('slow'), progressDelayMs);
  });
  try {
    if ((await Promise.race([work, slow])) !== 'slow') return await work;
  } finally {
    clearTimeout(timer);
  }
  return showProgress({ ...options, cancellable: true }, async (report, token) => {
    show = (message) => report({ message });
    const subscription = token.onCancellationRequested(() => controller.abort());
    try {
      return await work;
    } finally {
      subscription.dispose();
    }
  });
}
