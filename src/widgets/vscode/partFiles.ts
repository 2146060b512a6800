import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Log } from '../../base/common/log.ts';
import { Disposables } from '../../base/vscode/disposables.ts';
import { partScheme } from '../../chatkit/vscode/ids.ts';
import { changePart, differing, readPart, sameLines } from '../common/authoring/widgetParts.ts';
import { type PartRef, isWidgetFile, partRef } from './fileNames.ts';

/** The state of one part that has been read. */
interface KnownPart extends PartRef {
  /** The text of the part in the file, as far as this window knows. */
  text: string;
  /** Increases when the editor must read the part again. */
  mtime: number;
  /** A change of the editor is being written to the file. */
  writing: boolean;
  /** The last change of the editor was made by undo or redo. */
  undone: boolean;
}

/** Attempts to write a change while the file changes at the same time. */
const maxAttempts = 5;

/**
 * The parts of `.widget` files as files of their own. A change of a part is applied to the document of the file at once, and
 * a change of the file to its parts, so undo, the unsaved state and saving are those of the file: saving a part saves the
 * file, and saving or reverting the file settles its parts. Nothing is stored elsewhere.
 */
export class PartFiles implements vscode.Disposable {
  readonly #log: Log;
  readonly #disposables = new Disposables();
  readonly #known = new Map<string, KnownPart>();
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  /** Files that were deleted. Their documents may still be open. */
  readonly #deleted = new Set<string>();
  /** Parts that are being saved because their file has no unsaved changes. */
  readonly #settling = new Set<string>();
  /** The last change of each file: two that start from the same text would exclude each other. */
  readonly #changes = new Map<string, Promise<unknown>>();
  /** Texts of files with open parts when they had no unsaved changes last. */
  readonly #saved = new Map<string, string>();

  readonly onDidChangeFile = this.#changed.event;

