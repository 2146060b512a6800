import { mkdir, readdir, rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { ensureChromium } from './chromium.mjs';
import { ensureNode, tryLock } from './install.mjs';
import { cache, logs, root } from './paths.mjs';
import { run } from './process.mjs';
import { addResults, readJunit } from './results.mjs';

/** More processes are not faster: each loads the packages again. */
const maxProcesses = 4;

/**
 * Runs a folder of tests with Node's test runner and type stripping, without a build. The files share a few processes,
 * because starting one for each file takes longer than its tests.
 * @param {string} [filter] part of a file's path
 * @param {'unit' | 'cli'} [suite] `unit`: test/unit; `cli`: test/cli, the installed command line
 * @returns {Promise<import('./results.mjs').Results>}
 */
export async function runUnitTests(filter = '', suite = 'unit') {
  const [node, names] = await Promise.all([
    ensureNode(24),
    readdir(join(root, 'test', suite), { recursive: true }),
    mkdir(logs, { recursive: true }),
  ]);
  const files = names.filter((name) => /\.test\.tsx?$/.test(name) && name.includes(filter)).sort();
  // Without a file, Node would look for tests everywhere.
  if (files.length === 0) throw new Error(`No path of a test in test/${suite} contains “${filter}”.`);
  const count = Math.min(availableParallelism(), maxProcesses, files.length);
  const shares = Array.from({ length: count }, (_, share) => files.filter((_file, index) => index % count === share));
  const runs = shares.map(async (share, number) => {
    const report = join(logs, `${suite}-${number}.xml`);
    await rm(report, { force: true });
    const args = ['--test', '--test-isolation=none', '--test-reporter=junit', `--test-reporter-destination=${report}`];
    // For a failure that belongs to no test.
    args.push('--test-reporter=spec', '--test-reporter-destination=stdout');
    args.push(...share.map((name) => join('test', suite, name)));
    const ended = await run(node, args, { env: { NODE_COMPILE_CACHE: join(cache, 'compiled') } });
    return readJunit(report, suite, ended);
  });
  return addResults(await Promise.all(runs));
}

/**
 * Runs a project of playwright.config.ts.
 * @param {'browser' | 'e2e' | 'screenshots'} project
 * @param {{ dist: string, vsix?: string, args?: readonly string[] }} options the bundles and the package to test; `args` of
 *   `playwright test`
 * @returns {Promise<import('./results.mjs').Results>}
 */
export async function runPlaywright(project, { dist, vsix = '', args = [] }) {
  const [node, unlock] = await Promise.all([ensureNode(24), tryLock(`logs-${project}`), ensureChromium()]);
  // Playwright empties its output folder: two runs at the same time must not share one.
  const output = join(logs, unlock ? project : `${project}-${process.pid}`);
  const report = `${output}.xml`;
  await mkdir(logs, { recursive: true });
  await rm(report, { force: true });
  const cli = join(root, 'node_modules', '@playwright', 'test', 'cli.js');
  const ended = await run(node, [cli, 'test', `--project=${project}`, `--output=${output}`, ...args], {
    env: { CHATKIT_DIST: dist, CHATKIT_VSIX: vsix, PLAYWRIGHT_JUNIT_OUTPUT_FILE: report },
    show: true,
  });
  await unlock?.();
  return readJunit(report, project, ended);
}
