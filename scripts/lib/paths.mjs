import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Everything that the scripts install or write: editors, Nodes, profiles, logs. Never committed, never packaged. */
export const cache = join(root, '.vscode-test');

/** Test results, logs, screenshots and traces of the last run. */
export const logs = join(cache, 'logs');

/** The bundles of this run. `npm test` builds its own, so that it does not use or change what a developer has built. */
export const dist = process.env['CHATKIT_DIST'] ?? join(root, 'dist');

/** Folders to remove when this process exits. @type {Set<string>} */
const temporaryFolders = new Set();

process.on('exit', () => temporaryFolders.forEach((path) => rmSync(path, { recursive: true, force: true })));

/**
 * Creates a folder that is removed when this process exits, or earlier with `remove`.
 * @param {string} prefix
 * @param {string} [parent] the cache by default
 * @returns {Promise<{ path: string, remove: () => Promise<void> }>}
 */
export async function temporaryFolder(prefix, parent = join(cache, 'tmp')) {
  await mkdir(parent, { recursive: true });
  const path = await mkdtemp(join(parent, `${prefix}-`));
  temporaryFolders.add(path);
  const remove = async () => {
    temporaryFolders.delete(path);
    await rm(path, { recursive: true, force: true });
  };
  return { path, remove };
}
