import assert from 'node:assert/strict';

/** Number of runs for each size. The fastest one counts, because other processes can only slow a run down. */
const runs = 3;
/** Number of attempts: a ratio that is too large is measured again, and one success is enough. */
const attempts = 3;
/** Times below this limit, in ms, are ignored, because they are within the noise of the machine. */
const tooFast = 25;

/**
 * Fails when `work` takes much more than twice the time for twice the input: work that is linear takes 4 times as long for
 * 4 times the input, quadratic work 16 times, and 9 is still accepted. Processor time, so that a busy machine does not count.
 */
export function assertLinear<Input>(
  name: string,
  size: number,
  make: (n: number) => Input,
  work: (input: Input) => void,
) {
  const [small, large] = [make(size), make(size * 4)];
  let ratio = Infinity;
  for (let attempt = 0; attempt < attempts && ratio >= 9; attempt += 1) {
    const ofLarge = fastest(large, work);
    if (ofLarge < tooFast) return;
    ratio = ofLarge / Math.max(fastest(small, work), 0.1);
  }
  assert.ok(ratio < 9, `${name}: 4 times the input takes ${ratio.toFixed(1)} times as long`);
}

function fastest<Input>(input: Input, work: (input: Input) => void): number {
  let best = Infinity;
  for (let run = 0; run < runs; run += 1) {
    const before = process.cpuUsage().user;
    work(input);
    best = Math.min(best, (process.cpuUsage().user - before) / 1000);
  }
  return best;
}
