import * as vscode from 'vscode';
import { fileNameOf } from '../../base/common/fileName.ts';
import { oneLine } from '../../base/common/plainText.ts';
import { Disposables } from '../../base/vscode/disposables.ts';
import { exists } from '../../base/vscode/findFiles.ts';
import type { FilePlace } from '../../conversation/common/tests/readTestFile.ts';
import type { TestThread } from '../node/testThread.ts';
import { findTestFiles, isTestFile, readText, testFileGlob } from './testFiles.ts';

/** The place of a test in its file. */
export interface TestPlace {
  readonly uri: vscode.Uri;
  /** Index in `tests` of the file. */
  readonly index: number;
}

/** Delay after a change of a file before its tests are read again, in ms. */
const debounceMs = 200;
/** Maximum time from saving an untitled file to the start of the run that saved it, in ms. */
const startMs = 10_000;

export function rangeOf({ line, column, length }: FilePlace): vscode.Range {
  const start = new vscode.Position(line - 1, column - 1);
  return new vscode.Range(start, start.translate(0, length));
}

/** The test files of this window and their tests, as items of the Testing view. */
export class TestTree implements vscode.Disposable {
  readonly #controller: vscode.TestController;
  readonly #thread: TestThread;
  readonly #places = new WeakMap<vscode.TestItem, TestPlace>();
  readonly #disposables = new Disposables();
  readonly #waiting = new Map<string, NodeJS.Timeout>();
  /** The read in progress of each file, with the number of reads that were started. */
  readonly #serials = new Map<string, number>();
  /** The saved files of untitled ones whose items still exist, by the address of the untitled file. */
  readonly #saved = new Map<string, vscode.Uri>();

  constructor(controller: vscode.TestController, thread: TestThread) {
    this.#controller = controller;
    this.#thread = thread;
    controller.resolveHandler = async (item) => {
      if (item === undefined) await this.discover();
      else if (item.uri !== undefined) await this.#read(item.uri);
    };
    controller.refreshHandler = (token) => this.discover(token);
    this.#watch();
  }

  placeOf(item: vscode.TestItem): TestPlace | undefined {
    return this.#places.get(item);
  }

  /** The item of a test file that was discovered. */
  fileItem(uri: vscode.Uri): vscode.TestItem | undefined {
    return this.#controller.items.get(uri.toString());
  }

