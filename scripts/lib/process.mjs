import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { root } from './paths.mjs';

/** Prints a line about what happens now. @param {string} text */
export function log(text) {
  process.stdout.write(`• ${text}\n`);
}

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd] the repository by default
 * @property {Record<string, string>} [env] in addition to the environment of this process
 * @property {boolean} [show] prints the output as it arrives
 */

/**
 * Runs a program to its end, without a shell. Rejects only when it does not start; the caller checks the exit code.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<{ code: number, output: string }>} `output`: stdout and stderr in order of arrival
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
 * Runs a program to its end. Throws with the end of the output when it fails.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<string>} its output
 */
export async function runOrThrow(command, args, options) {
  const { code, output } = await run(command, args, options);
  if (code === 0) return output;
  throw new Error(`${[command, ...args].join(' ')} failed with exit code ${code}\n${output.slice(-4000)}`);
}

/**
 * @typedef {object} Service
 * @property {RegExpExecArray} ready the match of the ready line
 * @property {() => Promise<void>} stop stops the program and everything it started
 * @property {Promise<number>} ended its exit code
 */

/** Process groups to stop when this process exits. @type {Set<number>} */
const groups = new Set();

/** @param {number} pid @param {NodeJS.Signals} signal */
function signalGroup(pid, signal) {
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, signal);
  } catch {
    // It has already exited.
  }
}

process.on('exit', () => groups.forEach((pid) => signalGroup(pid, 'SIGKILL')));

/**
 * Starts a program in its own process group and waits for a line of output that shows that it is ready.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RegExp} ready matched against each line of output
 * @param {{ env?: Record<string, string | undefined>, onLine?: (line: string) => void, seconds?: number }} [options]
 *   `env` replaces the environment; `seconds`: time limit for the ready line, 180 by default
 * @returns {Promise<Service>}
 */
export async function startService(command, args, ready, { env = process.env, onLine, seconds = 180 } = {}) {
  const detached = process.platform !== 'win32';
  const child = spawn(command, args, { cwd: root, env, detached, stdio: ['ignore', 'pipe', 'pipe'] });
  const pid = await new Promise((resolve, reject) => {
    child.once('spawn', () => resolve(/** @type {number} */ (child.pid)));
    child.once('error', reject);
  });
  groups.add(pid);
  const ended = once(child, 'exit').then(([code]) => {
    groups.delete(pid);
    signalGroup(pid, 'SIGKILL'); // processes that it left in its group
    return Number(code ?? 1);
  });
  const stop = async () => {
    signalGroup(pid, 'SIGTERM');
    const killTimer = setTimeout(() => signalGroup(pid, 'SIGKILL'), 5000);
    await ended;
    clearTimeout(killTimer);
  };

  const lines = /** @type {string[]} */ ([]);
  const match = await new Promise((resolve, reject) => {
    const fail = (/** @type {string} */ reason) =>
      reject(new Error(`${reason}: ${command} ${args.join(' ')}\n${lines.join('\n')}`));
    const timer = setTimeout(() => fail(`Not ready within ${seconds} s`), seconds * 1000);
    for (const input of [child.stdout, child.stderr]) {
      createInterface({ input }).on('line', (line) => {
        if (lines.length < 200) lines.push(line);
        onLine?.(line);
        const found = ready.exec(line);
        if (!found) return;
        clearTimeout(timer);
        resolve(found);
      });
    }
    void ended.then((code) => {
      clearTimeout(timer);
      fail(`Exited with code ${code} before it was ready`);
    });
  }).catch(async (error) => {
    await stop();
    throw error;
  });
  return { ready: match, stop, ended };
}
