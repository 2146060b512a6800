import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { npm } from './npm.mjs';
import { once } from './once.mjs';
import { cache } from './paths.mjs';
import { say } from './run.mjs';

const { platform, arch } = process;
const executable = platform === 'win32' ? 'node.exe' : 'node';

/** Exact versions: what ran yesterday runs today. `.vscode/launch.json` names the folder of the newest one. */
export const nodeVersions = /** @type {const} */ ({ 20: '20.20.2', 24: '24.21.0' });

/** The package that contains this platform's executable. The `node` package would fetch it in an install script. */
function platformPackage() {
  const prefix = platform === 'darwin' && arch === 'arm64' ? 'node-bin' : 'node';
  return `${prefix}-${platform === 'win32' ? 'win' : platform}-${arch}`;
}

/**
 * Installs a Node from the registry, once.
 * @param {keyof typeof nodeVersions} major
 * @returns {Promise<string>} path of the executable
 */
export async function ensureNode(major) {
  const version = nodeVersions[major];
  const name = platformPackage();
  const folder = join(cache, 'node', version);
  const binary = join(folder, 'bin', executable);
  await once(folder, `${name}@${version}`, async () => {
    say(`Fetching Node ${version}`);
    await writeFile(join(folder, 'package.json'), '{ "private": true }\n');
    await npm(['install', `${name}@${version}`, '--no-save', '--no-package-lock', '--ignore-scripts'], folder);
    await mkdir(join(folder, 'bin'));
    await symlink(join('..', 'node_modules', name, 'bin', executable), binary, 'file');
  });
  return binary;
}
