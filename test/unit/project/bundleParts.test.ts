import { deepEqual, equal } from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { type Plugin, build } from 'esbuild';
import katex from 'katex';
import { icons } from 'lucide';
import { iconsOfLucide, mathOfKatex } from '../../../scripts/lib/bundleParts.mjs';
import { root } from '../../../scripts/lib/paths.mjs';

/** The exports of a module, bundled with a plugin. `sourcefile`: the name of the file that imports it. */
async function bundled<T>(contents: string, plugin: Plugin, sourcefile = 'page.ts'): Promise<T> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: root, sourcefile },
    bundle: true,
    write: false,
    format: 'esm',
    charset: 'utf8',
    plugins: [plugin],
    logLevel: 'silent',
  });
  const code = Buffer.from(outputFiles[0]?.contents ?? []).toString('base64');
  return (await import(`data:text/javascript;base64,${code}`)) as T;
}

/** Every command that the sources of KaTeX mention, in several places of a formula. */
async function formulas(): Promise<readonly string[]> {
  const folder = join(root, 'node_modules/katex/src');
  const files = (await readdir(folder, { recursive: true })).filter((name) => /\.[jt]s$/.test(name));
  const texts = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')));
  const found = texts.flatMap((text) => [...text.matchAll(/\\\\([a-zA-Z]+|[^a-zA-Z\s"'`])/g)].map(([, name]) => name));
  // They print.
  const commands = new Set(found.filter((name) => name !== 'show' && name !== 'message' && name !== 'errmessage'));
  return [...commands].flatMap((name) => [
    `x\\${name}y`,
    `\\${name}{a}{b}`,
    `\\left\\${name} \\frac{a}{b} \\right\\${name}`,
    `\\${name}{2em}{1ex}`,
    `\\text{\\${name} äß}`,
    `\\begin{${name}}a&b\\\\c&d\\end{${name}}`,
  ]);
}

test('math without the shapes and sizes of HTML is the same MathML', async () => {
  const parts = await bundled<{ default: typeof katex }>("export { default } from 'katex';", mathOfKatex);
  const render = (engine: typeof katex, formula: string) => {
    try {
      return engine.renderToString(formula, { output: 'mathml', throwOnError: true, strict: 'ignore' });
    } catch {
      return null;
    }
  };
  const all = await formulas();
  const expected = all.map((formula) => render(katex, formula));
  deepEqual(
    all.map((formula) => render(parts.default, formula)),
    expected,
  );
  equal(expected.filter((html) => html !== null).length > 2_000, true);
});

test('the packed icons are those of lucide', async () => {
  const packed = await bundled<{ icons: object }>("export { icons } from 'lucide';", iconsOfLucide, 'lucideIcons.ts');
  deepEqual(packed.icons, { ...icons });
});
