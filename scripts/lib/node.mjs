import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { npm } from './npm.mjs';
import { once } from './once.mjs';
import { cache } from './paths.mjs';
import { say } from './run.mjs';

const executable = process.platform === 'win32' ? 'node.exe' : 'node';

/**
 * A Node of an era, from the `node` package of the registry (its install script brings the binary).
 * @param {20 | 24} major
 * @returns {Promise<string>} path of the executable
 */
export async function ensureNode(major) {
  const folder = join(cache, 'node', String(major));
  const binary = join(folder, 'bin', executable);
  await once(folder, `node@${major}`, async () => {
    say(`Fetching Node ${major}`);
    await writeFile(join(folder, 'package.json'), '{ "private": true }\n');
    await npm(['install', `node@${major}`, '--no-save', '--no-package-lock', '--ignore-scripts=false'], folder);
    await mkdir(join(folder, 'bin'));
    await symlink(join('..', 'node_modules', 'node', 'bin', executable), binary, 'file');
  });
  return binary;
}