  constructor(log: Log) {
    this.#log = log;
    this.#disposables.push(
      this.#changed,
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges, reason }) => {
        if (document.uri.scheme === partScheme) {
          if (contentChanges.length > 0) void this.#push(document, reason !== undefined);
        } else if (isWidgetFile(document.uri)) void this.#pull(document);
      }),
      vscode.workspace.onDidOpenTextDocument((document) => {
        if (isWidgetFile(document.uri)) void this.#pull(document);
      }),
      vscode.workspace.onDidSaveTextDocument((document) => {
        if (!isWidgetFile(document.uri)) return;
        this.#deleted.delete(document.uri.toString());
        if (this.#saved.has(document.uri.toString())) this.#noteSaved(document);
        void this.#settle(document);
      }),
    );
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const { text, mtime, file } = await this.#readExisting(uri);
    const isWritable = file.scheme === 'untitled' || vscode.workspace.fs.isWritableFileSystem(file.scheme) !== false;
    const size = new TextEncoder().encode(text).length;
    const stat = { type: vscode.FileType.File, ctime: 0, mtime, size };
    return isWritable ? stat : { ...stat, permissions: vscode.FilePermission.Readonly };
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    return new TextEncoder().encode((await this.#readExisting(uri)).text);
  }

  /** Writes a part into its file and saves the file. */
  async writeFile(uri: vscode.Uri, content: Uint8Array): Promise<void> {
    const known = await this.#read(uri);
    const document = await this.#openFile(known);
    const text = new TextDecoder().decode(content);
    const problem = await this.#write(known, text);
    if (problem !== null) throw vscode.FileSystemError.Unavailable(problem);
    if (this.#settling.has(uri.toString()) && !document.isDirty) return;
    // A change that arrives while the file is saved leaves it unsaved.
    for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
      const { version } = document;
      if ((await document.save()) || !document.isDirty) return;
      if (document.version === version) break;
    }
    throw vscode.FileSystemError.Unavailable(await this.#whyUnsaved(document));
  }

  /** Returns why a file was not saved. The editor keeps the text, and compares the versions if another program wrote the file. */
  async #whyUnsaved({ uri }: vscode.TextDocument): Promise<string> {
    const [saved, disk] = [this.#saved.get(uri.toString()), await diskText(uri)];
    if (saved !== undefined && disk !== null && disk !== saved)
      return l10n.t(
        'The widget file was changed on disk in the meantime. Save the file itself to compare both versions; your changes are still in the editor.',
      );
    return l10n.t('The widget file could not be saved.');
  }

  /** Reports changes of the file on the disk while a part is open. Without a document, the editor does not report them. */
  watch(uri: vscode.Uri): vscode.Disposable {
    const ref = partRef(uri);
    if (ref === null || ref.file.scheme === 'untitled') return new vscode.Disposable(() => undefined);
    const folder = vscode.Uri.joinPath(ref.file, '..');
    const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, '*.widget'));
    const isThis = (changed: vscode.Uri) => changed.toString() === ref.file.toString();
    const reload = (changed: vscode.Uri) => {
      if (isThis(changed)) void this.#reload(uri, ref);
    };
    return vscode.Disposable.from(
      watcher,
      watcher.onDidChange(reload),
      watcher.onDidCreate(reload),
      watcher.onDidDelete((changed) => {
        if (!isThis(changed)) return;
        this.#deleted.add(ref.file.toString());
        this.#changed.fire([{ type: vscode.FileChangeType.Deleted, uri }]);
      }),
    );
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  async #readExisting(uri: vscode.Uri): Promise<KnownPart> {
    const known = await this.#read(uri);
    if (this.#deleted.has(known.file.toString())) throw vscode.FileSystemError.FileNotFound(uri);
    return known;
  }

  /** Returns the part, read again if this window has not read it yet. Throws `FileNotFound` if the file does not exist. */
  async #read(uri: vscode.Uri): Promise<KnownPart> {
    const ref = partRef(uri);
    if (ref === null) throw vscode.FileSystemError.FileNotFound(uri);
    const document = await this.#openFile(ref);
    this.#noteSaved(document);
    const known = this.#known.get(uri.toString());
    const read = readPart(document.getText(), ref.part);
    if (!read.ok) {
      if (known !== undefined) return known;
      throw vscode.FileSystemError.Unavailable(read.message);
    }
    if (known === undefined) {
      const part: KnownPart = { ...ref, text: read.text, mtime: Date.now(), writing: false, undone: false };
      this.#known.set(uri.toString(), part);
      return part;
    }
    return known;
  }

  #noteSaved(document: vscode.TextDocument): void {
    if (!document.isDirty) this.#saved.set(document.uri.toString(), document.getText());
  }

  async #openFile({ file }: PartRef): Promise<vscode.TextDocument> {
    try {
      return openDocument(file) ?? (await vscode.workspace.openTextDocument(file));
    } catch {
      throw vscode.FileSystemError.FileNotFound(file);
    }
  }

  /** Applies a change of the editor of a part to the file. Errors are reported when the part is saved. */
  async #push(document: vscode.TextDocument, undone: boolean): Promise<void> {
    const known = this.#known.get(document.uri.toString());
    if (known === undefined) return;
    known.undone = undone;
    if (known.writing || sameLines(document.getText(), known.text)) return;
    known.writing = true;
    try {
      // The part may change again while the file is changed.
      let written: string | undefined;
      while (!document.isClosed && written !== document.getText()) {
        written = document.getText();
        if ((await this.#write(known, written)) !== null) break;
      }
    } catch (error) {
      this.#log.warn(`Widget part: could not change the file. ${String(error)}`);
    } finally {
      known.writing = false;
    }
    const file = openDocument(known.file);
    if (file === undefined) return;
    await this.#pull(file);
    if (known.undone) await this.#clean(file);
  }

  /**
   * Removes the unsaved state of a file that undo gave the text of the disk back. For the editor the file was changed twice,
   * and only saving ends that; it is not done where saving could change the text.
   */
  async #clean(document: vscode.TextDocument): Promise<void> {
    if (!document.isDirty || document.isUntitled) return;
    if (vscode.workspace.getConfiguration('editor', document).get<boolean>('formatOnSave')) return;
    if (await isOnDisk(document)) await document.save();
  }

  /** Returns why the text could not be written; null if the file has it now. */
  #write(known: KnownPart, text: string): Promise<string | null> {
    const name = known.file.toString();
    const change = (this.#changes.get(name) ?? Promise.resolve()).then(() => this.#change(known, text));
    this.#changes.set(
      name,
      change.catch(() => undefined),
    );
    return change;
  }

  async #change(known: KnownPart, text: string): Promise<string | null> {
    const document = await this.#openFile(known);
    for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
      const change = changePart(document.getText(), known.part, text);
      if (!change.ok) return change.message;
      known.text = change.text;
      if (change.edit === null) return null;
      const { offset, length, text: inserted } = change.edit;
      const edit = new vscode.WorkspaceEdit();
      const range = new vscode.Range(document.positionAt(offset), document.positionAt(offset + length));
      edit.replace(document.uri, range, inserted);
      if (await vscode.workspace.applyEdit(edit)) return null;
    }
    return l10n.t('The widget file could not be changed.');
  }

  /** Shows a change of the file in the editors of its parts. */
  async #pull(document: vscode.TextDocument): Promise<void> {
    const name = document.uri.toString();
    if (this.#saved.has(name)) this.#noteSaved(document);
    for (const [uri, known] of this.#known) {
      if (known.file.toString() !== name || known.writing) continue;
      const read = readPart(document.getText(), known.part);
      // While the file cannot be read, the part keeps its text.
      if (!read.ok || read.text === known.text) continue;
      const before = known.text;
      known.text = read.text;
      const part = openDocument(vscode.Uri.parse(uri, true));
      if (part === undefined || !part.isDirty) {
        known.mtime = Math.max(known.mtime + 1, Date.now());
        this.#changed.fire([{ type: vscode.FileChangeType.Changed, uri: vscode.Uri.parse(uri, true) }]);
      } else if (sameLines(part.getText(), before) || known.part === 'template') await replaceText(part, read.text);
    }
    await this.#settle(document);
  }

  /** Removes the unsaved state of parts whose file has no unsaved changes. */
  async #settle(document: vscode.TextDocument): Promise<void> {
    // `isDirty` follows a change later than the text: a part that is saved too early would save the file.
    if (document.isDirty || !(await isOnDisk(document)) || document.isDirty) return;
    const name = document.uri.toString();
    for (const part of vscode.workspace.textDocuments) {
      const key = part.uri.toString();
      const known = this.#known.get(key);
      if (known === undefined || known.file.toString() !== name || !part.isDirty || this.#settling.has(key)) continue;
      const change = changePart(document.getText(), known.part, part.getText());
      if (!change.ok || change.edit !== null || document.isDirty) continue;
      this.#settling.add(key);
      try {
        await part.save();
      } finally {
        this.#settling.delete(key);
      }
    }
  }

  async #reload(uri: vscode.Uri, ref: PartRef): Promise<void> {
    try {
      const existsAgain = this.#deleted.delete(ref.file.toString());
      await this.#pull(await this.#openFile(ref));
      if (existsAgain) this.#changed.fire([{ type: vscode.FileChangeType.Created, uri }]);
    } catch {
      // The file does not exist any more.
    }
  }
}

/** Whether the file exists and contains the text of its document. */
async function isOnDisk(document: vscode.TextDocument): Promise<boolean> {
  return (await diskText(document.uri)) === document.getText();
}

/** Returns the text of a file; null if it does not exist any more or cannot be read. */
async function diskText(uri: vscode.Uri): Promise<string | null> {
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    return null;
  }
}

function openDocument(uri: vscode.Uri): vscode.TextDocument | undefined {
  const name = uri.toString();
  return vscode.workspace.textDocuments.find((document) => !document.isClosed && document.uri.toString() === name);
}

async function replaceText(document: vscode.TextDocument, text: string): Promise<void> {
  const before = document.getText();
  const [start, end] = differing(before, text);
  const edit = new vscode.WorkspaceEdit();
  const range = new vscode.Range(document.positionAt(start), document.positionAt(before.length - end));
  edit.replace(document.uri, range, text.slice(start, text.length - end));
  await vscode.workspace.applyEdit(edit);
}