  /**
   * Returns the item to run. *Run Test at Cursor* saves an untitled file, and then runs the items of the untitled document,
   * which is closed: these are replaced by the items of the saved file.
   */
  async current(item: vscode.TestItem): Promise<vscode.TestItem> {
    const saved = item.uri === undefined ? undefined : this.#saved.get(item.uri.toString());
    if (saved === undefined) return item;
    await this.#read(saved);
    const file = this.fileItem(saved);
    this.#remove(`${item.uri}`);
    return (this.#places.has(item) ? file?.children.get(item.id) : file) ?? item;
  }

  /** The tests among an item and its children; reads the file if necessary. */
  async testsIn(item: vscode.TestItem): Promise<readonly vscode.TestItem[]> {
    if (this.#places.has(item)) return [item];
    if (item.uri !== undefined) await this.#read(item.uri);
    return [...item.children].map(([, child]) => child);
  }

  /** Finds all test files; removes those that no longer exist. */
  async discover(token?: vscode.CancellationToken): Promise<void> {
    const open = vscode.workspace.textDocuments.filter(({ uri, isClosed }) => isTestFile(uri) && !isClosed);
    const files = [...(await findTestFiles(token)), ...open.map(({ uri }) => uri)].filter(isOwnScheme);
    const known = new Set(files.map((uri) => uri.toString()));
    for (const [id] of [...this.#controller.items])
      if (!known.has(id) && !this.#saved.has(id)) this.#controller.items.delete(id);
    await Promise.all(files.map((uri) => this.#read(uri)));
  }

  dispose(): void {
    this.#disposables.dispose();
    for (const timer of this.#waiting.values()) clearTimeout(timer);
  }

  #watch(): void {
    const watcher = vscode.workspace.createFileSystemWatcher(testFileGlob);
    const soon = (uri: vscode.Uri): void => {
      if (!isTestFile(uri) || !isOwnScheme(uri)) return;
      const key = uri.toString();
      clearTimeout(this.#waiting.get(key));
      this.#waiting.set(
        key,
        setTimeout(() => {
          this.#waiting.delete(key);
          void this.#read(uri);
        }, debounceMs),
      );
    };
    this.#disposables.push(
      watcher,
      watcher.onDidCreate(soon),
      watcher.onDidChange(soon),
      watcher.onDidDelete((uri) => this.#controller.items.delete(uri.toString())),
      vscode.workspace.onDidOpenTextDocument(({ uri }) => soon(uri)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => soon(document.uri)),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => void this.#closeUntitled(uri, uri.toString())),
      vscode.workspace.onDidChangeWorkspaceFolders(() => void this.discover()),
    );
  }

  /** An untitled file was closed. If it was saved under its name, its item remains until a run that saved it has started. */
  async #closeUntitled({ scheme, path }: vscode.Uri, untitled: string): Promise<void> {
    if (scheme !== 'untitled' || this.#controller.items.get(untitled) === undefined) return;
    clearTimeout(this.#waiting.get(untitled));
    const folder = vscode.workspace.workspaceFolders?.find(({ uri }) => path.startsWith(`${uri.path}/`));
    const saved = folder?.uri.with({ path });
    if (saved !== undefined) this.#saved.set(untitled, saved);
    if (saved === undefined || !(await exists(saved))) return this.#remove(untitled);
    // The first run in an untrusted folder asks for trust.
    const end = (): void => (vscode.workspace.isTrusted ? this.#remove(untitled) : undefined);
    this.#waiting.set(untitled, setTimeout(end, startMs));
  }

  #remove(key: string): void {
    this.#saved.delete(key);
    this.#controller.items.delete(key);
  }

  async #read(uri: vscode.Uri): Promise<void> {
    const key = uri.toString();
    const serial = (this.#serials.get(key) ?? 0) + 1;
    this.#serials.set(key, serial);
    const item = this.#controller.items.get(key) ?? this.#createFile(uri);
    try {
      const { outline, problems } = await this.#thread.run('read', { text: await readText(uri) });
      // A newer text is being read.
      if (this.#serials.get(key) !== serial) return;
      const error = problems.find(({ severity }) => severity === 'error');
      item.error = error === undefined ? undefined : `${error.line}:${error.column} ${error.message}`;
      this.#setTests(item, uri, outline);
    } catch (error) {
      if (this.#serials.get(key) !== serial || this.#saved.has(key)) return;
      if (error instanceof vscode.FileSystemError) this.#controller.items.delete(key);
      else item.error = error instanceof Error ? error.message : String(error);
    }
  }

  #createFile(uri: vscode.Uri): vscode.TestItem {
    const label = uri.scheme === 'untitled' ? fileNameOf(uri) : vscode.workspace.asRelativePath(uri);
    const item = this.#controller.createTestItem(uri.toString(), label, uri);
    item.canResolveChildren = true;
    this.#controller.items.add(item);
    return item;
  }

  #setTests(
    file: vscode.TestItem,
    uri: vscode.Uri,
    outline: readonly { readonly name: string; readonly tags: readonly string[]; readonly place: FilePlace }[],
  ): void {
    const names = new Map<string, number>();
    const items = outline.map(({ name, tags, place }, index) => {
      const count = (names.get(name) ?? 0) + 1;
      names.set(name, count);
      const id = count === 1 ? name : `${name} #${count}`;
      // The same item keeps its results.
      const item = file.children.get(id) ?? this.#controller.createTestItem(id, oneLine(name, 200), uri);
      item.range = rangeOf(place);
      item.sortText = String(index).padStart(6, '0');
      item.tags = tags.map((tag) => new vscode.TestTag(tag));
      this.#places.set(item, { uri, index });
      return item;
    });
    file.children.replace(items);
  }
}

/** Documents of version control and of comparisons are copies. */
function isOwnScheme({ scheme }: vscode.Uri): boolean {
  return !/^(git|gitlens|vscode-local-history|review|pr|chatkit|output|vscode-scm)$/.test(scheme);
}
