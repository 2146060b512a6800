import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { cache, root } from './paths.mjs';
import { log, runOrThrow } from './process.mjs';

/** @param {string} file */
const readOrEmpty = (file) => readFile(file, 'utf8').catch(() => '');

/** @param {number} pid */
function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/**
 * Takes a lock: a file that contains the id of this process. Replaces the lock of a process that has exited.
 * @param {string} name
 * @returns {Promise<(() => Promise<void>) | undefined>} releases it; undefined while another process holds it
 */
export async function tryLock(name) {
  const file = join(cache, 'locks', name);
  await mkdir(dirname(file), { recursive: true });
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      await writeFile(file, String(process.pid), { flag: 'wx' });
      return () => rm(file, { force: true });
    } catch {
      if (isRunning(Number(await readOrEmpty(file)) || process.pid)) return undefined;
      await rm(file, { force: true });
    }
  }
  return undefined;
}

/**
 * Fills a folder once. The stamp is written last: an interrupted or outdated installation starts again from an empty folder.
 * @param {string} folder in the cache
 * @param {string} stamp identifies the contents
 * @param {() => Promise<void>} install fills the empty folder
 */
export async function installOnce(folder, stamp, install) {
  const file = join(folder, '.stamp');
  const isInstalled = async () => (await readOrEmpty(file)) === stamp;
  if (await isInstalled()) return;
  const name = folder.slice(cache.length + 1).replaceAll(/[^\w.]+/g, '-');
  let unlock = await tryLock(name);
  while (!unlock) {
    await delay(500);
    unlock = await tryLock(name);
  }
  try {
    if (await isInstalled()) return;
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    await install();
    await writeFile(file, stamp);
  } finally {
    await unlock();
  }
}

/** The script of npm, which runs without a shell, also on Windows. */
function findNpmCli() {
  const current = process.env['npm_execpath'];
  if (current?.endsWith('npm-cli.js')) return current;
  const bundled = join(dirname(process.execPath), '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js');
  return existsSync(bundled) ? bundled : undefined;
}

/**
 * Runs npm in a folder.
 * @param {readonly string[]} args
 * @param {string} cwd
 */
export function npm(args, cwd) {
  const cli = findNpmCli();
  const quiet = ['--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error'];
  return cli
    ? runOrThrow(process.execPath, [cli, ...args, ...quiet], { cwd })
    : runOrThrow('npm', [...args, ...quiet], { cwd });
}

/** @typedef {Record<string, { version?: string, optional?: boolean }>} LockedPackages */

/** @param {string} file @returns {Promise<LockedPackages | undefined>} */
async function readLockFile(file) {
  try {
    return JSON.parse(await readFile(join(root, file), 'utf8')).packages;
  } catch {
    return undefined;
  }
}

/** Installs the packages of the project when they are missing or differ from the lock file. */
export async function ensurePackages() {
  const [wanted = {}, installed] = await Promise.all([
    readLockFile('package-lock.json'),
    readLockFile('node_modules/.package-lock.json'), // npm writes it last: an interrupted installation has none
  ]);
  if (!installed) {
    log('Installing packages (npm ci)');
    await npm(['ci', '--ignore-scripts'], root);
    return;
  }
  const differs = Object.entries(wanted).some(
    ([path, { version, optional }]) => path !== '' && !optional && installed[path]?.version !== version,
  );
  if (!differs) return;
  log('Updating packages (npm install)');
  await npm(['install', '--ignore-scripts', '--no-save'], root);
}

const { platform, arch } = process;
const executable = platform === 'win32' ? 'node.exe' : 'node';

/** Exact versions: every run uses the same programs. `.vscode/launch.json` names the folder of the newest one. */
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
  await installOnce(folder, `${name}@${version}`, async () => {
    log(`Fetching Node ${version}`);
    await writeFile(join(folder, 'package.json'), '{ "private": true }\n');
    await npm(['install', `${name}@${version}`, '--no-save', '--no-package-lock', '--ignore-scripts'], folder);
    await mkdir(join(folder, 'bin'));
    await symlink(join('..', 'node_modules', name, 'bin', executable), binary, 'file');
  });
  return binary;
}
