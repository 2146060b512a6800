import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from './paths.mjs';

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
export async function openBrowser(link) {
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
