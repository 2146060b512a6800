import { readFile } from 'node:fs/promises';
import { inflateRawSync } from 'node:zlib';

const endRecord = 0x06054b50;
const stored = 0;

/**
 * Reads a (small, plain) zip archive: its central directory, then each file.
 * @param {string} path
 * @returns {Promise<Map<string, Buffer>>} by name
 */
export async function readZip(path) {
  const bytes = await readFile(path);
  let end = bytes.length - 22;
  while (end >= 0 && bytes.readUInt32LE(end) !== endRecord) end--;
  if (end < 0) throw new Error(`${path} is no zip archive`);
  const files = /** @type {Map<string, Buffer>} */ (new Map());
  let at = bytes.readUInt32LE(end + 16);
  for (let count = bytes.readUInt16LE(end + 10); count > 0; count--) {
    const [method, size] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 20)];
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset));
    const name = bytes.toString('utf8', at + 46, at + 46 + (nameLength ?? 0));
    const local = bytes.readUInt32LE(at + 42);
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const data = bytes.subarray(start, start + size);
    files.set(name, method === stored ? data : inflateRawSync(data));
    at += 46 + (nameLength ?? 0) + (extraLength ?? 0) + (commentLength ?? 0);
  }
  return files;
}
