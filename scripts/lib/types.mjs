import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { inTurns } from './inTurns.mjs';
import { cache, root } from './paths.mjs';
import { oneCheck, sum } from './results.mjs';
import { run } from './run.mjs';

/** One project for each runtime, the longest first. */
const projects = ['test', 'src/io', 'src', 'test/browser', 'src/domain', 'src/webview', 'bench', 'scripts'];

/**
 * Checks the types of every project. What the compiler knew the last time is kept, so that only what has changed since is
 * looked at again.
 * @returns {Promise<import('./results.mjs').Results>}
 */
export async function checkTypes() {
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const check = async (/** @type {string} */ project) => {
    const known = join(cache, 'types', `${project.replaceAll('/', '-')}.tsbuildinfo`);
    const options = ['--pretty', 'false', '--incremental', '--tsBuildInfoFile', known];
    return oneCheck(`types: ${project}`, await run(process.execPath, [tsc, '-p', project, ...options]));
  };
  return sum(await inTurns(projects, availableParallelism(), check));
}
