import { readFile } from 'node:fs/promises';
import { log } from './process.mjs';

/**
 * What a stage of `npm test` returns.
 * @typedef {object} Results
 * @property {number} passed
 * @property {readonly { name: string, details?: string | undefined }[]} failed
 * @property {number} skipped
 */

/**
 * @param {readonly Results[]} all
 * @returns {Results}
 */
export function addResults(all) {
  return {
    passed: all.reduce((total, { passed }) => total + passed, 0),
    failed: all.flatMap(({ failed }) => failed),
    skipped: all.reduce((total, { skipped }) => total + skipped, 0),
  };
}

/** Node's class name of a test outside of a suite. */
const noClass = 'test';

/**
 * Reads a report in JUnit format: Node's, Playwright's and the in-host suite's. A run that failed without a failed test, or
 * ran no test, counts as one failure.
 * @param {string} file may be missing, or incomplete when the run was interrupted
 * @param {string} where prefix of the names of failed tests
 * @param {{ code: number, output: string }} ended
 * @returns {Promise<Results>}
 */
export async function readJunit(file, where, { code, output }) {
  const { load } = await import('cheerio');
  const $ = load(await readFile(file, 'utf8').catch(() => ''), { xml: true });
  const cases = $('testcase')
    .toArray()
    .map((element) => $(element));
  const failed = cases
    .filter((test) => test.is(':has(> failure, > error)'))
    .map((test) => ({
      name: [where, test.attr('classname'), test.attr('name')].filter((part) => part && part !== noClass).join(' › '),
      details: test.children('failure, error').text().trim(),
    }));
  const skipped = cases.filter((test) => test.is(':has(> skipped)')).length;
  if (failed.length === 0 && (code !== 0 || cases.length === 0)) {
    failed.push({ name: `${where}: the run as a whole (exit code ${code})`, details: output.slice(-4000) });
    return { passed: cases.length - skipped, failed, skipped };
  }
  return { passed: cases.length - failed.length - skipped, failed, skipped };
}

/**
 * Returns the results of a program that passes or fails as a whole.
 * @param {string} name
 * @param {{ code: number, output: string }} ended
 * @returns {Results}
 */
export function resultOfRun(name, { code, output }) {
  return code === 0
    ? { passed: 1, failed: [], skipped: 0 }
    : { passed: 0, failed: [{ name, details: output.trim() }], skipped: 0 };
}

/** @param {Results} results */
const summary = ({ passed, failed, skipped }) => `${passed} passed, ${failed.length} failed, ${skipped} skipped`;

/**
 * Prints each failure, and the counts in the last line.
 * @param {Results} results
 * @returns {number} exit code
 */
export function printResults(results) {
  for (const { name, details } of results.failed) {
    process.stdout.write(`\n✗ ${name}\n${details ? `${details.replaceAll(/^/gm, '    ')}\n` : ''}`);
  }
  process.stdout.write(`${summary(results)}\n`);
  return results.failed.length === 0 ? 0 : 1;
}

/** @typedef {{ name: string, run: () => Promise<Results> }} Stage */

/**
 * Runs stages in order, and the stages of a nested list at the same time. A stage that fails does not stop the others.
 * @param {readonly (Stage | readonly Stage[])[]} stages
 * @returns {Promise<Results>}
 */
export async function runStages(stages) {
  const all = [];
  for (const stage of stages) all.push(...(await Promise.all([stage].flat().map(runStage))));
  return addResults(all);
}

/** @param {Stage} stage @returns {Promise<Results>} */
async function runStage({ name, run }) {
  const start = performance.now();
  log(name);
  const results = await run().catch((error) => ({
    passed: 0,
    failed: [{ name, details: error instanceof Error ? (error.stack ?? error.message) : String(error) }],
    skipped: 0,
  }));
  log(`${name}: ${summary(results)} (${Math.round((performance.now() - start) / 1000)} s)`);
  return results;
}
