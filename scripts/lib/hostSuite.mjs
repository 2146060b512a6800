import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromiumFlags, ensureChromium } from './chromium.mjs';
import { pageUrl, startCodeServer } from './codeServer.mjs';
import { ensureEditor } from './editors.mjs';
import { cache, logs, root } from './paths.mjs';
import { countCases } from './results.mjs';

/** What test/support/hostSuite.ts marks its result lines with. */
const resultMark = '[host-result]';

/**
 * Opens the page and waits until the editor says that the suite ended.
 * @param {import('@playwright/test').Page} page
 * @param {string} url
 * @param {(line: string) => void} onLine what the suite prints
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
  await page.goto(url);
  const timer = setTimeout(() => exit(124), seconds * 1000);
  return code.finally(() => clearTimeout(timer));
}

/**
 * Runs dist/test/host.cjs inside a real VS Code with the extension from this folder.
 * @param {import('./editors.mjs').EditorName} name
 * @param {{ filter?: string, seconds?: number }} [options] `filter` is part of a case's name
 * @returns {Promise<import('./results.mjs').Results>}
 */
export async function runHostSuite(name, { filter = '', seconds = 240 } = {}) {
  const [{ chromium }, editor, executablePath] = await Promise.all([
    import('@playwright/test'),
    ensureEditor(name),
    ensureChromium(),
  ]);
  await Promise.all([mkdir(join(cache, 'tmp'), { recursive: true }), mkdir(logs, { recursive: true })]);
  const home = await mkdtemp(join(cache, 'tmp', `host-${name}-`));
  const folder = join(home, 'workspace');
  await mkdir(folder);

  const lines = /** @type {string[]} */ ([]);
  const log = (/** @type {string} */ line) => void lines.push(line);
  const server = await startCodeServer(editor, { home, env: { CHATKIT_HOST_FILTER: filter }, onLine: log });
  const browser = await chromium.launch({ executablePath, args: chromiumFlags });
  try {
    const url = pageUrl(server.url, { folder, extension: root, tests: join(root, 'dist', 'test', 'host.cjs') });
    const code = await runPage(await browser.newPage(), url, log, seconds);
    const marked = lines.filter((line) => line.startsWith(resultMark));
    const cases = marked.map((line) => JSON.parse(line.slice(resultMark.length)));
    const results = countCases(cases, `host ${name}`);
    if (code === 0 || results.failed.length > 0) return results;
    const why = code === 124 ? `no end within ${seconds} s` : `exit code ${code}`;
    const details = `${why}\n${lines.slice(-30).join('\n')}`;
    return { ...results, failed: [{ name: `host ${name}: the suite as a whole`, details }] };
  } finally {
    await browser.close();
    await server.stop();
    await writeFile(join(logs, `host-${name}.log`), lines.join('\n'));
    await rm(home, { recursive: true, force: true });
  }
}
