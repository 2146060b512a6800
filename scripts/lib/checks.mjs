import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { ensureNode } from './install.mjs';
import { cache, root } from './paths.mjs';
import { run } from './process.mjs';
import { addResults, resultOfRun } from './results.mjs';

/** One TypeScript project per runtime, the slowest first. */
const runtimes = ['node', 'vscode', 'common', 'webview'].map((runtime) => `src/tsconfig.${runtime}.json`);
const projects = ['test', ...runtimes, 'test/browser', 'bench', 'scripts'];

/**
 * Checks the types of every project, as many at a time as there are processors. Threads of one compiler would each check
 * shared types again. Only what has changed since the last run is checked.
 * @returns {Promise<import('./results.mjs').Results>}
 */
export async function checkTypes() {
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const options = ['--pretty', 'false', '--singleThreaded', '--incremental'];
  const results = /** @type {import('./results.mjs').Results[]} */ ([]);
  const queue = projects.values();
  const worker = async () => {
    for (const project of queue) {
      const buildInfo = join(cache, 'types', `${project.replaceAll('/', '-')}.tsbuildinfo`);
      const args = [tsc, '-p', project, ...options, '--tsBuildInfoFile', buildInfo];
      results.push(resultOfRun(`types: ${project}`, await run(process.execPath, args)));
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return addResults(results);
}

/**
 * Checks the rules of .oxlintrc.json and the formatting. Prettier skips files that have not changed since they passed.
 * @returns {Promise<import('./results.mjs').Results>}
 */
export async function lint() {
  const node = await ensureNode(24);
  const bin = (/** @type {string[]} */ ...path) => join(root, 'node_modules', ...path);
  const caching = ['--cache', '--cache-strategy=content', `--cache-location=${join(cache, 'prettier.json')}`];
  const [rules, format] = await Promise.all([
    run(node, [bin('oxlint', 'bin', 'oxlint'), '--deny-warnings']),
    run(node, [bin('prettier', 'bin', 'prettier.cjs'), '--check', '--log-level=warn', ...caching, '.']),
  ]);
  return addResults([resultOfRun('lint: oxlint', rules), resultOfRun('lint: prettier', format)]);
}
