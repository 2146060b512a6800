import { createHash, randomBytes, type Hash } from 'node:crypto';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Characters that are collected before they are written. */
const bufferLength = 1 << 20;

/**
 * A file that is written beside its target and takes its place when it is complete. Its name is random, it is created
 * exclusively and by default only this user can read it, so nothing that was planted in the folder is opened or written through. The
 * rename replaces a symbolic link at the target; the file that the link refers to is not changed.
 */
export class TemporaryFile {
  readonly path: string;
  readonly #target: string;
  readonly #handle: FileHandle;
  #hash: Hash = createHash('sha256');
  #buffer: string[] = [];
  #buffered = 0;
  #size = 0;

  private constructor(path: string, target: string, handle: FileHandle) {
    this.path = path;
    this.#target = target;
    this.#handle = handle;
  }

  /** A draft of `target`, in the same folder: a rename is atomic only within one file system. */
  static async create(target: string, mode = 0o600): Promise<TemporaryFile> {
    const path = join(dirname(target), `.chatkit-${randomBytes(12).toString('hex')}.tmp`);
    return new TemporaryFile(path, target, await open(path, 'wx', mode));
  }

  async write(text: string): Promise<void> {
    this.#buffer.push(text);
    this.#buffered += text.length;
    if (this.#buffered >= bufferLength) await this.#flush();
  }

  async writeBytes(bytes: Uint8Array): Promise<void> {
    await this.#flush();
    await this.#append(bytes);
  }

  /** Starts a part; returns its offset in bytes. */
  async startPart(): Promise<number> {
    await this.#flush();
    this.#hash = createHash('sha256');
    return this.#size;
  }

  /** Ends the part and writes it to the file. `end` is an offset in bytes, `digest` SHA-256 in hex. */
  async endPart(): Promise<{ readonly end: number; readonly digest: string }> {
    await this.#flush();
    return { end: this.#size, digest: this.#hash.digest('hex') };
  }

  /** Removes everything after an offset. */
  async rewind(offset: number): Promise<void> {
    this.#buffer = [];
    this.#buffered = 0;
    await this.#handle.truncate(offset);
    this.#size = offset;
  }

  /** Replaces the target with the draft. If this fails, the target is unchanged and the draft is removed. */
  async commit(): Promise<void> {
    try {
      await this.#flush();
      await this.#handle.sync();
      await this.#handle.close();
      await rename(this.path, this.#target);
    } catch (error) {
      await this.abandon();
      throw error;
    }
  }

  /** Removes the draft. The target is unchanged. */
  async abandon(): Promise<void> {
    await this.#handle.close().catch(() => undefined);
    await rm(this.path, { force: true });
  }

  async #flush(): Promise<void> {
    if (this.#buffered === 0) return;
    const bytes = new TextEncoder().encode(this.#buffer.join(''));
    this.#buffer = [];
    this.#buffered = 0;
    await this.#append(bytes);
  }

  async #append(bytes: Uint8Array): Promise<void> {
    this.#hash.update(bytes);
    for (let done = 0; done < bytes.length;) {
      const { bytesWritten } = await this.#handle.write(bytes, done, bytes.length - done, this.#size);
      done += bytesWritten;
      this.#size += bytesWritten;
    }
  }
}

/** Writes a whole file through a `TemporaryFile`. `mode`: of the new file, before the umask; default: 0o600. */
export async function replaceFile(path: string, content: Uint8Array, mode?: number): Promise<void> {
  const draft = await TemporaryFile.create(path, mode);
  try {
    await draft.writeBytes(content);
  } catch (error) {
    await draft.abandon();
    throw error;
  }
  await draft.commit();
}
