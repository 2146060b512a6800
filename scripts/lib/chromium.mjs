import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { log, runOrThrow } from './process.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const shellNames = ['chromium-headless-shell'];

/** Flags for a browser that runs as root without a GPU or a network. */
const chromiumFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Launch options of Playwright. @param {string} executablePath */
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
const install = (packages) => runOrThrow('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages]);

/**
 * Finds Chromium in `CHROMIUM_PATH` or on the PATH, or installs the package of Debian.
 * @returns {Promise<string>} path of the executable
 */
export async function ensureChromium() {
  const found = find(names);
  if (found) return found;
  log('Chromium is not on the PATH and CHROMIUM_PATH is not set. Installing the Debian package with apt-get');
  try {
    await runOrThrow('apt-get', ['update', '-q']);
    await install(['chromium', ...shellNames]).catch(() => install(['chromium']));
  } catch (cause) {
    throw new Error('Could not install Chromium. Install it, or set CHROMIUM_PATH to its executable.', { cause });
  }
  const installed = find(names);
  if (!installed) throw new Error('apt-get installed Chromium, but it is not on the PATH.');
  return installed;
}

/**
 * Finds the headless shell of Chromium, or Chromium if there is none. The shell opens a page in half the time but draws
 * system controls differently.
 * @returns {Promise<string>} path of the executable
 */
export async function ensureHeadlessShell() {
  const chromium = await ensureChromium();
  return find(shellNames) ?? chromium;
}
