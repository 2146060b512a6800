import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cache } from './paths.mjs';

/** Those that are still there. @type {Set<string>} */
const folders = new Set();

process.on('exit', () => folders.forEach((path) => rmSync(path, { recursive: true, force: true })));

/**
 * A folder that is removed again, at the latest when this process ends.
 * @param {string} prefix
 * @returns {Promise<{ path: string, remove: () => Promise<void> }>}
 */
export async function temporaryFolder(prefix) {
  await mkdir(join(cache, 'tmp'), { recursive: true });
  const path = await mkdtemp(join(cache, 'tmp', `${prefix}-`));
  folders.add(path);
  const remove = async () => {
    folders.delete(path);
    await rm(path, { recursive: true, force: true });
  };
  return { path, remove };
}
