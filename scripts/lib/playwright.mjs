import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureChromium } from './chromium.mjs';
import { ensureNode } from './node.mjs';
import { tryLock } from './once.mjs';
import { logs, root } from './paths.mjs';
import { readCases } from './results.mjs';
import { run } from './run.mjs';

/**
 * Runs a project of playwright.config.ts.
 * @param {'browser' | 'e2e' | 'screenshots'} project
 * @param {{ dist: string, vsix?: string, args?: readonly string[] }} options the bundles and the package to look at;
 *   `args` of `playwright test`
 * @returns {Promise<import('./results.mjs').Results>}
 */
export async function runPlaywright(project, { dist, vsix = '', args = [] }) {
  const [node, unlock] = await Promise.all([ensureNode(24), tryLock(`logs-${project}`), ensureChromium()]);
  // Playwright empties the folder of its artifacts: two runs at the same time must not share one.
  const output = join(logs, unlock ? project : `${project}-${process.pid}`);
  const results = `${output}.jsonl`;
  await mkdir(logs, { recursive: true });
  await rm(results, { force: true });
  const cli = join(root, 'node_modules', '@playwright', 'test', 'cli.js');
  const ended = await run(node, [cli, 'test', `--project=${project}`, `--output=${output}`, ...args], {
    env: { CHATKIT_DIST: dist, CHATKIT_VSIX: vsix, PLAYWRIGHT_RESULTS: results },
    show: true,
  });
  await unlock?.();
  return readCases(results, project, ended);
}
