import * as l10n from '@vscode/l10n';
import { constants } from 'node:fs';
import { type FileHandle, lstat, open } from 'node:fs/promises';
import { SourceError } from '../../chatkit/common/errors.ts';

/** Random access to a file's bytes. */
export interface ByteReader {
  /** Bytes. */
  readonly size: number;
  /** Returns fewer bytes than `length` only at the end of the file. */
  read(offset: number, length: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** Opens a local file for reading in parts. Throws the error of the system when it cannot be opened. */
export async function openFile(path: string): Promise<ByteReader> {
  return readerOf(await open(path, 'r'));
}

/** Returns a reader for an open file. Closing the reader closes the file. */
export async function readerOf(handle: FileHandle): Promise<ByteReader> {
  const { size } = await handle.stat();
  return {
    size,
    async read(offset, length) {
      const buffer = new Uint8Array(Math.max(0, Math.min(length, size - offset)));
      let filled = 0;
      while (filled < buffer.length) {
        const { bytesRead } = await handle.read(buffer, filled, buffer.length - filled, offset + filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      return buffer.subarray(0, filled);
    },
    close: () => handle.close(),
  };
}

/** Returns a reader for a part of a file. Closing it closes the file. */
export function sliceOf(reader: ByteReader, start: number, size: number): ByteReader {
  return {
    size,
    read: (offset, length) => reader.read(start + offset, Math.max(0, Math.min(length, size - offset))),
    close: () => reader.close(),
  };
}

/** Returns a reader for bytes in memory, for virtual file systems, which cannot read in parts. */
export function inMemory(bytes: Uint8Array): ByteReader {
  return {
    size: bytes.length,
    read: (offset, length) => Promise.resolve(bytes.subarray(offset, offset + length)),
    close: () => Promise.resolve(),
  };
}

const chunkBytes = 256 * 1024;

/** Yields all bytes in chunks, each with its offset. */
export async function* chunksOf(reader: ByteReader): AsyncGenerator<{ offset: number; chunk: Uint8Array }> {
  for (let offset = 0; offset < reader.size; offset += chunkBytes) {
    yield { offset, chunk: await reader.read(offset, chunkBytes) };
  }
}

/** Windows has neither flag. Without `O_NONBLOCK`, opening a named pipe would wait for a writer. */
const { O_NOFOLLOW, O_NONBLOCK }: { readonly O_NOFOLLOW?: number; readonly O_NONBLOCK?: number } = constants;
const flags = constants.O_RDONLY | (O_NOFOLLOW ?? 0) | (O_NONBLOCK ?? 0);

/**
 * Opens a file for reading if it is a regular file. Does not follow symbolic links and rejects pipes and devices.
 * Otherwise, a user or process that can write to the folder could choose which file is read.
 *
 * @throws SourceError `invalidRequest` when it is not a regular file; the system's error when it cannot be opened.
 */
export async function openRegularFile(path: string): Promise<FileHandle> {
  const before = await lstat(path, { bigint: true });
  if (!before.isFile()) throw notRegular(path);
  const handle = await open(path, flags);
  try {
    const opened = await handle.stat({ bigint: true });
    // Without `O_NOFOLLOW`, the inode reveals a link that replaced the file since the check.
    if (!opened.isFile() || opened.ino !== before.ino) throw notRegular(path);
    return handle;
  } catch (error) {
    await handle.close();
    throw error;
  }
}

function notRegular(path: string): SourceError {
  return new SourceError('invalidRequest', l10n.t('{0} is not a regular file.', path), { nextStep: 'none' });
}
