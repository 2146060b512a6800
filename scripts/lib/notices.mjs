import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from './paths.mjs';

/** Packages whose files are copied or generated into `dist`, so that no bundle names them. */
const copied = ['@vscode/codicons'];

/** Programs for tests and development, which are not packaged. */
const unpackaged = /(^|\/)dist\/(tools|test)\//;

/** @typedef {{ outputs: Record<string, { inputs: Record<string, unknown>, bytes: number }> }} Metafile */

/**
 * What a production build was made of.
 * @param {string} dist
 * @returns {Promise<Metafile[]>}
 */
export async function readMetafiles(dist) {
  return JSON.parse(await readFile(join(dist, 'meta.json'), 'utf8'));
}

/**
 * Folders of the packages of which code is in the package.
 * @param {readonly Metafile[]} metafiles
 * @returns {readonly string[]} `node_modules/…`, sorted
 */
export function bundledPackages(metafiles) {
  const outputs = metafiles.flatMap(({ outputs: all }) => Object.entries(all));
  const inputs = outputs.filter(([name]) => !unpackaged.test(name)).flatMap(([, output]) => Object.keys(output.inputs));
  const folders = inputs.map((input) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1]);
  const found = folders.filter((folder) => folder !== undefined);
  return [...new Set([...found, ...copied.map((name) => `node_modules/${name}`)])].sort();
}

/** @param {string} folder */
async function notice(folder) {
  const { name, version, license } = JSON.parse(await readFile(join(root, folder, 'package.json'), 'utf8'));
  const names = (await readdir(join(root, folder))).filter((file) => /^(licen[cs]e|notice|copying)/i.test(file)).sort();
  const texts = await Promise.all(names.map((file) => readFile(join(root, folder, file), 'utf8')));
  const quoted = texts.map((text) => `\`\`\`text\n${text.trim()}\n\`\`\``).join('\n\n');
  return `## ${name} ${version}\n\nLicense: ${license}\n\n${quoted || 'The package carries no license text.'}\n`;
}

/**
 * The notices of everything that is in the package.
 * @param {readonly Metafile[]} metafiles
 * @returns {Promise<string>} Markdown
 */
export async function thirdPartyNotices(metafiles) {
  const notices = await Promise.all(bundledPackages(metafiles).map(notice));
  return `# Third-party notices\n\nThis extension contains code, icons and fonts of others.\n\n${notices.join('\n')}`;
}
