import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureNode } from './node.mjs';
import { logs, root } from './paths.mjs';
import { readCases } from './results.mjs';
import { run } from './run.mjs';

/**
 * Runs test/unit with Node's own runner and type stripping: no build.
 * @param {string} [filter] part of a file's path
 * @returns {Promise<import('./results.mjs').Results>}
 */
export async function runUnitTests(filter = '') {
  const [node, names] = await Promise.all([
    ensureNode(24),
    readdir(join(root, 'test', 'unit'), { recursive: true }),
    mkdir(logs, { recursive: true }),
  ]);
  const files = names.filter((name) => /\.test\.tsx?$/.test(name) && name.includes(filter));
  const report = join(logs, 'unit.jsonl');
  await rm(report, { force: true });
  const ended = await run(node, [
    '--test',
    '--test-reporter=./scripts/lib/unitReporter.mjs',
    `--test-reporter-destination=${report}`,
    ...files.map((name) => join('test', 'unit', name)),
  ]);
  return readCases(report, 'unit', ended);
}
