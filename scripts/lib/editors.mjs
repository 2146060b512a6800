import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureNode, installOnce, npm } from './install.mjs';
import { cache } from './paths.mjs';
import { log, runOrThrow, startService } from './process.mjs';

/**
 * The real VS Codes that we run: code-server, each on the Node of its time. `oldest` is what `engines.vscode` claims. `code`
 * is the VS Code in it.
 */
const editors = /** @type {const} */ ({
  latest: { codeServer: '4.139.1', code: '1.139.1', node: 24, smokeTestOption: true },
  oldest: { codeServer: '4.100.3', code: '1.100.3', node: 20, smokeTestOption: false },
});

/** @typedef {keyof typeof editors} EditorName */
/** @typedef {{ name: EditorName, node: string, entry: string, smokeTestOption: boolean }} Editor */

export const editorNames = /** @type {readonly EditorName[]} */ (['latest', 'oldest']);

/**
 * Installs the exact packages of the shrinkwrap file in a folder. Its peer dependencies are not all in there.
 * @param {string} folder
 */
const installShrinkwrap = (folder) => npm(['ci', '--ignore-scripts', '--omit=dev', '--legacy-peer-deps'], folder);

/**
 * Replaces a package that compiles when it is installed. It hashes passwords; no editor of ours has one.
 * @param {string} home of code-server
 */
async function replaceArgon2(home) {
  const folder = join(home, 'node_modules', 'argon2');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder);
  await writeFile(join(folder, 'index.js'), 'module.exports = {};\n');
}

/**
 * Installs an editor, once. It is unpacked first: npm ignores the shrinkwrap files of a package that it installs. Nothing is
 * compiled; only a logger and password hashing are missing then.
 * @param {EditorName} name
 * @returns {Promise<Editor>}
 */
export async function ensureEditor(name) {
  const { codeServer, code, node: major, smokeTestOption } = editors[name];
  const node = await ensureNode(major);
  const folder = join(cache, 'editors', codeServer);
  const home = join(folder, 'package');
  await installOnce(folder, `code-server@${codeServer}`, async () => {
    log(`Fetching VS Code ${code} (code-server ${codeServer})`);
    await npm(['pack', `code-server@${codeServer}`, '--ignore-scripts'], folder);
    const archive = `code-server-${codeServer}.tgz`;
    await runOrThrow('tar', ['-xzf', archive], { cwd: folder });
    await Promise.all([installShrinkwrap(home), installShrinkwrap(join(home, 'lib', 'vscode'))]);
    await Promise.all([replaceArgon2(home), rm(join(folder, archive))]);
  });
  return { name, node, entry: join(home, 'out', 'node', 'entry.js'), smokeTestOption };
}

/** The version of the desktop VS Code that tests download: the same as in the browser. */
export const desktopVersion = editors.latest.code;

/**
 * @typedef {object} CodeServerOptions
 * @property {string} home folder for its profile, extensions and log; created when missing
 * @property {Record<string, unknown>} [settings] user settings
 * @property {Record<string, string>} [env] on top of this process's own
 * @property {string} [extensionsDir] where installed extensions are, if not below `home`
 * @property {(line: string) => void} [onLine] receives each line of its log
 */

/** @typedef {import('./process.mjs').Service} Service */

const quietSettings = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'telemetry.telemetryLevel': 'off',
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'chat.disableAIFeatures': true,
  'git.openRepositoryInParentFolders': 'never',
  // The editor runs on this machine: a notification for each server that starts here would only be in the way.
  'remote.autoForwardPorts': false,
};

/** Environment of tests: without the developer's API key. */
export const noKeys = { OPENAI_API_KEY: '' };

/** Without variables that would connect it to the editor that started us, or give it that editor's port or sandbox. */
function cleanEnvironment() {
  const foreign =
    /^(VSCODE_|CHATKIT_INSPECTOR_|CODE_SERVER_|ELECTRON_|PORT$|PASSWORD$|HASHED_PASSWORD$|NODE_OPTIONS$|NODE_TEST)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
}

/**
 * Returns the paths of a profile.
 * @param {string} home
 */
export function profileOf(home) {
  return {
    userDataDir: join(home, 'user-data'),
    extensionsDir: join(home, 'extensions'),
    config: join(home, 'config.yaml'),
  };
}

