import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureHeadlessShell, launchOptions } from './chromium.mjs';
import { noKeys, pageUrl, startCodeServer } from './codeServer.mjs';
import { ensureEditor } from './editors.mjs';
import { temporaryFolder } from './temporary.mjs';

/**
 * Opens the page and waits until the editor says that the script ended.
 * @param {import('@playwright/test').Page} page
 * @param {string} url
 * @param {(line: string) => void} onLine what the script prints
 * @param {number} seconds
 * @returns {Promise<number>} its exit code; 124 when it took too long
 */
async function runPage(page, url, onLine, seconds) {
  /** @type {(code: number) => void} */
  let exit = () => undefined;
  const code = /** @type {Promise<number>} */ (new Promise((resolve) => (exit = resolve)));
  await page.exposeFunction('codeAutomationLog', (/** @type {string} */ _type, /** @type {unknown[]} */ args) =>
    args.forEach((arg) => onLine(String(arg))),
  );
  await page.exposeFunction('codeAutomationExit', (/** @type {number} */ value) => exit(value));
  // As long as a busy machine needs to send a whole editor.
  await page.goto(url, { timeout: 180_000 });
  const timer = setTimeout(() => exit(124), seconds * 1000);
  return code.finally(() => clearTimeout(timer));
}

/**
 * Runs a script inside the extension host of a real VS Code, with an extension from its folder.
 * @param {import('./editors.mjs').EditorName} name
 * @param {{ extension: string, script: string, env?: Record<string, string>, seconds: number }} options absolute paths;
 *   `script` is a file that exports `run()`
 * @returns {Promise<{ code: number, lines: readonly string[] }>} what the script and the server printed
 */
export async function runInHost(name, { extension, script, env = {}, seconds }) {
  const [{ chromium }, editor, executablePath] = await Promise.all([
    import('@playwright/test'),
    ensureEditor(name),
    ensureHeadlessShell(),
  ]);
  const home = await temporaryFolder(`host-${name}`);
  const folder = join(home.path, 'workspace');
  await mkdir(folder);
  const lines = /** @type {string[]} */ ([]);
  const onLine = (/** @type {string} */ line) => void lines.push(line);
  const server = await startCodeServer(editor, { home: home.path, env: { ...noKeys, ...env }, onLine });
  const browser = await chromium.launch(launchOptions(executablePath));
  try {
    const url = pageUrl(server.url, { folder, extension, tests: script });
    return { code: await runPage(await browser.newPage(), url, onLine, seconds), lines };
  } finally {
    await browser.close();
    await server.stop();
    await home.remove();
  }
}
