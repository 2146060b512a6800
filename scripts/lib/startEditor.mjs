import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { profileOf, startUserEditor } from './codeServer.mjs';
import { ensureEditor } from './editors.mjs';
import { openFrontDoor } from './frontDoor.mjs';
import { tryLock } from './once.mjs';
import { openBrowser } from './openBrowser.mjs';
import { cache, dist, root } from './paths.mjs';
import { say } from './run.mjs';
import { sandboxEnvironment } from './sandbox.mjs';
import { packagedParts } from './stage.mjs';
import { temporaryFolder } from './temporary.mjs';

/**
 * @typedef {object} StartOptions
 * @property {string} folder what the editor opens
 * @property {import('./sandbox.mjs').SandboxAccess} sandbox
 * @property {number} port where the page is served; 0 is a free one
 * @property {boolean} open open the browser
 */

/** @typedef {{ stop: () => Promise<void>, ended: Promise<unknown> }} Started */

/** The lock of a saved profile. @param {string} name */
export const profileLock = (name) => `profile-${name}`;

/**
 * Installs an extension that shows our view at the first start.
 * @param {string} extensionsDir
 */
async function installOpener(extensionsDir) {
  const folder = join(extensionsDir, 'chatkit-inspector.opener-0.0.0');
  await cp(join(root, 'scripts', 'opener'), folder, { recursive: true });
}

/**
 * Installs our extension as links to the repository: after `npm run watch` has built it again, reloading the page is enough.
 * @param {string} extensionsDir
 */
async function installLinks(extensionsDir) {
  const folder = join(extensionsDir, 'chatkit-inspector.chatkit-inspector');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const names = (await readdir(root)).filter((name) => packagedParts.test(name));
  await Promise.all(names.map((name) => symlink(join(root, name), join(folder, name))));
  await symlink(dist, join(folder, 'dist'));
  // The editor's list of installed extensions. Without it, the editor looks for them in the folders.
  await rm(join(extensionsDir, 'extensions.json'), { force: true });
}

/**
 * Returns a profile that is saved from one `npm start` to the next; a second one at the same time gets a temporary one.
 * @param {string} name
 * @returns {Promise<{ home: string, release: () => Promise<void> }>}
 */
async function takeProfile(name) {
  const unlock = await tryLock(profileLock(name));
  if (unlock) return { home: join(cache, 'profiles', name), release: unlock };
  const { path, remove } = await temporaryFolder('start');
  return { home: path, release: remove };
}

/**
 * Returns a folder that only this user can open, with a path short enough for a socket in it.
 * @returns {Promise<{ path: string, remove: () => Promise<void> }>}
 */
async function privateFolder() {
  const path = await mkdtemp(join(tmpdir(), 'chatkit-')); // mode 0700
  const remove = () => rm(path, { recursive: true, force: true });
  process.on('exit', () => rmSync(path, { recursive: true, force: true }));
  return { path, remove };
}

/**
 * @param {{ port: number, socket: string, folder: string }} options
 */
async function openDoor({ port, socket, folder }) {
  const page = `/?${new URLSearchParams({ folder })}`;
  try {
    return await openFrontDoor({ port, socket, page });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
    say(`Port ${port} is in use, using a free one`);
    return openFrontDoor({ port: 0, socket, page });
  }
}

/**
 * Starts a real VS Code in the browser.
 * @param {import('./editors.mjs').EditorName} name
 * @param {StartOptions} options
 * @returns {Promise<Started>}
 */
export async function startBrowserEditor(name, options) {
  if (process.platform === 'win32')
    throw new Error('The browser editor does not run on Windows: npm start -- --desktop');
  const editor = await ensureEditor(name);
  const [{ home, release }, sockets] = await Promise.all([takeProfile(name), privateFolder()]);
  say(`Starting the ${name} VS Code`);
  const { extensionsDir } = profileOf(home);
  await Promise.all([installOpener(extensionsDir), installLinks(extensionsDir)]);
  const socket = join(sockets.path, 'editor.sock');
  const server = await startUserEditor(editor, { home, socket, env: sandboxEnvironment(options.sandbox) });
  const door = await openDoor({ ...options, socket });
  process.stdout.write(`\nReady: ${door.createLink()}\n(The link works once. Ctrl+C stops the editor`);
  if (process.stdin.isTTY) {
    process.stdout.write(', Enter prints another link');
    process.stdin.on('data', () => process.stdout.write(`${door.createLink()}\n`));
  }
  process.stdout.write('.)\n');
  if (options.open) await openBrowser(door.createLink());
  const stop = async () => {
    door.close();
    await server.stop();
    await Promise.all([release(), sockets.remove()]);
  };
  return { stop, ended: server.ended };
}

/**
 * The desktop VS Code: `VSCODE_EXECUTABLE_PATH`, or `code` on the PATH. It ends when its window is closed.
 * @param {StartOptions} options
 * @returns {Promise<Started>}
 */
export async function startDesktopEditor({ folder, sandbox }) {
  const { home, release } = await takeProfile('desktop');
  const { userDataDir, extensionsDir } = profileOf(home);
  await installOpener(extensionsDir);
  const command = process.env['VSCODE_EXECUTABLE_PATH'] ?? 'code';
  const args = ['--new-window', '--wait', '--skip-welcome'];
  args.push('--user-data-dir', userDataDir, '--extensions-dir', extensionsDir);
  if (process.getuid?.() === 0) args.push('--no-sandbox'); // it does not start as root with one
  args.push(`--extensionDevelopmentPath=${root}`, folder);
  say(`Starting ${command}`);
  const child = spawn(command, args, { env: { ...process.env, ...sandboxEnvironment(sandbox) }, stdio: 'inherit' });
  try {
    await once(child, 'spawn');
  } catch (cause) {
    throw new Error(`There is no “${command}” to start. Put VS Code's command line on the PATH.`, { cause });
  }
  const ended = once(child, 'exit');
  const stop = async () => {
    child.kill();
    await ended;
    await release();
  };
  return { stop, ended };
}