/**
 * Writes the user settings, unless the profile already has some.
 * @param {string} userDataDir
 * @param {Record<string, unknown>} settings
 */
async function writeSettings(userDataDir, settings) {
  const folder = join(userDataDir, 'User');
  await mkdir(folder, { recursive: true });
  const text = JSON.stringify(settings, undefined, 2);
  await writeFile(join(folder, 'settings.json'), text, { flag: 'wx' }).catch((error) => {
    if (error.code !== 'EEXIST') throw error;
  });
}

/**
 * Installs a package into a folder of extensions.
 * @param {Editor} editor
 * @param {{ vsix: string, extensionsDir: string, userDataDir: string }} what
 */
export async function installVsix(editor, { vsix, extensionsDir, userDataDir }) {
  const folders = ['--extensions-dir', extensionsDir, '--user-data-dir', userDataDir];
  await runOrThrow(editor.node, [editor.entry, ...folders, '--install-extension', vsix]);
}

/**
 * @param {Editor} editor
 * @param {CodeServerOptions} options
 * @param {readonly string[]} flags
 * @returns {Promise<Service>} `ready[1]` is the address that it listens on
 */
async function start(
  editor,
  { home, extensionsDir = profileOf(home).extensionsDir, settings = {}, env = {}, onLine },
  flags,
) {
  const { userDataDir, config } = profileOf(home);
  await mkdir(extensionsDir, { recursive: true });
  await writeSettings(userDataDir, { ...quietSettings, ...settings });
  await writeFile(config, 'auth: none\ncert: false\n'); // else it reads and writes one in the home folder

  const args = [editor.entry, '--config', config, '--auth', 'none'];
  args.push('--user-data-dir', userDataDir, '--extensions-dir', extensionsDir);
  args.push('--disable-telemetry', '--disable-update-check', '--disable-getting-started-override', ...flags);
  return startService(editor.node, args, /HTTP server listening on (\S+)/, {
    env: { ...cleanEnvironment(), ...env },
    ...(onLine ? { onLine } : {}),
  });
}

/**
 * Starts a real VS Code as users start it: workspace trust as shipped, no test options. Only this user can reach it.
 * @param {Editor} editor
 * @param {CodeServerOptions & { socket: string }} options `socket`: path of the Unix socket that it listens on (mode 0600)
 */
export function startUserEditor(editor, { socket, ...options }) {
  return start(editor, options, ['--socket', socket, '--socket-mode', '600']);
}

/**
 * Starts a real VS Code for tests, on a free port of 127.0.0.1. Tests can drive it and run an extension from its folder; it
 * shows notifications in their list only.
 * @param {Editor} editor
 * @param {CodeServerOptions & { restrictedMode?: boolean }} options `restrictedMode`: workspace trust is on, so that a
 *   folder opens untrusted
 * @returns {Promise<Service & { url: string }>}
 */
export async function startCodeServer(editor, { restrictedMode = false, settings, ...options }) {
  const flags = ['--bind-addr', '127.0.0.1:0'];
  if (!restrictedMode) flags.push('--disable-workspace-trust');
  // Without it, a built server ignores the development keys in the page's address. Older ones do not have the option.
  if (editor.smokeTestOption) flags.push('--vscode-option', 'enable-smoke-test-driver');
  const noPrompt = { 'security.workspace.trust.startupPrompt': 'never' };
  const service = await start(editor, { ...options, settings: { ...noPrompt, ...settings } }, flags);
  const { port } = new URL(service.ready[1] ?? '');
  return { ...service, url: `http://localhost:${port}/` };
}

/**
 * Returns the address of a page that runs an extension from its folder. Only an editor that tests may drive honours it.
 * @param {string} base `http://localhost:PORT/`, as the browser will see it
 * @param {{ folder?: string, extension?: string, tests?: string }} what absolute paths; `tests` is a file
 */
export function pageUrl(base, { folder, extension, tests }) {
  const { host } = new URL(base);
  const remote = (/** @type {string} */ path) => `vscode-remote://${host}${path}`;
  const payload = [['skipWelcome', 'true']];
  if (extension) payload.push(['extensionDevelopmentPath', remote(extension)]);
  if (tests) payload.push(['extensionTestsPath', remote(tests)]);
  const query = new URLSearchParams({ payload: JSON.stringify(payload) });
  if (folder) query.set('folder', folder);
  return `${base}?${query}`;
}
