import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from './build.mjs';
import { ensureNode } from './node.mjs';
import { readMetafiles, thirdPartyNotices } from './notices.mjs';
import { root } from './paths.mjs';
import { must, say } from './run.mjs';

/**
 * Where the package of the present version is made.
 * @returns {Promise<string>}
 */
export async function vsixPath() {
  const { name, version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  return join(root, 'dist', `${name}-${version}.vsix`);
}

/**
 * Builds for production and packages what `.vscodeignore` lets through.
 * @param {...'--tests'} flags also build the in-host suite, which is not packaged
 * @returns {Promise<string>} path of the .vsix
 */
export async function makeVsix(...flags) {
  await build('--production', ...flags);
  const metafiles = await readMetafiles();
  await writeFile(join(root, 'THIRD_PARTY_NOTICES.md'), await thirdPartyNotices(metafiles));
  const [node, path] = await Promise.all([ensureNode(24), vsixPath()]);
  say('Packaging');
  const vsce = join(root, 'node_modules', '@vscode', 'vsce', 'vsce');
  // No repository is public yet: these two say so, and no other check is bypassed.
  const bypasses = ['--allow-missing-repository', '--no-rewrite-relative-links'];
  await must(node, [vsce, 'package', '--no-dependencies', ...bypasses, '--out', path]);
  return path;
}
