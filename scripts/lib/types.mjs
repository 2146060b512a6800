import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { inTurns } from './inTurns.mjs';
import { cache, root } from './paths.mjs';
import { oneCheck, sum } from './results.mjs';
import { run } from './run.mjs';

/** One project for each runtime, the longest first. */
const projects = [
  'test',
  'src/io',
  'src',
  'test/browser',
  'src/domain',
  'src/conversation/common',
  'src/webview',
  'bench',
  'scripts',
];

/** The compiler's own threads each look at shared types anew: a project a processor is half the work. */
const options = ['--pretty', 'false', '--singleThreaded', '--incremental'];

/**
 * Checks the types of every project. What the compiler knew the last time is kept, so that only what has changed since is
 * looked at again.
 * @returns {Promise<import('./results.mjs').Results>}
 */
export async function checkTypes() {
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const check = async (/** @type {string} */ project) => {
    const known = join(cache, 'types', `${project.replaceAll('/', '-')}.tsbuildinfo`);
    const args = [tsc, '-p', project, ...options, '--tsBuildInfoFile', known];
    return oneCheck(`types: ${project}`, await run(process.execPath, args));
  };
  return sum(await inTurns(projects, availableParallelism(), check));
}
