import { cp, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { root, temporaryFolder } from './paths.mjs';
import { log, runOrThrow } from './process.mjs';

/**
 * @typedef {object} BuildOptions
 * @property {boolean} [production]
 * @property {boolean} [tests] also builds the in-host suite
 * @property {boolean} [quiet] prints nothing
 */

/**
 * Builds the bundles.
 * @param {BuildOptions & { out?: string }} [options] `out`: a folder, `dist` by default
 */
export async function build({ out, production = false, tests = false, quiet = false } = {}) {
  if (!quiet) log('Building');
  const args = ['esbuild.mjs', ...(out ? ['--out', out] : [])];
  if (production) args.push('--production');
  if (tests) args.push('--tests');
  await runOrThrow(process.execPath, args);
}

/** What the package contains besides its bundles; `.vscodeignore` decides in the end. */
export const packagedParts =
  /^(package(\.nls.*)?\.json|README\.md|CHANGELOG\.md|LICENSE|\.vscodeignore|media|schemas|languages|l10n)$/;

/** @typedef {{ path: string, dist: string, remove: () => Promise<void> }} StagedExtension */

/**
 * Builds the extension in a temporary folder, so that tests do not use or change what is in `dist`.
 * @param {BuildOptions} [options]
 * @returns {Promise<StagedExtension>}
 */
export async function stageExtension(options = {}) {
  const folder = await temporaryFolder('stage');
  const dist = join(folder.path, 'dist');
  const names = (await readdir(root)).filter((name) => packagedParts.test(name));
  await Promise.all(names.map((name) => cp(join(root, name), join(folder.path, name), { recursive: true })));
  await build({ ...options, out: dist });
  return { ...folder, dist };
}
