import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startService } from './process.mjs';
import { must } from './run.mjs';

/**
 * @typedef {object} CodeServerOptions
 * @property {string} home folder for its profile, extensions and log; made when missing
 * @property {number} [port] 0, a free one, when not given
 * @property {Record<string, unknown>} [settings] user settings
 * @property {Record<string, string>} [env] on top of this process's own
 * @property {boolean} [restrictedMode] start with workspace trust on, so that a folder opens untrusted
 * @property {string} [extensionsDir] where installed extensions are, if not below `home`
 * @property {(line: string) => void} [onLine] its log
 */

/** @typedef {import('./process.mjs').Service & { port: number, url: string }} CodeServer */

const quietSettings = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'telemetry.telemetryLevel': 'off',
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'chat.disableAIFeatures': true,
  'git.openRepositoryInParentFolders': 'never',
  'security.workspace.trust.startupPrompt': 'never',
};

/** For tests: no key of the developer's own, whatever is set. */
export const noKeys = { OPENAI_API_KEY: '' };

/** Without what would make it talk to an editor we were started from, or take that one's port or password. */
function cleanEnvironment() {
  const foreign = /^(VSCODE_|CODE_SERVER_|ELECTRON_|PORT$|PASSWORD$|HASHED_PASSWORD$|NODE_OPTIONS$|NODE_TEST)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
}

/**
 * Where an editor keeps its things below `home`.
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
 * Writes the user's settings, unless a profile that was kept has them already.
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
 * @param {import('./editors.mjs').Editor} editor
 * @param {{ vsix: string, extensionsDir: string, userDataDir: string }} what
 */
export async function installVsix(editor, { vsix, extensionsDir, userDataDir }) {
  const folders = ['--extensions-dir', extensionsDir, '--user-data-dir', userDataDir];
  await must(editor.node, [editor.entry, ...folders, '--install-extension', vsix]);
}

/**
 * Starts a real VS Code that listens on this machine only.
 * @param {import('./editors.mjs').Editor} editor
 * @param {CodeServerOptions} options
 * @returns {Promise<CodeServer>}
 */
export async function startCodeServer(
  editor,
  {
    home,
    extensionsDir = profileOf(home).extensionsDir,
    port = 0,
    settings = {},
    env = {},
    restrictedMode = false,
    onLine,
  },
) {
  const { userDataDir, config } = profileOf(home);
  await mkdir(extensionsDir, { recursive: true });
  await writeSettings(userDataDir, { ...quietSettings, ...settings });
  await writeFile(config, 'auth: none\ncert: false\n'); // else it reads and writes one in the home folder

  const args = [editor.entry, '--config', config, '--auth', 'none', '--bind-addr', `127.0.0.1:${port}`];
  args.push('--user-data-dir', userDataDir, '--extensions-dir', extensionsDir);
  args.push('--disable-telemetry', '--disable-update-check', '--disable-getting-started-override');
  if (!restrictedMode) args.push('--disable-workspace-trust');
  // Without it a built server ignores the development keys of the page's address; older ones know neither.
  if (editor.smokeTestOption) args.push('--vscode-option', 'enable-smoke-test-driver');
  const service = await startService(editor.node, args, /HTTP server listening on http:\/\/127\.0\.0\.1:(\d+)/, {
    env: { ...cleanEnvironment(), ...env },
    ...(onLine ? { onLine } : {}),
  });
  const bound = Number(service.ready[1]);
  return { ...service, port: bound, url: `http://localhost:${bound}/` };
}

/**
 * The address of a page that runs an extension from its folder.
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
