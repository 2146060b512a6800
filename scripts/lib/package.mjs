import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stageExtension } from './build.mjs';
import { ensureNode } from './install.mjs';
import { root } from './paths.mjs';
import { log, runOrThrow } from './process.mjs';

/** Packages whose files are copied to `dist`, so that no bundle contains them. */
const copied = ['@vscode/codicons'];

/** Programs for tests and development, which are not packaged. */
const unpackaged = /(^|\/)dist\/(tools|test)\//;

/** @typedef {{ path: string, kind: string }} MetafileImport */
/** @typedef {{ outputs: Record<string, { inputs: Record<string, unknown>, imports: MetafileImport[], bytes: number }> }} Metafile */

/**
 * Reads which modules each bundle of a production build contains.
 * @param {string} dist
 * @returns {Promise<Metafile[]>}
 */
export async function readMetafiles(dist) {
  return JSON.parse(await readFile(join(dist, 'meta.json'), 'utf8'));
}

/**
 * Returns the folders of the npm packages whose code is in the bundles.
 * @param {readonly Metafile[]} metafiles
 * @param {readonly string[]} [more] names of packages that are part of it in another way
 * @returns {readonly string[]} `node_modules/…`, sorted
 */
export function bundledPackages(metafiles, more = copied) {
  const outputs = metafiles.flatMap(({ outputs: all }) => Object.entries(all));
  const inputs = outputs.filter(([name]) => !unpackaged.test(name)).flatMap(([, output]) => Object.keys(output.inputs));
  const folders = inputs.map((input) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1]);
  const found = folders.filter((folder) => folder !== undefined);
  return [...new Set([...found, ...more.map((name) => `node_modules/${name}`)])].sort();
}

/** @param {string} folder */
async function notice(folder) {
  const { name, version, license } = JSON.parse(await readFile(join(root, folder, 'package.json'), 'utf8'));
  const names = (await readdir(join(root, folder))).filter((file) => /^(licen[cs]e|notice|copying)/i.test(file)).sort();
  const texts = await Promise.all(names.map((file) => readFile(join(root, folder, file), 'utf8')));
  const quoted = texts.map((text) => `\`\`\`text\n${text.trim()}\n\`\`\``).join('\n\n');
  return `## ${name} ${version}\n\nLicense: ${license}\n\n${quoted || 'The package contains no license text.'}\n`;
}

/**
 * Returns the license notices of everything in the package.
 * @param {readonly Metafile[]} metafiles
 * @param {'extension' | 'package'} [what] what contains the code: only the extension has icons and fonts
 * @returns {Promise<string>} Markdown
 */
export async function thirdPartyNotices(metafiles, what = 'extension') {
  const isExtension = what === 'extension';
  const notices = await Promise.all(bundledPackages(metafiles, isExtension ? copied : []).map(notice));
  const contents = isExtension ? 'code, icons and fonts' : 'code';
  return `# Third-party notices\n\nThis ${what} contains third-party ${contents}.\n\n${notices.join('\n')}`;
}

/** @returns {Promise<string>} `chatkit-inspector-<version>.vsix` */
export async function vsixName() {
  const { name, version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  return `${name}-${version}.vsix`;
}

/** @typedef {import('./build.mjs').StagedExtension & { vsix: string }} StagedPackage */

/**
 * Builds for production in a temporary folder and packages what `.vscodeignore` includes, with the third-party notices.
 * @param {{ tests?: boolean }} [options] `tests`: also builds the in-host suite, which is not packaged
 * @returns {Promise<StagedPackage>}
 */
export async function stagePackage({ tests = false } = {}) {
  const staged = await stageExtension({ production: true, tests });
  const notices = await thirdPartyNotices(await readMetafiles(staged.dist));
  await writeFile(join(staged.path, 'THIRD_PARTY_NOTICES.md'), notices);
  const [node, name] = await Promise.all([ensureNode(24), vsixName()]);
  log('Packaging');
  const vsix = join(staged.path, name);
  const vsce = join(root, 'node_modules', '@vscode', 'vsce', 'vsce');
  // The repository is not public yet. No other check is bypassed.
  const bypasses = ['--allow-missing-repository', '--no-rewrite-relative-links'];
  await runOrThrow(node, [vsce, 'package', '--no-dependencies', ...bypasses, '--out', vsix], { cwd: staged.path });
  return { ...staged, vsix };
}
