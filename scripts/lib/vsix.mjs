import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureNode } from './node.mjs';
import { readMetafiles, thirdPartyNotices } from './notices.mjs';
import { root } from './paths.mjs';
import { must, say } from './run.mjs';

/** @returns {Promise<string>} `chatkit-inspector-<version>.vsix` */
export async function vsixName() {
  const { name, version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  return `${name}-${version}.vsix`;
}

/**
 * Packages a production build: what `.vscodeignore` lets through, and the notices of what is in it.
 * @param {import('./stage.mjs').Stage} stage
 * @param {string} vsix where it goes
 */
export async function makeVsix(stage, vsix) {
  const metafiles = await readMetafiles(stage.dist);
  await writeFile(join(stage.path, 'THIRD_PARTY_NOTICES.md'), await thirdPartyNotices(metafiles));
  const node = await ensureNode(24);
  say('Packaging');
  const vsce = join(root, 'node_modules', '@vscode', 'vsce', 'vsce');
  // No repository is public yet: these two say so, and no other check is bypassed.
  const bypasses = ['--allow-missing-repository', '--no-rewrite-relative-links'];
  await must(node, [vsce, 'package', '--no-dependencies', ...bypasses, '--out', vsix], { cwd: stage.path });
}
