import { open, type FileHandle } from 'node:fs/promises';

/** Random access to a file's bytes. */
export interface ByteReader {
  /** Bytes. */
  readonly size: number;
  /** Fewer bytes than asked for only at the end. */
  read(offset: number, length: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** A file on this machine; read piece by piece, never whole. Throws the system's error when it cannot be opened. */
export async function openFile(path: string): Promise<ByteReader> {
  return readerOf(await open(path, 'r'));
}

/** Reads an open file, and closes it. */
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

/** A part of a file. Closing it closes the file. */
export function sliceOf(reader: ByteReader, start: number, size: number): ByteReader {
  return {
    size,
    read: (offset, length) => reader.read(start + offset, Math.max(0, Math.min(length, size - offset))),
    close: () => reader.close(),
  };
}

/** A file of a virtual file system, which gives its bytes only at once. */
export function inMemory(bytes: Uint8Array): ByteReader {
  return {
    size: bytes.length,
    read: (offset, length) => Promise.resolve(bytes.subarray(offset, offset + length)),
    close: () => Promise.resolve(),
  };
}

const chunkBytes = 256 * 1024;

/** The bytes from the start, in chunks, each with the offset it begins at. */
export async function* chunksOf(reader: ByteReader): AsyncGenerator<{ offset: number; chunk: Uint8Array }> {
  for (let offset = 0; offset < reader.size; offset += chunkBytes) {
    yield { offset, chunk: await reader.read(offset, chunkBytes) };
  }
}
