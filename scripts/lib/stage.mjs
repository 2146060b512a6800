import { cp, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from './build.mjs';
import { root } from './paths.mjs';
import { temporaryFolder } from './temporary.mjs';

/** What the package contains besides its bundles; `.vscodeignore` decides in the end. */
export const packagedParts =
  /^(package(\.nls.*)?\.json|README\.md|CHANGELOG\.md|LICENSE|\.vscodeignore|media|schemas|languages|l10n)$/;

/** @typedef {{ path: string, dist: string, remove: () => Promise<void> }} Stage */

/**
 * The extension in a folder of its own, built anew: a run of tests neither sees nor disturbs what stands in `dist`.
 * @param {{ production?: boolean, tests?: boolean, quiet?: boolean }} [options]
 * @returns {Promise<Stage>}
 */
export async function stageExtension(options = {}) {
  const folder = await temporaryFolder('stage');
  const dist = join(folder.path, 'dist');
  const names = (await readdir(root)).filter((name) => packagedParts.test(name));
  await Promise.all(names.map((name) => cp(join(root, name), join(folder.path, name), { recursive: true })));
  await build({ ...options, out: dist });
  return { ...folder, dist };
}
