import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { isSourceError, toSourceError } from '../../../chatkit/common/errors.ts';
import type { StoreEvent, ThreadStore } from '../../../chatkit/common/store/types.ts';
import { isCancellation } from '../../../chatkit/vscode/cancellation.ts';
import { Disposables, onDispose } from '../../../base/vscode/disposables.ts';
import type { ReadOnlyFiles } from '../../../base/vscode/lazy/lazyFileSystemProvider.ts';
import { documentScheme } from '../../../chatkit/vscode/ids.ts';
import { presentError } from '../../../chatkit/vscode/present.ts';
import type { Connections } from '../../../connections/vscode/types.ts';
import { documentPath, parseDocumentPath, type DocumentRef } from './documentRef.ts';
import { showProgressIfSlow } from './slowProgress.ts';
import { documentText, loadDocument } from './content.ts';

/** Files that hold threads, and that documents are made from as from a connection. */
export interface ThreadFiles {
  /** Whether what stands where a connection's id does names such a file. */
  isFile(connectionId: string): boolean;
  /** Runs `action` with the threads of a file. Throws `SourceError` for one that cannot be read. */
  withStore<T>(connectionId: string, action: (store: ThreadStore) => Promise<T>): Promise<T>;
}

/** How long changes of a thread are gathered before its open documents are read anew, ms. */
const debounceMs = 300;

/**
 * The read-only documents of scheme `chatkit`. A file system rather than a content provider, so that the editor opens
 * them again after a reload; their addresses hold ids, and what they show is loaded then.
 */
export class ThreadDocuments implements ReadOnlyFiles, vscode.Disposable {
  readonly #connections: Connections;
  readonly #files: readonly ThreadFiles[];
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly #own = new Disposables();
  readonly #followed = new Map<string, { readonly store: ThreadStore; readonly stop: vscode.Disposable }>();
  readonly #waiting = new Map<string, NodeJS.Timeout>();
  /** Grows with every change: the editor reads a file again only when its time has. */
  readonly #versions = new Map<string, number>();

  readonly onDidChangeFile = this.#changed.event;

  constructor(connections: Connections, files: readonly ThreadFiles[]) {
    this.#connections = connections;
    this.#files = files;
    this.#own.push(
      this.#changed,
      connections.onDidChange(({ connectionIds }) => this.#unfollow(connectionIds)),
      onDispose(() => {
        this.#unfollow([...this.#followed.keys()]);
        for (const timer of this.#waiting.values()) clearTimeout(timer);
      }),
    );
  }

  uri(ref: DocumentRef): vscode.Uri {
    return vscode.Uri.from({ scheme: documentScheme, path: documentPath(ref) });
  }

  /**
   * Loads what a document will show, with a progress that can be cancelled.
   * @throws `SourceError`, kind `cancelled` when the user stops
   */
  async load(ref: DocumentRef, location: vscode.ProgressLocation): Promise<void> {
    await this.#withStore(ref.connectionId, (store) => load(store, ref, location));
  }

  /** Asks the server again for what a document shows. */
  async refresh(uri: vscode.Uri): Promise<void> {
    const ref = parseDocumentPath(uri.path);
    if (ref === null) return;
    const { signal } = new AbortController();
    await this.#withStore(ref.connectionId, (store) =>
      Promise.all([store.refreshThread(ref.threadId, signal), store.refreshItems(ref.threadId, signal)]),
    );
    this.#tell(uri);
  }

  stat(uri: vscode.Uri): vscode.FileStat {
    if (parseDocumentPath(uri.path) === null) throw vscode.FileSystemError.FileNotFound(uri);
    const mtime = this.#versions.get(uri.toString()) ?? 1;
    return { type: vscode.FileType.File, ctime: 1, mtime, size: 0, permissions: vscode.FilePermission.Readonly };
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    const ref = parseDocumentPath(uri.path);
    if (ref === null || (this.#connections.get(ref.connectionId) === undefined && !this.#fileOf(ref.connectionId))) {
      throw vscode.FileSystemError.FileNotFound(l10n.t('The connection of this document is not there any more.'));
    }
    try {
      return await this.#withStore(ref.connectionId, async (store) => {
        await load(store, ref, vscode.ProgressLocation.Window);
        if (!this.#fileOf(ref.connectionId)) this.#follow(ref.connectionId, store);
        return new TextEncoder().encode(byteOrderMark(uri) + (await documentText(store, ref)));
      });
    } catch (error) {
      throw this.#sayable(error, ref);
    }
  }

  dispose(): void {
    this.#own.dispose();
  }

  #fileOf(connectionId: string): ThreadFiles | undefined {
    if (this.#connections.get(connectionId) !== undefined) return undefined;
    return this.#files.find((files) => files.isFile(connectionId));
  }

  async #withStore<T>(connectionId: string, action: (store: ThreadStore) => Promise<T>): Promise<T> {
    const file = this.#fileOf(connectionId);
    return file ? file.withStore(connectionId, action) : action(this.#connections.store(connectionId));
  }

  #follow(connectionId: string, store: ThreadStore): void {
    if (this.#followed.get(connectionId)?.store === store) return;
    this.#unfollow([connectionId]);
    const stop = onDispose(store.on((event) => this.#onStore(connectionId, event)));
    this.#followed.set(connectionId, { store, stop });
  }

  #unfollow(connectionIds: readonly string[]): void {
    for (const id of connectionIds) {
      this.#followed.get(id)?.stop.dispose();
      this.#followed.delete(id);
    }
  }

  #onStore(connectionId: string, event: StoreEvent): void {
    // What was deleted can still be read where it is open.
    if (event.type === 'list' || event.type === 'capabilities' || event.type === 'deleted') return;
    const key = `${connectionId}\n${event.threadId}`;
    if (this.#waiting.has(key)) return;
    const timer = setTimeout(() => {
      this.#waiting.delete(key);
      for (const { uri } of vscode.workspace.textDocuments) {
        const ref = uri.scheme === documentScheme ? parseDocumentPath(uri.path) : null;
        if (ref?.connectionId === connectionId && ref.threadId === event.threadId) this.#tell(uri);
      }
    }, debounceMs);
    this.#waiting.set(key, timer);
  }

  #tell(uri: vscode.Uri): void {
    this.#versions.set(uri.toString(), (this.#versions.get(uri.toString()) ?? 1) + 1);
    this.#changed.fire([{ type: vscode.FileChangeType.Changed, uri }]);
  }

  /** The editor shows the message of what a file system throws. */
  #sayable(error: unknown, ref: DocumentRef): Error {
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
    loadDocument(store, ref, signal, (count) => report(l10n.t('{0} items', count))),
  );
}

/** Where the user reads files in another encoding, a mark says that this one is UTF-8. */
function byteOrderMark(uri: vscode.Uri): string {
  const encoding = vscode.workspace.getConfiguration('files', uri).get<string>('encoding', 'utf8');
  return encoding.startsWith('utf8') ? '' : '\ufeff';
}
