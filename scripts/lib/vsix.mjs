import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureNode } from './node.mjs';
import { readMetafiles, thirdPartyNotices } from './notices.mjs';
import { root } from './paths.mjs';
import { must, say } from './run.mjs';
import { stageExtension } from './stage.mjs';

/** @returns {Promise<string>} `chatkit-inspector-<version>.vsix` */
export async function vsixName() {
  const { name, version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  return `${name}-${version}.vsix`;
}

/** @typedef {import('./stage.mjs').Stage & { vsix: string }} StagedPackage */

/**
 * Builds for production, in a folder of its own, and packages what `.vscodeignore` lets through with the notices of what
 * is in it.
 * @param {{ tests?: boolean }} [options] `tests`: the in-host suite too; it is not packaged
 * @returns {Promise<StagedPackage>}
 */
export async function stagePackage({ tests = false } = {}) {
  const stage = await stageExtension({ production: true, tests });
  const notices = await thirdPartyNotices(await readMetafiles(stage.dist));
  await writeFile(join(stage.path, 'THIRD_PARTY_NOTICES.md'), notices);
  const [node, name] = await Promise.all([ensureNode(24), vsixName()]);
  say('Packaging');
  const vsix = join(stage.path, name);
  const vsce = join(root, 'node_modules', '@vscode', 'vsce', 'vsce');
  // No repository is public yet: these two say so, and no other check is bypassed.
  const bypasses = ['--allow-missing-repository', '--no-rewrite-relative-links'];
  await must(node, [vsce, 'package', '--no-dependencies', ...bypasses, '--out', vsix], { cwd: stage.path });
  return { ...stage, vsix };
}
