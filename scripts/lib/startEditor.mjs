import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { pageUrl, profileOf, startCodeServer } from './codeServer.mjs';
import { ensureEditor } from './editors.mjs';
import { openFrontDoor } from './frontDoor.mjs';
import { tryLock } from './once.mjs';
import { openBrowser } from './openBrowser.mjs';
import { cache, root } from './paths.mjs';
import { say } from './run.mjs';
import { sandboxEnvironment } from './sandbox.mjs';
import { temporaryFolder } from './temporary.mjs';

/**
 * @typedef {object} StartOptions
 * @property {string} folder what the editor opens
 * @property {import('./sandbox.mjs').SandboxAccess} sandbox
 * @property {number} port where the page is served; 0 is a free one
 * @property {boolean} open open the browser
 */

/** @typedef {{ stop: () => Promise<void>, ended: Promise<unknown> }} Started */

/**
 * Puts a tiny extension beside ours that shows our view at the first start; an editor finds it before its own list exists.
 * @param {string} home
 */
async function installOpener(home) {
  const { extensionsDir } = profileOf(home);
  await cp(join(root, 'scripts', 'opener'), join(extensionsDir, 'chatkit-inspector.opener-0.0.0'), { recursive: true });
}

/**
 * A profile that is kept from one `npm start` to the next; a second one at the same time gets a temporary one.
 * @param {string} name
 * @returns {Promise<{ home: string, release: () => Promise<void> }>}
 */
async function takeProfile(name) {
  const unlock = await tryLock(`start-${name}`);
  if (unlock) return { home: join(cache, 'start', name), release: unlock };
  const { path, remove } = await temporaryFolder('start');
  return { home: path, release: remove };
}

/**
 * @param {StartOptions & { target: number }} options
 */
async function openDoor({ port, target, folder }) {
  const page = (/** @type {string} */ base) => pageUrl(base, { folder, extension: root });
  try {
    return await openFrontDoor({ port, target, page });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
    say(`Port ${port} is taken, using a free one`);
    return openFrontDoor({ port: 0, target, page });
  }
}

/**
 * A real VS Code in the browser.
 * @param {import('./editors.mjs').EditorName} name
 * @param {StartOptions} options
 * @returns {Promise<Started>}
 */
export async function startBrowserEditor(name, options) {
  if (process.platform === 'win32')
    throw new Error('The browser editor does not run on Windows: npm start -- --desktop');
  const editor = await ensureEditor(name);
  const { home, release } = await takeProfile(name);
  say(`Starting the ${name} VS Code`);
  await installOpener(home);
  const server = await startCodeServer(editor, { home, env: sandboxEnvironment(options.sandbox) });
  const door = await openDoor({ ...options, target: server.port });
  process.stdout.write(`\nReady: ${door.url}\n(Ctrl+C stops it)\n`);
  if (options.open) openBrowser(door.url);
  const stop = async () => {
    door.close();
    await server.stop();
    await release();
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
  await installOpener(home);
  const { userDataDir, extensionsDir } = profileOf(home);
  const command = process.env['VSCODE_EXECUTABLE_PATH'] ?? 'code';
  const args = ['--new-window', '--wait', '--disable-workspace-trust', '--skip-welcome'];
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
