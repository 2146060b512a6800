import { summary, sum } from './results.mjs';
import { say } from './run.mjs';

/**
 * @typedef {object} Stage
 * @property {string} name
 * @property {() => Promise<import('./results.mjs').Results>} run
 */

/**
 * Runs stages one after the other, and those that stand in a list of their own side by side. One that fails, or breaks,
 * does not keep the next from running.
 * @param {readonly (Stage | readonly Stage[])[]} stages
 * @returns {Promise<import('./results.mjs').Results>}
 */
export async function runStages(stages) {
  const all = [];
  for (const together of stages) all.push(...(await Promise.all([together].flat().map(runStage))));
  return sum(all);
}

/** @param {Stage} stage @returns {Promise<import('./results.mjs').Results>} */
async function runStage({ name, run }) {
  const start = performance.now();
  say(name);
  const results = await run().catch((error) => ({
    passed: 0,
    failed: [{ name, details: describe(error) }],
    skipped: 0,
  }));
  say(`${name}: ${summary(results)} (${Math.round((performance.now() - start) / 1000)} s)`);
  return results;
}

/** @param {unknown} error */
const describe = (error) => (error instanceof Error ? (error.stack ?? error.message) : String(error));
