import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { cp, mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build, packagedParts } from './build.mjs';
import { ensureEditor, profileOf, startUserEditor } from './editors.mjs';
import { openPrivateProxy } from './privateProxy.mjs';
import { tryLock } from './install.mjs';
import { cache, dist, root, temporaryFolder } from './paths.mjs';
import { log } from './process.mjs';
import { sandboxEnvironment, startSandbox } from './sandbox.mjs';

/** @returns {[string, ...string[]]} the command that opens a file on this system */
function opener() {
  if (process.platform === 'darwin') return ['open'];
  if (process.platform === 'win32') return ['explorer.exe'];
  return ['xdg-open'];
}

/**
 * Opens a link in the user's browser, if there is one. Every user of this machine can read the arguments of a command, so
 * they name a private file that leads to the link.
 * @param {string} link
 */
async function openBrowser(link) {
  const folder = join(root, 'dist'); // browsers in a sandbox cannot read hidden or temporary folders
  const file = join(folder, `open-${randomBytes(8).toString('hex')}.html`);
  await mkdir(folder, { recursive: true });
  const text = `<!doctype html><meta http-equiv="refresh" content="0; url=${link}">\n`;
  await writeFile(file, text, { flag: 'wx', mode: 0o600 });
  process.on('exit', () => rmSync(file, { force: true }));
  const [command, ...args] = opener();
  const child = spawn(command, [...args, file], { stdio: 'ignore', detached: true });
  child.on('error', () => undefined);
  child.unref();
}

/**
 * @typedef {object} StartOptions
 * @property {string} folder the folder to open
 * @property {import('./sandbox.mjs').SandboxAccess} sandbox
 * @property {number} port of the private proxy; 0 for a free one
 * @property {boolean} open opens the browser
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
 * Installs our extension as a link to the repository: after `npm run watch` has built it again, reloading the page is enough.
 * The whole folder is one link. With a link for each part, VS Code would not find the extension that a module belongs to, and
 * views and test runs would have no names.
 * @param {string} extensionsDir
 */
async function installLink(extensionsDir) {
  const link = join(extensionsDir, 'chatkit-inspector.chatkit-inspector');
  const folder = dirname(dist);
  if (folder !== root) {
    const names = (await readdir(root)).filter((name) => packagedParts.test(name));
    await Promise.all(names.map((name) => symlink(join(root, name), join(folder, name))));
  }
  await mkdir(extensionsDir, { recursive: true });
  await rm(link, { recursive: true, force: true });
  await symlink(folder, link);
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
 * Opens the private proxy, on another port if the port is in use.
 * @param {{ port: number, socket: string, folder: string }} options
 */
async function openProxy({ port, socket, folder }) {
  const page = `/?${new URLSearchParams({ folder })}`;
  try {
    return await openPrivateProxy({ port, socket, page });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
    log(`Port ${port} is in use, using a free one`);
    return openPrivateProxy({ port: 0, socket, page });
  }
}

/**
 * Starts a real VS Code in the browser.
 * @param {import('./editors.mjs').EditorName} name
 * @param {StartOptions} options
 * @returns {Promise<Started>}
 */
async function startBrowserEditor(name, options) {
  if (process.platform === 'win32')
    throw new Error('The browser editor does not run on Windows: npm start -- --desktop');
  const editor = await ensureEditor(name);
  const [{ home, release }, sockets] = await Promise.all([takeProfile(name), temporaryFolder('chatkit', tmpdir())]);
  log(`Starting the ${name} VS Code`);
  const { extensionsDir } = profileOf(home);
  await Promise.all([installOpener(extensionsDir), installLink(extensionsDir)]);
  // In a folder that only this user can open (mode 0700), with a path that is short enough for a socket.
  const socket = join(sockets.path, 'editor.sock');
  const server = await startUserEditor(editor, { home, socket, env: sandboxEnvironment(options.sandbox) });
  const proxy = await openProxy({ ...options, socket });
  process.stdout.write(`\nReady: ${proxy.createLink()}\n(The link works once. Ctrl+C stops the editor`);
  if (process.stdin.isTTY) {
    process.stdout.write(', Enter prints another link');
    process.stdin.on('data', () => process.stdout.write(`${proxy.createLink()}\n`));
  }
  process.stdout.write('.)\n');
  if (options.open) await openBrowser(proxy.createLink());
  const stop = async () => {
    proxy.close();
    await server.stop();
    await Promise.all([release(), sockets.remove()]);
  };
  return { stop, ended: server.ended };
}

/**
 * Starts the desktop VS Code: `VSCODE_EXECUTABLE_PATH`, or `code` on the PATH. It ends when its window is closed.
 * @param {StartOptions} options
 * @returns {Promise<Started>}
 */
async function startDesktopEditor({ folder, sandbox }) {
  const { home, release } = await takeProfile('desktop');
  const { userDataDir, extensionsDir } = profileOf(home);
  await installOpener(extensionsDir);
  const command = process.env['VSCODE_EXECUTABLE_PATH'] ?? 'code';
  const args = ['--new-window', '--wait', '--skip-welcome'];
  args.push('--user-data-dir', userDataDir, '--extensions-dir', extensionsDir);
  if (process.getuid?.() === 0) args.push('--no-sandbox'); // required as root
  args.push(`--extensionDevelopmentPath=${root}`, folder);
  log(`Starting ${command}`);
  const child = spawn(command, args, { env: { ...process.env, ...sandboxEnvironment(sandbox) }, stdio: 'inherit' });
  try {
    await once(child, 'spawn');
  } catch (cause) {
    throw new Error(`Could not start “${command}”. Add the VS Code command line to the PATH.`, { cause });
  }
  const ended = once(child, 'exit');
  const stop = async () => {
    child.kill();
    await ended;
    await release();
  };
  return { stop, ended };
}

/** Copies the samples: changes to the copies are saved and do not change the repository. */
async function copySamples() {
  const folder = join(cache, 'start', 'workspace');
  await cp(join(root, 'samples'), folder, { recursive: true, force: false });
  return folder;
}

/**
 * Starts a real VS Code with the extension and a local ChatKit API, and runs until one of them ends.
 * @param {{ editor: import('./editors.mjs').EditorName | 'desktop', folder?: string | undefined, port: number, open: boolean }} options
 *   `folder`: copies of the samples by default
 * @param {(onSignal: () => void) => void} onStop receives what stops everything, for Ctrl+C
 * @returns {Promise<number>} exit code
 */
export async function startEverything({ editor: name, folder, port, open }, onStop) {
  const running = /** @type {{ stop: () => Promise<void> }[]} */ ([]);
  let stopping = false;
  /** @param {number} code */
  const stop = async (code) => {
    if (stopping) return;
    stopping = true;
    log('Stopping');
    await Promise.all(running.map((service) => service.stop()));
    process.exit(code);
  };
  onStop(() => void stop(0));

  await build({ out: dist });
  log('Starting the local ChatKit API (sandbox)');
  const sandbox = await startSandbox();
  running.push(sandbox);
  const options = { folder: folder ?? (await copySamples()), sandbox: sandbox.access, port, open };
  const editor = name === 'desktop' ? await startDesktopEditor(options) : await startBrowserEditor(name, options);
  running.push(editor);
  await Promise.race([editor.ended, sandbox.ended]);
  const code = name === 'desktop' ? 0 : 1;
  await stop(code);
  return code;
}
