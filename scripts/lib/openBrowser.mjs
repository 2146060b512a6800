import { spawn } from 'node:child_process';

/** @returns {[string, ...string[]]} what opens an address on this system */
function opener() {
  if (process.platform === 'darwin') return ['open'];
  if (process.platform === 'win32') return ['explorer.exe'];
  return ['xdg-open'];
}

/**
 * Opens an address in the user's browser, if there is one; it is printed anyway.
 * @param {string} url
 */
export function openBrowser(url) {
  const [command, ...args] = opener();
  const child = spawn(command, [...args, url], { stdio: 'ignore', detached: true });
  child.on('error', () => undefined);
  child.unref();
}
