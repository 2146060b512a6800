import { readFile } from 'node:fs/promises';

/**
 * What a stage of `npm test` brings back.
 * @typedef {object} Results
 * @property {number} passed
 * @property {readonly { name: string, details?: string | undefined }[]} failed
 * @property {number} skipped
 */

/** One test: what the reporters write, a JSON line each.
 * @typedef {{ name: string, outcome: 'passed' | 'failed' | 'skipped', details?: string }} Case
 */

/**
 * @param {readonly Results[]} all
 * @returns {Results}
 */
export function sum(all) {
  return {
    passed: all.reduce((total, { passed }) => total + passed, 0),
    failed: all.flatMap(({ failed }) => failed),
    skipped: all.reduce((total, { skipped }) => total + skipped, 0),
  };
}

/**
 * @param {readonly Case[]} cases
 * @param {string} where put before the names of those that failed
 * @returns {Results}
 */
export function countCases(cases, where) {
  return {
    passed: cases.filter(({ outcome }) => outcome === 'passed').length,
    failed: cases
      .filter(({ outcome }) => outcome === 'failed')
      .map(({ name, details }) => ({ name: `${where}: ${name}`, details })),
    skipped: cases.filter(({ outcome }) => outcome === 'skipped').length,
  };
}

/**
 * Counts what a reporter left in a file. A run that failed without a failed test, or ran no test, is a failure itself.
 * @param {string} file JSON lines
 * @param {string} where
 * @param {{ code: number, output: string }} ended
 * @returns {Promise<Results>}
 */
export async function readCases(file, where, { code, output }) {
  const text = await readFile(file, 'utf8').catch(() => '');
  const lines = text.split('\n').filter((line) => line !== '');
  const results = countCases(
    lines.map((line) => JSON.parse(line)),
    where,
  );
  const silent = results.failed.length === 0 && (code !== 0 || lines.length === 0);
  if (!silent) return results;
  return { ...results, failed: [{ name: `${where}: the run as a whole`, details: output.slice(-4000) }] };
}

/**
 * One check that passes or fails as a whole.
 * @param {string} name
 * @param {{ code: number, output: string }} ended
 * @returns {Results}
 */
export function oneCheck(name, { code, output }) {
  return code === 0
    ? { passed: 1, failed: [], skipped: 0 }
    : { passed: 0, failed: [{ name, details: output.trim() }], skipped: 0 };
}

/** @param {Results} results */
export function summary({ passed, failed, skipped }) {
  return `${passed} passed, ${failed.length} failed, ${skipped} skipped`;
}

/**
 * Prints the names of what failed with what is known about it, and the one line of numbers last.
 * @param {Results} results
 * @returns {number} exit code
 */
export function report(results) {
  for (const { name, details } of results.failed) {
    process.stdout.write(`\n✗ ${name}\n${details ? `${details.replaceAll(/^/gm, '    ')}\n` : ''}`);
  }
  process.stdout.write(`${summary(results)}\n`);
  return results.failed.length === 0 ? 0 : 1;
}
