import { spawn } from 'node:child_process';
import { once as event } from 'node:events';
import { createInterface } from 'node:readline';
import { root } from './paths.mjs';

/**
 * @typedef {object} Service
 * @property {RegExpExecArray} ready what the ready line matched
 * @property {() => Promise<void>} stop ends it and everything it started
 * @property {Promise<number>} ended its exit code
 */

/** Programs still running, so that an abrupt end of this one leaves nothing behind. @type {Set<number>} */
const groups = new Set();

/** @param {number} pid @param {NodeJS.Signals} signal */
function signalGroup(pid, signal) {
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, signal);
  } catch {
    // It ended by itself.
  }
}

process.on('exit', () => groups.forEach((pid) => signalGroup(pid, 'SIGKILL')));

/**
 * Starts a program in a process group of its own and waits until it says that it is ready.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RegExp} ready matched against each line of its output
 * @param {{ env?: Record<string, string | undefined>, onLine?: (line: string) => void, seconds?: number }} [options]
 *   `env` replaces the environment; `seconds` (180) is how long it may take
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
  const ended = event(child, 'exit').then(([code]) => {
    groups.delete(pid);
    signalGroup(pid, 'SIGKILL'); // what it left behind in its group
    return Number(code ?? 1);
  });
  const stop = async () => {
    signalGroup(pid, 'SIGTERM');
    const patience = setTimeout(() => signalGroup(pid, 'SIGKILL'), 5000);
    await ended;
    clearTimeout(patience);
  };

  const lines = /** @type {string[]} */ ([]);
  const match = await new Promise((resolve, reject) => {
    const fail = (/** @type {string} */ why) =>
      reject(new Error(`${why}: ${command} ${args.join(' ')}\n${lines.join('\n')}`));
    const timer = setTimeout(() => fail('Not ready in time'), seconds * 1000);
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
      fail(`Ended with ${code} before it was ready`);
    });
  }).catch(async (error) => {
    await stop();
    throw error;
  });
  return { ready: match, stop, ended };
}
