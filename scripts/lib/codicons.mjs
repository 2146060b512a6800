import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import subsetFont from 'subset-font';

const source = 'node_modules/@vscode/codicons/dist';
const ruleOfIcon = /^\.codicon-([\w-]+):before \{ content: "\\([0-9a-f]+)" \}\n/gm;

/**
 * Returns every text in quotes that could be the name of an icon: pages are sent names by the extension host too.
 * @param {string} folder with the bundles of the extension host and, in `webview`, of the pages
 */
async function quotedNames(folder) {
  const names = (await readdir(folder, { recursive: true })).filter((name) => /\.c?js$/.test(name));
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  return new Set(texts.flatMap((text) => [...text.matchAll(/["'`]([a-z][a-z\d-]*)["'`]/g)].map(([, name]) => name)));
}

/**
 * Writes the icon font and its style sheet to `<out>/webview`.
 * @param {string} out folder of the bundles
 * @param {{ onlyUsed: boolean }} options `onlyUsed`: without the icons that no bundle names, 80 % of the bytes
 */
export async function writeCodicons(out, { onlyUsed }) {
  const [css, font] = await Promise.all([readFile(`${source}/codicon.css`, 'utf8'), readFile(`${source}/codicon.ttf`)]);
  const used = onlyUsed ? await quotedNames(out) : null;
  let glyphs = '';
  const keptCss = css.replace(ruleOfIcon, (rule, name, code) => {
    if (used && !used.has(name)) return '';
    glyphs += String.fromCodePoint(Number.parseInt(code, 16));
    return rule;
  });
  const keptFont = onlyUsed ? await subsetFont(font, glyphs, { targetFormat: 'truetype' }) : font;
  await Promise.all([
    writeFile(`${out}/webview/codicon.css`, keptCss),
    writeFile(`${out}/webview/codicon.ttf`, keptFont),
  ]);
}
