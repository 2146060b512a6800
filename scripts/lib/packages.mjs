import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { npm } from './npm.mjs';
import { root } from './paths.mjs';
import { say } from './run.mjs';

/** @typedef {Record<string, { version?: string, optional?: boolean, devOptional?: boolean }>} Locked */

/** @param {string} file @returns {Promise<Locked | undefined>} */
async function packagesOf(file) {
  try {
    return JSON.parse(await readFile(join(root, file), 'utf8')).packages;
  } catch {
    return undefined;
  }
}

/** Installs the project's packages when they are missing or are not those of the lock file. */
export async function ensurePackages() {
  const [wanted = {}, installed] = await Promise.all([
    packagesOf('package-lock.json'),
    packagesOf('node_modules/.package-lock.json'), // npm writes it last: an interrupted install has none
  ]);
  if (!installed) {
    say('Installing packages (npm ci)');
    await npm(['ci', '--ignore-scripts'], root);
    return;
  }
  const differs = Object.entries(wanted).some(
    ([path, { version, optional }]) => path !== '' && !optional && installed[path]?.version !== version,
  );
  if (!differs) return;
  say('Bringing packages up to date (npm install)');
  await npm(['install', '--ignore-scripts', '--no-save'], root);
}
