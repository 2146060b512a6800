import { randomBytes } from 'node:crypto';
import { watch, type FSWatcher } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isMissing } from './isMissing.ts';

/** A change of a record by another window. `text` is undefined if the record was removed. */
export interface RecordChange {
  readonly name: string;
  readonly text: string | undefined;
}

interface Listeners {
  readonly onChange: (change: RecordChange) => void;
  /** A record could not be read or watched. The known records remain. */
  readonly onError: (error: unknown) => void;
}

const extension = '.json';

/**
 * A folder of small text files, one per record, that several windows read and write. Writes are atomic, and changes by
 * other windows are reported. The name of a record is any text.
 */
export class RecordFolder {
  readonly #folder: string;
  readonly #listeners: Listeners;
  /** The known contents of each file, so that only changes by other windows are reported. */
  readonly #known = new Map<string, string>();
  /** The last operation on each record. */
  readonly #turns = new Map<string, Promise<void>>();
  #watcher: FSWatcher | undefined;
  #closed = false;

  constructor(folder: string, listeners: Listeners) {
    this.#folder = folder;
    this.#listeners = listeners;
  }

  /** Creates the folder, starts watching it and returns all records. */
  async open(): Promise<ReadonlyMap<string, string>> {
    await mkdir(this.#folder, { recursive: true });
    // Start watching before reading, so that no change is missed.
    if (!this.#closed) this.#watch();
    const names = (await readdir(this.#folder)).map(nameOf).filter((name) => name !== undefined);
    await Promise.all(
      names.map(async (name) => {
        // An unreadable record must not hide the others.
        const text = await this.#read(name).catch(this.#listeners.onError);
        if (typeof text === 'string') this.#known.set(name, text);
      }),
    );
    return new Map(this.#known);
  }

  async write(name: string, text: string): Promise<void> {
    const file = this.#fileOf(name);
    // In the same folder: a rename is atomic only within one file system.
    const temporary = `${file}.${randomBytes(6).toString('hex')}.tmp`;
    try {
      await writeFile(temporary, text, { mode: 0o600, flag: 'wx' });
      await this.#inTurn(name, () => {
        this.#known.set(name, text);
        return rename(temporary, file);
      });
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
  }

  async remove(name: string): Promise<void> {
    await this.#inTurn(name, () => {
      this.#known.delete(name);
      return rm(this.#fileOf(name), { force: true });
    });
  }

  close(): void {
    this.#closed = true;
    this.#watcher?.close();
  }

  #watch(): void {
    try {
      this.#watcher = watch(this.#folder, { persistent: false }, (_event, file) => {
        const name = file === null ? undefined : nameOf(file);
        if (name !== undefined) this.#inTurn(name, () => this.#compare(name)).catch(this.#listeners.onError);
      });
      this.#watcher.on('error', this.#listeners.onError);
    } catch (error) {
      // No watches are available: this window sees only its own records.
      this.#listeners.onError(error);
    }
  }

  /** Runs the operations on a record one at a time, so that no file is read during a write of this window. */
  async #inTurn(name: string, task: () => Promise<void>): Promise<void> {
    const before = this.#turns.get(name) ?? Promise.resolve();
    const done = before.then(task);
    const ended = done.catch(() => undefined);
    this.#turns.set(name, ended);
    await done.finally(() => {
      if (this.#turns.get(name) === ended) this.#turns.delete(name);
    });
  }

  async #compare(name: string): Promise<void> {
    const text = await this.#read(name);
    if (this.#closed || text === this.#known.get(name)) return;
    if (text === undefined) this.#known.delete(name);
    else this.#known.set(name, text);
    this.#listeners.onChange({ name, text });
  }

  async #read(name: string): Promise<string | undefined> {
    try {
      return await readFile(this.#fileOf(name), 'utf8');
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  #fileOf(name: string): string {
    return join(this.#folder, `${encodeURIComponent(name)}${extension}`);
  }
}

function nameOf(file: string): string | undefined {
  if (!file.endsWith(extension)) return undefined;
  try {
    return decodeURIComponent(file.slice(0, -extension.length));
  } catch {
    return undefined;
  }
}
