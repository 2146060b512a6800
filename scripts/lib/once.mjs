import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { cache } from './paths.mjs';

/** @param {number} pid */
function alive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** @param {string} file */
const read = (file) => readFile(file, 'utf8').catch(() => '');

/**
 * Takes a lock file that names this process; one left by a process that died is taken over.
 * @param {string} name
 * @returns {Promise<(() => Promise<void>) | undefined>} gives it back; undefined while another process holds it
 */
export async function tryLock(name) {
  const file = join(cache, 'locks', name);
  await mkdir(dirname(file), { recursive: true });
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      await writeFile(file, String(process.pid), { flag: 'wx' });
      return () => rm(file, { force: true });
    } catch {
      if (alive(Number(await read(file)) || process.pid)) return undefined;
      await rm(file, { force: true });
    }
  }
  return undefined;
}

/**
 * Makes a folder once. A stamp is written last, so an interrupted or outdated one is made again from nothing.
 * @param {string} folder
 * @param {string} stamp what this folder is made of
 * @param {() => Promise<void>} make fills the (empty) folder
 */
export async function once(folder, stamp, make) {
  const file = join(folder, '.stamp');
  const done = async () => (await read(file)) === stamp;
  if (await done()) return;
  const name = folder.slice(cache.length + 1).replaceAll(/[^\w.]+/g, '-');
  let unlock = await tryLock(name);
  while (!unlock) {
    await delay(500);
    unlock = await tryLock(name);
  }
  try {
    if (await done()) return;
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    await make();
    await writeFile(file, stamp);
  } finally {
    await unlock();
  }
}
