import { join } from 'node:path';
import { ensureNode } from './node.mjs';
import { cache, root } from './paths.mjs';
import { oneCheck, sum } from './results.mjs';
import { run } from './run.mjs';

/** Files that are as they were when they were found well formatted are not looked at again. */
const remembering = ['--cache', '--cache-strategy=content', `--cache-location=${join(cache, 'prettier.json')}`];

/**
 * The rules of .oxlintrc.json, then the formatting.
 * @returns {Promise<import('./results.mjs').Results>}
 */
export async function lint() {
  const node = await ensureNode(24);
  const bin = (/** @type {string[]} */ ...path) => join(root, 'node_modules', ...path);
  const [rules, format] = await Promise.all([
    run(node, [bin('oxlint', 'bin', 'oxlint'), '--deny-warnings']),
    run(node, [bin('prettier', 'bin', 'prettier.cjs'), '--check', '--log-level=warn', ...remembering, '.']),
  ]);
  return sum([oneCheck('lint: oxlint', rules), oneCheck('lint: prettier', format)]);
}
