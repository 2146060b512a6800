import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureNode } from './node.mjs';
import { npm } from './npm.mjs';
import { once } from './once.mjs';
import { cache } from './paths.mjs';
import { say } from './run.mjs';

/**
 * The real VS Codes we run in: code-server, each on the Node of its era. `oldest` is what `engines.vscode` claims.
 * argon2 before 0.44 compiles; we need no password hashing at all.
 */
const editors = {
  latest: { codeServer: '4.139.1', code: '1.139', node: 24, overrides: {}, smokeTestOption: true },
  oldest: { codeServer: '4.100.3', code: '1.100', node: 20, overrides: { argon2: '^0.44.0' }, smokeTestOption: false },
};

/** @typedef {keyof typeof editors} EditorName */
/** @typedef {{ name: EditorName, node: string, entry: string, smokeTestOption: boolean }} Editor */

export const editorNames = /** @type {readonly EditorName[]} */ (['latest', 'oldest']);

/**
 * Installs an editor without compiling its natives: only a logger and password hashing are missing then.
 * @param {EditorName} name
 * @returns {Promise<Editor>}
 */
export async function ensureEditor(name) {
  const { codeServer, code, node: major, overrides, smokeTestOption } = editors[name];
  const node = await ensureNode(major === 24 ? 24 : 20);
  const folder = join(cache, 'code-server', codeServer);
  const home = join(folder, 'node_modules', 'code-server');
  await once(folder, `code-server@${codeServer}`, async () => {
    say(`Fetching VS Code ${code} (code-server ${codeServer})`);
    const manifest = { private: true, dependencies: { 'code-server': codeServer }, overrides };
    await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
    await npm(['install', '--ignore-scripts', '--no-package-lock'], folder);
    // By the lock that it brings: its ranges of betas do not always fit together.
    await npm(['install', '--ignore-scripts', '--omit=dev'], join(home, 'lib', 'vscode'));
  });
  return { name, node, entry: join(home, 'out', 'node', 'entry.js'), smokeTestOption };
}
