import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { npm } from './install.mjs';
import { readMetafiles, thirdPartyNotices } from './package.mjs';
import { dist, root, temporaryFolder } from './paths.mjs';
import { runOrThrow } from './process.mjs';

/** Largest package, in bytes (packed). */
const budget = 900_000;

/** @typedef {{ path: string, bytes: number }} CliPackage */

/**
 * Builds the command line for production and packs it with `npm pack`: one package without dependencies.
 * @param {string} [folder] where the package is written
 * @returns {Promise<CliPackage>}
 */
export async function packCli(folder = dist) {
  const staged = await temporaryFolder('cli');
  const bin = join(staged.path, 'bin');
  await runOrThrow(process.execPath, ['esbuild.mjs', '--cli', '--production', '--out', bin], { cwd: root });
  const notices = await thirdPartyNotices(await readMetafiles(bin), 'package');
  await rm(join(bin, 'meta.json'));
  const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  await Promise.all([
    writeFile(join(staged.path, 'package.json'), `${JSON.stringify(cliManifest(manifest), null, 2)}\n`),
    writeFile(join(staged.path, 'THIRD_PARTY_NOTICES.md'), notices),
    cp(join(root, 'LICENSE'), join(staged.path, 'LICENSE')),
    cp(join(root, 'docs', 'command-line.md'), join(staged.path, 'README.md')),
    mkdir(folder, { recursive: true }),
  ]);
  await npm(['pack', '--ignore-scripts', '--offline', '--pack-destination', folder], staged.path);
  const name = `${manifest.name}-${manifest.version}.tgz`;
  const { length: bytes } = await readFile(join(folder, name));
  if (bytes > budget) throw new Error(`${name} has ${bytes} bytes, more than ${budget}.`);
  const maps = (await readdir(bin)).filter((file) => !file.endsWith('.js'));
  if (maps.length > 0) throw new Error(`The package contains unexpected files: ${maps.join(', ')}.`);
  await staged.remove();
  return { path: join(folder, name), bytes };
}

/** @param {{ name: string, version: string, license: string }} manifest of the extension */
function cliManifest({ name, version, license }) {
  return {
    name,
    version,
    description: 'Reads, tests and checks ChatKit servers from the command line.',
    keywords: ['chatkit', 'test', 'cli', 'chat', 'widgets'],
    license,
    type: 'module',
    bin: { [name]: 'bin/chatkit-inspector.js' },
    files: ['bin', 'THIRD_PARTY_NOTICES.md'],
    engines: { node: '>=20' },
  };
}
