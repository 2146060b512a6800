import { mkdir, readdir, rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { ensureNode } from './node.mjs';
import { cache, logs, root } from './paths.mjs';
import { readCases, sum } from './results.mjs';
import { run } from './run.mjs';

/** More processes than this gain nothing: each loads the packages anew. */
const mostProcesses = 4;

/**
 * Runs test/unit with Node's own runner and type stripping: no build. The files share a few processes, because starting one
 * for each costs more than the tests in it.
 * @param {string} [filter] part of a file's path
 * @returns {Promise<import('./results.mjs').Results>}
 */
export async function runUnitTests(filter = '') {
  const [node, names] = await Promise.all([
    ensureNode(24),
    readdir(join(root, 'test', 'unit'), { recursive: true }),
    mkdir(logs, { recursive: true }),
  ]);
  const files = names.filter((name) => /\.test\.tsx?$/.test(name) && name.includes(filter)).sort();
  const count = Math.max(1, Math.min(availableParallelism(), mostProcesses, files.length));
  const shares = Array.from({ length: count }, (_, share) => files.filter((_file, index) => index % count === share));
  return sum(
    await Promise.all(shares.map((share, number) => runShare(node, share, join(logs, `unit-${number}.jsonl`)))),
  );
}

/** @param {string} node @param {readonly string[]} files @param {string} report */
async function runShare(node, files, report) {
  await rm(report, { force: true });
  const args = [
    '--test',
    '--test-isolation=none',
    '--test-reporter=./scripts/lib/unitReporter.mjs',
    `--test-reporter-destination=${report}`,
    ...files.map((name) => join('test', 'unit', name)),
  ];
  // What was compiled the last time, types stripped, is kept.
  const ended = await run(node, args, { env: { NODE_COMPILE_CACHE: join(cache, 'compiled') } });
  return readCases(report, 'unit', ended);
}
