import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureNode } from './node.mjs';
import { npm } from './npm.mjs';
import { once } from './once.mjs';
import { cache } from './paths.mjs';
import { must, say } from './run.mjs';

/**
 * The real VS Codes that we run: code-server, each on the Node of its time. `oldest` is what `engines.vscode` claims. `code`
 * is the VS Code in it.
 */
const editors = /** @type {const} */ ({
  latest: { codeServer: '4.139.1', code: '1.139.1', node: 24, smokeTestOption: true },
  oldest: { codeServer: '4.100.3', code: '1.100.3', node: 20, smokeTestOption: false },
});

/** @typedef {keyof typeof editors} EditorName */
/** @typedef {{ name: EditorName, node: string, entry: string, smokeTestOption: boolean }} Editor */

export const editorNames = /** @type {readonly EditorName[]} */ (['latest', 'oldest']);

/**
 * Installs the exact packages of the shrinkwrap file in a folder. Its peer dependencies are not all in there.
 * @param {string} folder
 */
const installShrinkwrap = (folder) => npm(['ci', '--ignore-scripts', '--omit=dev', '--legacy-peer-deps'], folder);

/**
 * Replaces a package that compiles when it is installed. It hashes passwords; no editor of ours has one.
 * @param {string} home of code-server
 */
async function replaceArgon2(home) {
  const folder = join(home, 'node_modules', 'argon2');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder);
  await writeFile(join(folder, 'index.js'), 'module.exports = {};\n');
}

/**
 * Installs an editor, once. It is unpacked first: npm ignores the shrinkwrap files of a package that it installs. Nothing is
 * compiled; only a logger and password hashing are missing then.
 * @param {EditorName} name
 * @returns {Promise<Editor>}
 */
export async function ensureEditor(name) {
  const { codeServer, code, node: major, smokeTestOption } = editors[name];
  const node = await ensureNode(major);
  const folder = join(cache, 'editors', codeServer);
  const home = join(folder, 'package');
  await once(folder, `code-server@${codeServer}`, async () => {
    say(`Fetching VS Code ${code} (code-server ${codeServer})`);
    await npm(['pack', `code-server@${codeServer}`, '--ignore-scripts'], folder);
    const archive = `code-server-${codeServer}.tgz`;
    await must('tar', ['-xzf', archive], { cwd: folder });
    await Promise.all([installShrinkwrap(home), installShrinkwrap(join(home, 'lib', 'vscode'))]);
    await Promise.all([replaceArgon2(home), rm(join(folder, archive))]);
  });
  return { name, node, entry: join(home, 'out', 'node', 'entry.js'), smokeTestOption };
}

/** The version of the desktop VS Code that tests download: the same as in the browser. */
export const desktopVersion = editors.latest.code;
