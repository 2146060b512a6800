import { summary, sum } from './results.mjs';
import { say } from './run.mjs';

/**
 * @typedef {object} Stage
 * @property {string} name
 * @property {() => Promise<import('./results.mjs').Results>} run
 */

/**
 * Runs stages one after the other. One that fails, or breaks, does not keep the next from running.
 * @param {readonly Stage[]} stages
 * @returns {Promise<import('./results.mjs').Results>}
 */
export async function runStages(stages) {
  const all = [];
  for (const { name, run } of stages) {
    const start = performance.now();
    say(name);
    const results = await run().catch((error) => ({
      passed: 0,
      failed: [{ name, details: describe(error) }],
      skipped: 0,
    }));
    say(`${name}: ${summary(results)} (${Math.round((performance.now() - start) / 1000)} s)`);
    all.push(results);
  }
  return sum(all);
}

/** @param {unknown} error */
const describe = (error) => (error instanceof Error ? (error.stack ?? error.message) : String(error));
