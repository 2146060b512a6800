import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runInHost } from './inHost.mjs';
import { startNodePort } from './nodePort.mjs';
import { logs } from './paths.mjs';
import { countCases } from './results.mjs';

/** The in-host suite, as esbuild.mjs makes it. @param {string} extension its folder */
export const hostScript = (extension) => join(extension, 'dist', 'test', 'host.cjs');

/** What test/support/hostSuite.ts marks its result lines with. */
const resultMark = '[host-result]';

/**
 * Runs something that starts the in-host suite, beside what the suite needs outside of the editor.
 * @template T
 * @param {string} filter part of a case's name
 * @param {(env: Record<string, string>) => Promise<T>} action gets the suite's environment variables
 * @returns {Promise<T>}
 */
export async function withHostEnvironment(filter, action) {
  const server = await startNodePort();
  try {
    return await action({ CHATKIT_HOST_FILTER: filter, CHATKIT_NODE_PORT: server.url });
  } finally {
    await server.stop();
  }
}

/**
 * Runs the in-host suite.
 * @param {import('./editors.mjs').EditorName} name
 * @param {string} extension its folder
 * @param {string} [filter] part of a case's name
 * @returns {Promise<import('./results.mjs').Results>}
 */
export async function runHostSuite(name, extension, filter = '') {
  const seconds = 900;
  const script = hostScript(extension);
  const { code, lines } = await withHostEnvironment(filter, (env) =>
    runInHost(name, { extension, script, env, seconds }),
  );
  await mkdir(logs, { recursive: true });
  await writeFile(join(logs, `host-${name}.log`), lines.join('\n'));
  const marked = lines.filter((line) => line.startsWith(resultMark));
  const cases = marked.map((line) => JSON.parse(line.slice(resultMark.length)));
  const results = countCases(cases, `host ${name}`);
  if (cases.length > 0 && (code === 0 || results.failed.length > 0)) return results;
  const why = code === 124 ? `no end within ${seconds} s` : `exit code ${code}, ${cases.length} cases`;
  const details = `${why}\n${lines.slice(-30).join('\n')}`;
  return { ...results, failed: [...results.failed, { name: `host ${name}: the suite as a whole`, details }] };
}
