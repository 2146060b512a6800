import { join } from 'node:path';
import { root } from './paths.mjs';
import { oneCheck, sum } from './results.mjs';
import { run } from './run.mjs';

/** One project for each runtime. */
const projects = ['src/domain', 'src/io', 'src', 'src/webview', 'test', 'test/browser', 'bench', 'scripts'];

/**
 * Checks the types of every project.
 * @returns {Promise<import('./results.mjs').Results>}
 */
export async function checkTypes() {
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const all = projects.map(async (project) =>
    oneCheck(`types: ${project}`, await run(process.execPath, [tsc, '-p', project, '--pretty', 'false'])),
  );
  return sum(await Promise.all(all));
}
