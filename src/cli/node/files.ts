import { mkdir, open, type FileHandle } from 'node:fs/promises';
import { dirname, relative, resolve } from 'node:path';
import { replaceFile } from '../../base/node/temporaryFile.ts';
import type { Context } from './connection.ts';
import { CliError } from './errors.ts';

/** Largest file that is read, in bytes. */
const maxBytes = 256 * 1024 * 1024;

/** Reads a file that the user names; `-` is standard input. Throws `CliError`, or the error of the system. */
export async function readText(path: string, { cwd }: Pick<Context, 'cwd'>): Promise<string> {
  if (path === '-') return decoded(await readStream(process.stdin, path));
  return decoded(await readFileBytes(resolve(cwd, path), maxBytes));
}

/** UTF-8, or UTF-16 with its mark, which Windows PowerShell writes. */
function decoded(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const isLittle = first === 0xff && second === 0xfe;
  const isBig = first === 0xfe && second === 0xff;
  return new TextDecoder(isLittle ? 'utf-16le' : isBig ? 'utf-16be' : 'utf-8').decode(bytes);
}

/** Reads a file of at most `limit` bytes. Also reads pipes, such as those that a shell passes as a file. */
export async function readFileBytes(path: string, limit: number): Promise<Uint8Array> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(path, 'r');
    const found = await handle.stat();
    if (found.isDirectory()) throw new CliError('file', `${path} is a folder.`, 'name a file');
    if (found.size > limit) throw tooLarge(path, limit);
    return await readStream(handle.createReadStream({ autoClose: false }), path, limit);
  } finally {
    await handle?.close();
  }
}

async function readStream(stream: AsyncIterable<unknown>, path: string, limit = maxBytes): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    if (!(chunk instanceof Uint8Array)) continue;
    bytes += chunk.byteLength;
    if (bytes > limit) throw tooLarge(path, limit);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function tooLarge(path: string, limit: number): CliError {
  return new CliError('file', `${path} is larger than ${Math.round(limit / 1_000_000)} MB.`, 'use a smaller file');
}

/**
 * Writes a report or snapshots, and the folders above; the file is complete or not there. Other users may read it as the umask
 * allows, because programs of a build read it. Throws the error of the system.
 */
export async function writeText(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await replaceFile(path, new TextEncoder().encode(text), 0o666);
}

/** A path as reports show it: relative to the working folder, with `/`. */
export function shownPath(path: string, cwd: string): string {
  const inner = relative(cwd, path).replaceAll('\\', '/');
  return inner === '' || inner.startsWith('..') ? path.replaceAll('\\', '/') : inner;
}
