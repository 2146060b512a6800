import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { must, say } from './run.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const shellNames = ['chromium-headless-shell'];

/** Flags for a browser that runs as root, without a GPU and without a network. */
const chromiumFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** How Playwright starts one. @param {string} executablePath */
export const launchOptions = (executablePath) => ({ executablePath, args: chromiumFlags });

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** @param {readonly string[]} programs */
function find(programs) {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const candidates = programs.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [process.env['CHROMIUM_PATH'] ?? '', ...candidates].find((file) => file !== '' && isExecutable(file));
}

/** @param {readonly string[]} packages */
const install = (packages) => must('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages]);

/**
 * The machine's Chromium (`CHROMIUM_PATH` or the PATH), else Debian's.
 * @returns {Promise<string>} path of the executable
 */
export async function ensureChromium() {
  const found = find(names);
  if (found) return found;
  say('No Chromium on the PATH (set CHROMIUM_PATH to name one): installing Debian’s with apt-get');
  try {
    await must('apt-get', ['update', '-q']);
    await install(['chromium', ...shellNames]).catch(() => install(['chromium']));
  } catch (cause) {
    throw new Error('There is no Chromium. Install one, or set CHROMIUM_PATH to its executable.', { cause });
  }
  const installed = find(names);
  if (!installed) throw new Error('apt-get installed chromium, but it is not on the PATH.');
  return installed;
}

/**
 * The same engine without the windows of a browser, where the machine has it: it opens a page in half the time. It draws
 * the system's own controls differently.
 * @returns {Promise<string>} path of the executable
 */
export async function ensureHeadlessShell() {
  const chromium = await ensureChromium();
  return find(shellNames) ?? chromium;
}
