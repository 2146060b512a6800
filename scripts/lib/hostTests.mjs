import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureHeadlessShell, launchOptions } from './chromium.mjs';
import { desktopVersion, ensureEditor, noKeys, pageUrl, profileOf, startCodeServer } from './editors.mjs';
import { cache, logs, root, temporaryFolder } from './paths.mjs';
import { log } from './process.mjs';
import { readJunit } from './results.mjs';
import { startNodePort } from './sandbox.mjs';

/** The exit code of a script that exceeded its time limit. */
const timedOut = 124;

/**
 * Opens the page and waits until the editor reports that the script has ended.
 * @param {import('@playwright/test').Page} page
 * @param {string} url
 * @param {(line: string) => void} onLine receives what the script prints
 * @param {number} seconds
 * @returns {Promise<number>} its exit code
 */
async function runPage(page, url, onLine, seconds) {
  /** @type {(code: number) => void} */
  let exit = () => undefined;
  const code = /** @type {Promise<number>} */ (new Promise((resolve) => (exit = resolve)));
  await page.exposeFunction('codeAutomationLog', (/** @type {string} */ _type, /** @type {unknown[]} */ args) =>
    args.forEach((arg) => onLine(String(arg))),
  );
  await page.exposeFunction('codeAutomationExit', (/** @type {number} */ value) => exit(value));
  await page.goto(url, { timeout: 180_000 }); // a busy machine needs long to send a whole editor
  const timer = setTimeout(() => exit(timedOut), seconds * 1000);
  return code.finally(() => clearTimeout(timer));
}

/**
 * Runs a script in the extension host of a real VS Code, with an extension from its folder.
 * @param {import('./editors.mjs').EditorName} name
 * @param {{ extension: string, script: string, env?: Record<string, string>, seconds: number }} options absolute paths;
 *   `script`: a file that exports `run()`
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
  // An editor in a browser saves after a second, unlike one on the desktop: cases that type would depend on the time.
  const settings = { 'files.autoSave': 'off' };
  const server = await startCodeServer(editor, { home: home.path, env: { ...noKeys, ...env }, settings, onLine });
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

/** The in-host suite, as esbuild.mjs builds it. @param {string} extension its folder */
const suiteOf = (extension) => join(extension, 'dist', 'test', 'host.cjs');

/**
 * Runs the in-host suite with an editor, next to the server that it needs.
 * @param {string} where name of the editor in the results
 * @param {string} filter part of a case's name
 * @param {(env: Record<string, string>) => Promise<{ code: number, lines: readonly string[] }>} runSuite receives the
 *   environment variables of the suite
 * @returns {Promise<import('./results.mjs').Results>}
 */
async function runSuiteWith(where, filter, runSuite) {
  const report = join(logs, `host-${where}.xml`);
  await mkdir(logs, { recursive: true });
  await rm(report, { force: true });
  const server = await startNodePort();
  try {
    const env = {
      CHATKIT_HOST_FILTER: filter,
      CHATKIT_HOST_REPORT: report,
      CHATKIT_NODE_PORT: server.url,
      CHATKIT_DIALECTS: join(root, '..', 'shared', 'dialects'),
    };
    const { code, lines } = await runSuite(env);
    await writeFile(join(logs, `host-${where}.log`), lines.join('\n'));
    return await readJunit(report, `host ${where}`, { code, output: lines.slice(-30).join('\n') });
  } finally {
    await server.stop();
  }
}

/**
 * Runs the in-host suite in a real VS Code.
 * @param {import('./editors.mjs').EditorName} name
 * @param {string} extension its folder
 * @param {string} [filter] part of a case's name
 */
export function runHostSuite(name, extension, filter = '') {
  const script = suiteOf(extension);
  return runSuiteWith(name, filter, (env) => runInHost(name, { extension, script, env, seconds: 900 }));
}

/**
 * Runs the in-host suite in a desktop VS Code: the program that VSCODE_EXECUTABLE_PATH names, or a download.
 * @param {string} extension its folder
 * @param {string} [filter] part of a case's name
 */
export async function runDesktopSuite(extension, filter = '') {
  const { runTests } = await import('@vscode/test-electron');
  const executable = process.env['VSCODE_EXECUTABLE_PATH'];
  const home = await temporaryFolder('desktop');
  const { userDataDir, extensionsDir } = profileOf(home.path);
  const folder = join(home.path, 'workspace');
  await mkdir(folder);
  log(`In-host suite, ${executable ?? `desktop VS Code ${desktopVersion}`}`);
  const program = executable
    ? { vscodeExecutablePath: executable }
    : { version: desktopVersion, cachePath: join(cache, 'desktop') };
  try {
    return await runSuiteWith('desktop', filter, async (extensionTestsEnv) => {
      const code = await runTests({
        ...program,
        extensionDevelopmentPath: extension,
        extensionTestsPath: suiteOf(extension),
        extensionTestsEnv,
        launchArgs: [folder, '--user-data-dir', userDataDir, '--extensions-dir', extensionsDir],
      }).catch(() => 1); // it has printed the reason
      return { code, lines: [] };
    });
  } finally {
    await home.remove();
  }
}
