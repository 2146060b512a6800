import { spawn } from 'node:child_process';
import { root } from './paths.mjs';

/** One line about what is going on. @param {string} text */
export function say(text) {
  process.stdout.write(`• ${text}\n`);
}

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd] the repository when not given
 * @property {Record<string, string>} [env] on top of this process's own
 * @property {boolean} [show] pass the output on while it comes
 */

/**
 * Runs a program to its end, without a shell. Never rejects for a bad exit code; does for a program that is not there.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<{ code: number, output: string }>} stdout and stderr, as they came
 */
export function run(command, args, { cwd = root, env = {}, show = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    const chunks = /** @type {string[]} */ ([]);
    for (const [stream, target] of /** @type {const} */ ([
      [child.stdout, process.stdout],
      [child.stderr, process.stderr],
    ])) {
      stream.setEncoding('utf8').on('data', (text) => {
        chunks.push(text);
        if (show) target.write(text);
      });
    }
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 1, output: chunks.join('') }));
  });
}

/**
 * Like `run`, but a bad exit code is an error that carries the end of the output.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<string>}
 */
export async function must(command, args, options) {
  const { code, output } = await run(command, args, options);
  if (code === 0) return output;
  throw new Error(`${[command, ...args].join(' ')} ended with ${code}\n${output.slice(-4000)}`);
}
